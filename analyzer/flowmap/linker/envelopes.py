"""Calls of libraries that write a message down or put it into an envelope, and what was in it before."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from flowmap.linker import subjects
from flowmap.linker.making import passed, ready
from flowmap.linker.modelled import modelled
from flowmap.linker.payloads import SERIALISERS
from flowmap.linker.set_later import fields_set
from flowmap.linker.terms import Entries, Instance, Literal, Made, Member, Passed, Symbol, Value
from flowmap.linker.texts import bounded

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_LAYERS = 8
"""Calls that write a value down, or wrap it, around one another."""
BODIES = {
    **dict.fromkeys(("Message", "EventData", "ServiceBusMessage"), ("body", "data")),
    "CloudEvent": ("data", "attributes"),
}
"""Envelopes, each with the arguments that may hold the message, likeliest first; failing these, the first one does."""
WRITERS = SERIALISERS | {"dump_json", "dump_python", "unstructure", "asdict", "ParseDict", "model_copy", "copy", "_asdict", "vars"}
"""Last names of the calls whose result has the fields of what they are given, or of the object whose methods they are."""
WRITTEN = {
    "dumps",
    "json",
    "model_dump_json",
    "dump_json",
    "to_json",
    "SerializeToString",
    "MessageToJson",
    "packb",
    "encode",
    "bytes",
}
"""Last names of those that give a text or bytes."""
KINDS = {
    "str": "str", "int": "int", "float": "float", "bool": "bool", "len": "int", "isoformat": "str", "strftime": "str",
    "uuid4": "UUID", "time": "float", "now": "datetime", "utcnow": "datetime", "hexdigest": "str", "timestamp": "float",
    "upper": "str", "lower": "str", "strip": "str", "format": "str", "hex": "str", "Decimal": "Decimal",
}  # fmt: skip
"""Last names of calls that give a value of a known type."""
TEXTS = {"str", "format"}
"""Those that may also write a whole message down."""


def _last(term: Made) -> str:
    return term.callee.name.rpartition(".")[2] if isinstance(term.callee, Symbol | Member) else ""


def kind_of(term: Made, *, inside: bool) -> str:
    """The type of what a call gives, "" if that is not known; `inside`: of something in a message, not of a whole one."""
    last = _last(term)
    return KINDS.get(last, "") if inside or last not in TEXTS else ""


def schema_of(term: Made) -> str:
    """What describes the fields of what is written down, where a library does: a class, a serializer that knows a schema; "" for
    none."""
    if _is_model(term, arguments_of(term)):
        return _last(term)
    maker = _last(term.callee) if isinstance(term.callee, Made) else ""
    return maker if maker.endswith("Serializer") else ""


def _is_model(term: Made, arguments: tuple[Passed, ...]) -> bool:
    """Whether an object of a class that is not in the scan is made of nothing but its fields, as those of protobuf are."""
    return bool(arguments) and all(a.keyword is not None for a in arguments) and _is_of_a_class(term)


def _is_of_a_class(term: Made) -> bool:
    """Whether an object is, by the name of what makes it, of a class that is not in the scan and wraps nothing."""
    name, last = term.callee.name if isinstance(term.callee, Symbol) else "", _last(term)
    return last[:1].isupper() and last not in BODIES and name.partition(".")[0] not in sys.stdlib_module_names


def is_text(term: Made) -> bool:
    """Whether a call writes a text or bytes, whatever is in them."""
    return _last(term) in WRITTEN


def arguments_of(term: Made) -> tuple[Passed, ...]:
    """What a call is given."""
    return passed(term.creation.call.arguments, term.creation.place) if term.creation is not None else ()


def written_down(view: View, term: Made, arguments: tuple[Passed, ...]) -> Value:
    """What a call writes down or wraps; empty where nobody can tell."""
    last, callee = _last(term), term.callee
    if last in BODIES:
        named = (subjects.argument(view, arguments, None, name) for name in BODIES[last])
        body = next((d for d in (*named, subjects.argument(view, arguments, 0, None)) if d is not None), None)
        return view.force(body) if body is not None else ()
    later = fields_set(view, term) if _is_of_a_class(term) else ()
    if _is_model(term, arguments) or (later and not arguments):
        fields = tuple((ready((Literal(a.keyword),)), a.value) for a in arguments if a.keyword)
        return (Entries((*fields, *later), open=True),)
    if last not in WRITERS and not (isinstance(callee, Made) and arguments):
        return ()
    first = subjects.argument(view, arguments, 0, None)
    given = view.force(first) if first is not None else ()
    given = () if all(isinstance(t, Literal) for t in given) else given
    owner: Value = (callee.owner,) if isinstance(callee, Member) and not isinstance(callee.owner, Symbol) else ()
    own = isinstance(callee, Member) and isinstance(callee.owner, Instance) and modelled(view, callee.owner.scope) is not None
    return owner if own or not given else given


def unwrapped(view: View, value: Value) -> Value:
    """What is in a message before anything writes it down or wraps it."""
    for _ in range(MAX_LAYERS):
        inside = [written_down(view, t, arguments_of(t)) or (t,) if isinstance(t, Made) else (t,) for t in value]
        before, value = value, bounded(t for terms in inside for t in terms)
        if value == before:
            break
    return value
