"""What a plugin's reference is asked of: a call with its callee and arguments, or a decoration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.making import given_to, ready
from flowmap.linker.parameters import positional
from flowmap.linker.terms import (
    Class,
    Deferred,
    Element,
    Instance,
    Link,
    Literal,
    Made,
    Member,
    Passed,
    Place,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View


@dataclass(frozen=True, slots=True)
class Subject:
    """What a reference is asked of: a call with its callee and arguments, or a decoration of `function`. With `spread`, an argument
    may also come out of `*` and `**` arguments of which nothing is known at the call."""

    arguments: tuple[Passed, ...]
    callee: Term | None
    place: Place | None
    function: ScopeRef | None = None
    current: Value = ()
    final: bool = False
    spread: bool = False
    made: Term | None = None


def spread_out(subject: Subject) -> Subject | None:
    """The same call, its `*` and `**` arguments included; None if it has none."""
    return replace(subject, spread=True) if any(a.stars for a in subject.arguments) else None


def of_creation_made(term: Made) -> Subject | None:
    """The call that made a library object."""
    if term.creation is None:
        return None
    return Subject(given_to(term.creation), term.callee, term.creation.place)


def unpacked(term: Term) -> Term:
    """What something was taken out of (`reader` of `reader, writer = connect()`); anything else stays itself."""
    while isinstance(term, Element):
        term = term.owner
    return term


def of_last_call(view: View, term: Term) -> Subject | None:
    """The call of a library out of whose result something is taken, by names and items."""
    made = made_by(term)
    return of_creation(view, made) if isinstance(made, Made | Instance) else None


def made_by(term: Term) -> Term:
    """The object out of which something is taken, by names and items."""
    while isinstance(term, Member | Element):
        term = term.owner
    return term


def of_creation(view: View, term: Term) -> Subject | None:
    """The call that made an object: its own, or the constructor call that reaches the library base of a scanned class."""
    if isinstance(term, Made):
        return of_creation_made(term)
    if isinstance(term, Instance) and view.external_bases(term.scope):
        return Subject(view.base_arguments(term), Class(term.scope), term.creation.place if term.creation else None)
    return None


def of_scanned(term: Term) -> Subject | None:
    """The call that made an object of a scanned class, whatever that stands below."""
    if not isinstance(term, Instance) or term.creation is None:
        return None
    return Subject(given_to(term.creation), Class(term.scope), term.creation.place)


def closed(view: View, subject: Subject) -> Subject:
    """A call with what its callers give for the `**kwargs` that it passes on."""
    arguments = (replace(a, value=ready(view.close(view.force(a.value)))) if a.stars == 2 else a for a in subject.arguments)
    return replace(subject, arguments=tuple(arguments))


def argument(view: View, arguments: tuple[Passed, ...], index: int | None, name: str | None) -> Deferred | None:
    """The argument at a position or under a keyword; `*known` is unrolled, `**known` looked into."""
    for candidate in arguments:
        if name is not None and candidate.keyword == name:
            return candidate.value
    if index is not None:
        for number, item in enumerate(positional(view, arguments)):
            if number == index:
                return item
    return _spread(view, arguments, name) if name is not None else None


def _spread(view: View, arguments: tuple[Passed, ...], name: str) -> Deferred | None:
    """What `**known` holds under a keyword, if only that it holds something."""
    found: list[Term] = []
    for term in (t for candidate in arguments if candidate.stars == 2 for t in view.force(candidate.value)):
        under = collections.item(view, (term,), (Literal(name),))
        told = Element if collections.has(view, term, name) else Unknown | Element
        found += [t for t in under if not isinstance(t, told)]
    return ready(bounded(found)) if found else None


def decorations(view: View, scope: ScopeRef) -> list[Subject]:
    """The decorator calls on a function that plugins know, as subjects."""
    found: list[Subject] = []
    for _, term in view.decorated(scope):
        made = of_creation_made(term) if isinstance(term, Made) else None
        if made is not None:
            found.append(replace(made, function=scope))
        else:
            found.append(Subject((), term, view.symbolic_place(ScopeRef(scope.path, 0)), scope))
    return found


def given(view: View, link: Link, index: int, name: str | None = None) -> Value:
    """What a call is given at a position or under a name; empty if nothing."""
    for candidate in link.arguments:
        if name is not None and candidate.keyword == name:
            return view.force(candidate.value)
    positional = [a for a in link.arguments if a.keyword is None and not a.stars]
    return view.force(positional[index].value) if index < len(positional) else ()
