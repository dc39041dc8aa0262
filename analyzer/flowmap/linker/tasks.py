"""What a task is given, by the names of its parameters: the arguments of the call that sends it, and those that it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker import collections
from flowmap.linker.dotted import function_at
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
HANDED_BY_NAME = {"context": "task"}
"""Options of decorators with which it is handed one under a name."""
WITH_CONTEXT = {"arq", "saq"}
"""Transports whose tasks get an object of the library before their arguments."""


def given(view: View, pattern: api.Messages, subject: Subject) -> Value:
    """The arguments with which a task is sent, as a mapping by the names of its parameters."""
    positional = (
        _own(view, subject.arguments, pattern.positional.start)
        if isinstance(pattern.positional, api.AllArguments)
        else _packed(view, ask(view, pattern.positional, subject))
    )
    if isinstance(pattern.keywords, api.Keywords):
        items, more = _keywords(view, subject.arguments, pattern.keywords.but)
    else:
        items, more = _packed_keywords(view, ask(view, pattern.keywords, subject))
    names = [p.name for p in _taken(view, _sent(view, pattern, subject))]
    if positional is None or len(positional) > len(names):
        return (Entries(tuple(items), open=True),)
    named = [(ready((Literal(name),)), value) for name, value in zip(names, positional, strict=False)]
    return (Entries((*named, *items), open=more),)


def _own(view: View, arguments: tuple[Passed, ...], start: int) -> list[Deferred] | None:
    """The positional arguments of a call from `start` on; None where their number is not known."""
    found: list[Deferred] = []
    for argument in arguments:
        if argument.keyword is None and argument.stars == 1:
            known = [collections.elements(view, t) for t in view.force(argument.value)]
            if len(known) != 1 or known[0] is None or known[0].open:
                return None
            found += known[0].items
        elif argument.keyword is None and not argument.stars:
            found.append(argument.value)
    return found[start:]


def _packed(view: View, value: Value) -> list[Deferred] | None:
    """The same of a list that is handed over."""
    if not value or value == NOTHING:
        return []
    known = collections.elements(view, value[0]) if len(value) == 1 else None
    return list(known.items) if isinstance(known, Elements) and not known.open and known.ordered else None


Items = list[tuple[Deferred | None, Deferred]]


def _keywords(view: View, arguments: tuple[Passed, ...], but: tuple[str, ...]) -> tuple[Items, bool]:
    """The keyword arguments of a call, less those that its library takes for itself, and whether there may be others."""
    named = (a for a in arguments if a.keyword is not None and a.keyword not in but)
    items: Items = [(ready((Literal(a.keyword),)), a.value) for a in named]
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


def _sent(view: View, pattern: api.Messages, subject: Subject) -> Term | None:
    """The task that is sent: what the channel is the path of, the object whose method is called, or what is called itself."""
    if isinstance(pattern.channel, api.FunctionPath) and pattern.channel.of is not None:
        named = ask(view, pattern.channel.of, subject)
        return function_at(view, named[0]) if len(named) == 1 else None
    return subject.callee.owner if isinstance(subject.callee, Member) else subject.callee


def _taken(view: View, task: Term | None) -> list[Parameter]:
    """The parameters that arguments of a task go to, by position; none where it is not of the scan."""
    return [p for p in parameters(view, task.scope) if p.kind in POSITIONAL] if isinstance(task, Function) else []


def parameters(view: View, ref: ScopeRef, *, handed: bool = False) -> list[Parameter]:
    """What a task takes, less the object that it is a method of, and those that its library hands it (`handed`, or by its
    decorator)."""
    scope = view.scope(ref)
    method = scope.parent > 0 and view.scope(ScopeRef(ref.path, scope.parent)).kind == "class"
    options = {a.keyword for d in scope.decorators if isinstance(d, ir.Call) for a in d.arguments if a.keyword}
    first = scope.parameters[0].name if scope.parameters else ""
    found = scope.parameters[1:] if handed or method or HANDING & options or first == "self" else scope.parameters
    return [p for p in found if p.name not in {HANDED_BY_NAME[o] for o in options & HANDED_BY_NAME.keys()}]


def taken(view: View, ref: ScopeRef, transport: str) -> Payload:
    """What a task reads: its parameters."""
    scope, found = view.scope(ref), parameters(view, ref, handed=transport in WITH_CONTEXT)
    where = view.unit(ref.path).location(scope.line, scope.line)
    fields = (
        Field(p.name, where, spelled(p.annotation), spare=p.default is not None, open=True)
        for p in found
        if p.kind not in {"star", "double_star"}
    )
    return Payload(tuple(fields), open=any(p.kind in {"star", "double_star"} for p in found))
