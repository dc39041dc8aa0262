"""What a call does with a message, or with a part of it: reads it, asks for a field, makes a model of it, hands it on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
from flowmap.linker.dispatch import QUIET
from flowmap.linker.modelled import modelled
from flowmap.linker.reads import Held
from flowmap.linker.received import TEXTS, carries, reads_a_message
from flowmap.linker.terms import Class, Function, Term
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.reading import Reader

HARMLESS = (QUIET - {"append"}) | TEXTS | {
    "bool", "repr", "type", "id", "hash", "int", "float", "max", "min", "round", "sum", "any", "all", "UUID", "Decimal",
    "getsizeof", "enumerate", "fromisoformat", "strptime", "format", "range", "captureException", "capture_message", "sorted",
}  # fmt: skip
"""Calls that read nothing of what they are given that could be missed."""
SAME = {"dict", "copy", "deepcopy", "decode", "encode", "bytes", "cast", "model_dump", "asdict", "str", "tobytes", "strip", "list"}
"""Calls that give what they are given, or the object whose methods they are."""
MODELS = {
    "model_validate", "model_validate_json", "parse_obj", "parse_raw", "from_dict", "from_json", "validate_python", "validate_json",
    "structure", "convert", "load", "loads", "decode",
}  # fmt: skip
"""Methods of a class, or functions that are given one, that make an object of it from a message."""
ASKING = {"get", "pop"}
FILLED = {"ParseFromString", "MergeFromString", "FromString"}
"""Methods by which objects of protobuf take a message in."""


def called(reader: Reader, call: ir.Call) -> Held | None:
    """What a call gives of the message."""
    callee = call.callee
    if isinstance(callee, ir.Attribute) and (owner := reader.value(callee.value)) is not None:
        return _method(reader, call, owner, callee.attr)
    if not isinstance(callee, ir.Attribute | ir.Name):
        reader.leak(reader.value(callee))
    given = [(a, reader.value(a.value)) for a in call.arguments]
    parts = [(a, held) for a, held in given if held is not None]
    return _function(reader, call, parts) if parts else None


def _method(reader: Reader, call: ir.Call, owner: Held, name: str) -> Held | None:
    """A method of the message, or of a part of it."""
    first = call.arguments[0].value if call.arguments else None
    if name in ASKING and first is not None:
        return _asked(reader, call, owner, first)
    others = [reader.value(a.value) for a in call.arguments]
    reader.leak(*others)
    if owner.raw:
        parsed = reads_a_message(name) and name not in SAME
        return Held() if parsed else owner.opened(name) if carries(name) else owner if name in SAME else None
    if name in SAME or reads_a_message(name):
        return owner
    if owner.model is not None:
        return _own_method(reader, owner, name)
    if owner.plain and name in {"HasField", "WhichOneof", "ListFields", "SerializeToString"}:
        return None
    if not owner.path or name in {"items", "values", "keys", "update"}:
        reader.leak(owner)
    return None


def _own_method(reader: Reader, owner: Held, name: str) -> Held | None:
    """A method that the class of a message defines reads its fields by `self`."""
    assert owner.model is not None
    for ref in _methods(reader, owner.model, name):
        parameters = reader.view.scope(ref).parameters
        if parameters:
            return reader.enter(ref, {parameters[0].name: owner})
    if not owner.path:
        reader.leak(owner)
    return None


def _methods(reader: Reader, cls: ScopeRef, name: str) -> Iterator[ScopeRef]:
    return (t.scope for t in reader.view.attribute(Class(cls), name) if isinstance(t, Function))


def _asked(reader: Reader, call: ir.Call, owner: Held, first: ir.Expression) -> Held | None:
    key = reader.view.text(reader.terms(first))
    defaults = [reader.value(a.value) for a in call.arguments[1:]]
    if key is None:
        reader.value(first)
        reader.leak(owner)
        return None
    return reader.item(owner, key, spare=bool(defaults))


def _function(reader: Reader, call: ir.Call, parts: list[tuple[ir.Argument, Held]]) -> Held | None:
    """A call that is given parts of the message."""
    name, terms = last_name(call.callee), reader.terms(call.callee)
    if name in FILLED:
        return _filled(reader, call, parts[0][1])
    functions = [t for t in terms if isinstance(t, Function)]
    if functions:
        held_by = {id(a): h for a, h in parts}
        found = [_handed(reader, call, f, held_by) for f in functions]
        return next((h for h in found if h is not None), None)
    first, held = parts[0]
    cls = _model(reader, call, terms)
    if cls is not None and (first.stars == 2 or name in MODELS):
        return reader.made(held, cls)
    if any(a.stars == 2 for a, _ in parts):
        reader.leak(*(h for _, h in parts))
        return None
    if reads_a_message(name) or name in SAME:
        return Held() if held.raw and name not in SAME else held
    if name not in HARMLESS:
        keywords = cls is not None or any(isinstance(t, Class) for t in terms)
        reader.leak(*(h for a, h in parts if not (keywords and a.keyword and h.path)))
    return None


def _filled(reader: Reader, call: ir.Call, held: Held) -> Held:
    """An object of protobuf that is made of a message, or into which one is read."""
    made = Held(False, held.path, plain=True)
    if isinstance(call.callee, ir.Attribute) and isinstance(call.callee.value, ir.Name):
        reader.names[call.callee.value.id] = made
    return made


def _model(reader: Reader, call: ir.Call, terms: tuple[Term, ...]) -> ScopeRef | None:
    """The class of which a call makes an object: the one that it calls, whose method it calls, or that it is given."""
    nodes = [call.callee.value] if isinstance(call.callee, ir.Attribute) else []
    nodes += [a.value for a in call.arguments if isinstance(a.value, ir.Name | ir.Attribute)] if _takes_one(call) else []
    inner = call.callee.value if isinstance(call.callee, ir.Attribute) else None
    if isinstance(inner, ir.Call) and last_name(inner.callee) in {"TypeAdapter", "Decoder"}:
        nodes += [a.value for a in inner.arguments]
    found = [*terms, *(t for n in nodes for t in reader.terms(n))]
    classes = [t.scope for t in found if isinstance(t, Class)]
    return next((c for c in classes if modelled(reader.view, c) is not None), classes[0] if classes else None)


def _takes_one(call: ir.Call) -> bool:
    return last_name(call.callee) in MODELS


def _handed(reader: Reader, call: ir.Call, function: Function, parts: Mapping[int, Held]) -> Held | None:
    """A function of the scan that is given parts of the message, by its own names for them."""
    scope = reader.view.scope(function.scope)
    bound = function.self is not None and scope.parameters[:1] != ()
    names = [p.name for p in (scope.parameters[1:] if bound else scope.parameters) if p.kind in {"positional", "normal"}]
    known = {p.name for p in scope.parameters if p.kind in {"normal", "keyword"}}
    given: dict[str, Held] = {}
    for number, argument in enumerate(call.arguments):
        held = parts.get(id(argument))
        if held is None:
            continue
        name = argument.keyword if argument.keyword is not None else names[number] if number < len(names) else None
        if argument.stars == 2:
            _spread(reader, held, function)
        elif argument.stars or name is None or (argument.keyword and name not in known):
            reader.leak(held)
        else:
            given[name] = held
    return reader.enter(function.scope, given) if given else None


def _spread(reader: Reader, held: Held, function: Function) -> None:
    """`handle(**message)`: the parameters are its fields."""
    scope = reader.view.scope(function.scope)
    parameters = scope.parameters[1:] if function.self is not None else scope.parameters
    given: dict[str, Held] = {}
    for parameter in parameters:
        if parameter.kind == "double_star":
            reader.leak(held)
        elif parameter.kind in {"normal", "keyword"}:
            given[parameter.name] = reader.read(held, parameter.name, spare=parameter.default is not None)
    reader.enter(function.scope, given)
