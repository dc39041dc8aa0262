"""What a task is given, by the names of its parameters: the arguments of the call that sends it, and those that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker import collections
from flowmap.linker.making import ready
from flowmap.linker.modelled import spelled
from flowmap.linker.parameters import POSITIONAL
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Deferred, Elements, Entries, Function, Literal, Member, Passed, Term, Value
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.payload import Field, Payload
from flowmap.model.summary import Parameter

if TYPE_CHECKING:
    from flowmap.linker.view import View

NOTHING: Value = (Literal(None),)
HANDING = {"bind", "pass_context"}
"""Options of decorators with which a task is handed an object of its library before its arguments."""


def given(view: View, pattern: api.Messages, subject: Subject) -> Value:
    """The arguments with which a task is sent, as a mapping by the names of its parameters."""
    own = isinstance(pattern.positional, api.AllArguments)
    positional = _own(view, subject.arguments) if own else _packed(view, ask(view, pattern.positional, subject))
    if isinstance(pattern.keywords, api.Keywords):
        items, more = _keywords(view, subject.arguments)
    else:
        items, more = _packed_keywords(view, ask(view, pattern.keywords, subject))
    names = [p.name for p in _taken(view, subject.callee)]
    if positional is None or len(positional) > len(names):
        return (Entries(tuple(items), open=True),)
    named = [(ready((Literal(name),)), value) for name, value in zip(names, positional, strict=False)]
    return (Entries((*named, *items), open=more),)


def _own(view: View, arguments: tuple[Passed, ...]) -> list[Deferred] | None:
    """The positional arguments of a call; None where their number is not known."""
    found: list[Deferred] = []
    for argument in arguments:
        if argument.keyword is None and argument.stars == 1:
            known = [collections.elements(view, t) for t in view.force(argument.value)]
            if len(known) != 1 or known[0] is None or known[0].open:
                return None
            found += known[0].items
        elif argument.keyword is None and not argument.stars:
            found.append(argument.value)
    return found


def _packed(view: View, value: Value) -> list[Deferred] | None:
    """The same of a list that is handed over."""
    if not value or value == NOTHING:
        return []
    known = collections.elements(view, value[0]) if len(value) == 1 else None
    return list(known.items) if isinstance(known, Elements) and not known.open and known.ordered else None


Items = list[tuple[Deferred | None, Deferred]]


def _keywords(view: View, arguments: tuple[Passed, ...]) -> tuple[Items, bool]:
    """The keyword arguments of a call, and whether there may be others."""
    items: Items = [(ready((Literal(a.keyword),)), a.value) for a in arguments if a.keyword is not None]
    more = False
    for argument in (a for a in arguments if a.stars == 2):
        added, open_one = _packed_keywords(view, view.force(argument.value))
        items, more = items + added, more or open_one
    return items, more


def _packed_keywords(view: View, value: Value) -> tuple[Items, bool]:
    """The same of a mapping that is handed over."""
    if not value or value == NOTHING:
        return [], False
    known = [collections.mapping(view, t) for t in value]
    found = [k for k in known if k is not None]
    return [i for k in found for i in k.items], len(found) < len(known) or any(k.open for k in found)


def _taken(view: View, callee: Term | None) -> list[Parameter]:
    """The parameters that arguments of the task that is sent go to, by position; none where it is not of the scan."""
    owner = callee.owner if isinstance(callee, Member) else None
    return [p for p in parameters(view, owner.scope) if p.kind in POSITIONAL] if isinstance(owner, Function) else []


def parameters(view: View, ref: ScopeRef) -> list[Parameter]:
    """What a task takes, less the object that it is a method of or that a decorator hands it."""
    scope = view.scope(ref)
    method = scope.parent > 0 and view.scope(ScopeRef(ref.path, scope.parent)).kind == "class"
    bound = any(a.keyword in HANDING for d in scope.decorators if isinstance(d, ir.Call) for a in d.arguments)
    first = scope.parameters[0].name if scope.parameters else ""
    return list(scope.parameters[1:] if method or bound or first == "self" else scope.parameters)


def taken(view: View, ref: ScopeRef) -> Payload:
    """What a task reads: its parameters."""
    scope, found = view.scope(ref), parameters(view, ref)
    where = view.unit(ref.path).location(scope.line, scope.line)
    fields = (
        Field(p.name, where, spelled(p.annotation), spare=p.default is not None, open=True)
        for p in found
        if p.kind not in {"star", "double_star"}
    )
    return Payload(tuple(fields), open=any(p.kind in {"star", "double_star"} for p in found))
