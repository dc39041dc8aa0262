"""What a parameter is worth in a frame: the argument passed, the default, what a framework injects, or itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections, generics, promises
from flowmap.linker.making import ready
from flowmap.linker.promises import spelled_out
from flowmap.linker.providers import injected
from flowmap.linker.terms import (
    Class,
    Deferred,
    Element,
    Elements,
    Entries,
    Frame,
    Instance,
    Literal,
    Made,
    Parameter,
    Passed,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.summary import Parameter as Declared
from flowmap.model.summary import Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View

POSITIONAL = {"positional", "normal"}


def parameter_value(view: View, frame: Frame, name: str) -> Value:
    """The value of the parameter `name` of the frame's function."""
    scope = view.scope(frame.scope)
    parameter = next(p for p in scope.parameters if p.name == name)
    if is_receiver(view, frame.scope, parameter):
        return (frame.receiver,) if frame.receiver is not None else _passed_receiver(view, frame)
    if frame.link is not None:
        return _as_annotated(view, _given(view, frame, scope, parameter), frame, parameter)
    return _injected(view, frame, parameter) or (Parameter(frame.scope, name, made=_made(view, frame)),)


def _made(view: View, frame: Frame) -> ScopeRef | None:
    """The class on whose object an inherited constructor runs, or any inherited method that has type variables, where only that
    is known of it."""
    made, owner = frame.receiver, ScopeRef(frame.scope.path, view.scope(frame.scope).parent)
    if not isinstance(made, Instance) or made.creation is not None or made.scope == owner:
        return None
    return made.scope if view.scope(frame.scope).name == "__init__" or generics.variables(view, owner) else None


def _as_annotated(view: View, given: Value, frame: Frame, parameter: Declared) -> Value:
    """What is given, or is given by whoever calls the caller, is an object of a library that plugins know where the annotation says
    so and nothing else does."""
    if parameter.annotation is None:
        return given
    kinds = promises.of_parameter(view, parameter, generics.annotation_place(view, frame))
    known = all(isinstance(k, Made) and view.is_known(k) for k in kinds)
    return promises.promised(view, given, kinds) if known else given


def is_receiver(view: View, ref: ScopeRef, parameter: Declared) -> bool:
    """Whether this is the `self` or `cls` of a method."""
    scope = view.scope(ref)
    parent = view.scope(ScopeRef(ref.path, scope.parent)) if scope.parent >= 0 else None
    if parent is None or parent.kind != "class" or scope.kind != "function" or "staticmethod" in decorator_names(scope):
        return False
    return bool(scope.parameters) and scope.parameters[0] is parameter and parameter.kind in POSITIONAL


def _passed_receiver(view: View, frame: Frame) -> Value:
    """The object of a method that is called through its class, with the object as the first argument."""
    first = next(positional(view, frame.link.arguments), None) if frame.link is not None else None
    given = tuple(t for t in view.force(first) if isinstance(t, Instance | Class)) if first is not None else ()
    return given or (own_receiver(view, frame.scope),)


def own_receiver(view: View, ref: ScopeRef) -> Instance | Class:
    """`self` of a method whose object is not fixed; `cls` of a class method."""
    scope = view.scope(ref)
    owner = ScopeRef(ref.path, scope.parent)
    is_class = "classmethod" in decorator_names(scope) or scope.name in {"__new__", "__init_subclass__"}
    return Class(owner) if is_class else Instance(owner)


def decorator_names(scope: Scope) -> set[str]:
    """The last names of the decorators as written."""
    found = set()
    for node in scope.decorators:
        callee = node.callee if isinstance(node, ir.Call) else node
        if isinstance(callee, ir.Name):
            found.add(callee.id)
        elif isinstance(callee, ir.Attribute):
            found.add(callee.attr)
    return found


def _injected(view: View, frame: Frame, parameter: Declared) -> Value:
    """What dependency injection puts in: `x = Depends(f)`, `x: Annotated[T, Depends(f)]`."""
    place = view.definition_place(frame)
    found = list(injected(view, parameter.default, place)) if parameter.default is not None else []
    annotation, there = spelled_out(view, parameter.annotation, place)
    if isinstance(annotation, ir.Subscript) and isinstance(annotation.index, ir.Sequence):
        for marker in annotation.index.elements[1:]:
            found += injected(view, marker, there)
    return bounded(found)


def _given(view: View, frame: Frame, scope: Scope, parameter: Declared) -> Value:
    link = frame.link
    assert link is not None
    if parameter.kind == "star":
        return _remaining(view, link.arguments, _slots(view, frame, scope))
    if parameter.kind == "double_star":
        return _rest(view, link.arguments, scope)
    for argument in link.arguments:
        if argument.keyword == parameter.name:
            return view.force(argument.value)
    index = _position(view, frame, scope, parameter)
    if index is not None:
        passed = list(positional(view, link.arguments))
        if index < len(passed):
            return view.force(passed[index])
    return out_of_spread(view, link.arguments, index, parameter.name) or default_value(view, frame, parameter)


def out_of_spread(view: View, arguments: tuple[Passed, ...], index: int | None, name: str | None) -> Value:
    """What may come out of `*` and `**` arguments for a parameter that is not passed by itself; what waits for a caller counts
    for more than what is not known."""
    found: list[Term] = []
    starred = next((a for a in arguments if a.stars == 1 and _spread(view, a) is None), None)
    if index is not None and starred is not None:
        beyond = index - len(list(positional(view, arguments)))
        found += _from_starred(view, starred, beyond, name or f"argument {index + 1}") if beyond >= 0 else ()
    found += _spread_keyword(view, arguments, name) if name is not None else ()
    return bounded([t for t in found if not isinstance(t, Unknown)] or found)


def default_value(view: View, frame: Frame, parameter: Declared) -> Value:
    """The default where nothing is passed; a framework's injection counts."""
    if parameter.default is not None:
        place = view.definition_place(frame)
        value = _injected(view, frame, parameter) or view.values(parameter.default, place)
        none = all(isinstance(t, Literal) and t.value is None for t in value)
        return (promises.of_parameter(view, parameter, generics.annotation_place(view, frame)) if none else ()) or value
    scope = view.scope(frame.scope)
    return (Unknown(f"parameter `{parameter.name}` of `{scope.qualname}` is not passed"),)


def _slots(view: View, frame: Frame, scope: Scope) -> int:
    """How many positional arguments the named parameters take."""
    named = [p for p in scope.parameters if p.kind in POSITIONAL]
    return len(named) - _offset(view, frame, scope)


def _offset(view: View, frame: Frame, scope: Scope) -> int:
    bound = frame.receiver is not None and bool(scope.parameters) and is_receiver(view, frame.scope, scope.parameters[0])
    return int(bound)


def _position(view: View, frame: Frame, scope: Scope, parameter: Declared) -> int | None:
    named = [p.name for p in scope.parameters if p.kind in POSITIONAL]
    return named.index(parameter.name) - _offset(view, frame, scope) if parameter.name in named else None


def positional(view: View, arguments: tuple[Passed, ...]) -> Iterator[Deferred]:
    """Positional arguments in order, `*known` unrolled; stops where their number is not known."""
    for argument in arguments:
        if argument.keyword is not None or argument.stars == 2:
            continue
        if argument.stars == 0:
            yield argument.value
            continue
        known = _spread(view, argument)
        if known is None:
            return
        yield from known.items


def _from_starred(view: View, argument: Passed, index: int, name: str) -> Value:
    """An item of `*args` whose length is not known here; if somebody else passed them on, it waits for them."""
    waiting = tuple(Element(t, index) for t in view.force(argument.value) if depends(t))
    return waiting or (Unknown(f"`{name}` comes out of `*` arguments"),)


def _spread(view: View, argument: Passed) -> Elements | None:
    for term in view.force(argument.value):
        known = collections.elements(view, term)
        if known is not None:
            return known
    return None


def _spread_keyword(view: View, arguments: tuple[Passed, ...], name: str) -> Value:
    found: list[Value] = []
    for argument in arguments:
        if argument.stars != 2:
            continue
        for term in view.force(argument.value):
            if (entries := collections.mapping(view, term)) is not None:
                value = collections.item(view, (entries,), (Literal(name),))
                if not all(isinstance(t, Unknown) for t in value) or entries.open:
                    found.append(value)
            elif depends(term):
                found.append((Element(term, name),))
            else:
                told = tuple(t for t in view.subscript(term, Literal(name)) if not isinstance(t, Element))
                found.append(told or (Unknown(f"`{name}` comes out of `**` arguments"),))
    return bounded(t for value in found for t in value)


def _remaining(view: View, arguments: tuple[Passed, ...], taken: int) -> Value:
    """`*args`: the positional arguments that no parameter takes; what is passed on as it came stays what it is."""
    known = list(positional(view, arguments))
    starred = [a for a in arguments if a.stars == 1 and _spread(view, a) is None]
    if not starred:
        return (Elements(tuple(known[taken:])),)
    if len(known) == taken:
        return view.force(starred[0].value)
    return (Elements(tuple(known[taken:]), open=True),)


def _rest(view: View, arguments: tuple[Passed, ...], scope: Scope) -> Value:
    """`**kwargs`: the keywords that no parameter takes, and beside them the mappings that are passed on as they came."""
    taken = {p.name for p in scope.parameters if p.kind in {"normal", "keyword"}}
    items: list[tuple[Deferred | None, Deferred]] = []
    waiting: list[Term] = []
    more = False
    for argument in arguments:
        if argument.keyword is not None and argument.keyword not in taken:
            items.append((ready((Literal(argument.keyword),)), argument.value))
        elif argument.stars == 2:
            for term in view.force(argument.value):
                known = collections.mapping(view, term)
                items += known.items if known is not None else ()
                more = more or known is None or known.open
                waiting += (term,) if depends(term) else ()
    return (*((Entries(tuple(items), more),) if items or not waiting else ()), *waiting)
