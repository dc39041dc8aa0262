"""From a site up to where its destination is decided: callers are added one by one until nothing waits for them.

The answer to a question is asked again in the frames that each chain of callers makes. A chain ends where the answer
waits for no caller any more, where nobody calls, or at a bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from flowmap.linker.activations import ROUNDS, Caller, activations, places
from flowmap.linker.terms import Element, Frame, Made, Member, Parameter, Partial, Pending, Place, Template, Term, Value
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CHAIN = 10
"""Callers above one another."""
MAX_CONTEXTS = 600
"""Chains that are followed from one site."""

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was asked, in one context: `chain` lists the callers, outermost first, `place` is the site in that context.
    `final` says that no further caller could decide it."""

    content: T
    place: Place
    chain: tuple[Caller, ...]
    final: bool


Question = Callable[[Place, bool], tuple[T, tuple[Value, ...]]]
"""Place and whether this is the last word (nothing may wait then) -> the content, and the values that decide it."""


def follow(view: View, site: Caller, question: Question[T]) -> Iterator[Answer[T]]:
    """The answers to `question` at a site over all the contexts that it depends on."""
    chains: list[tuple[Caller, ...]] = [()]
    seen = 0
    while chains:
        chain = chains.pop(0)
        seen += 1
        waiting: dict[Caller, None] = {}
        for place in _instantiate(view, chain, site):
            content, deciding = question(place, False)
            wanted = [p for value in deciding for t in value for p in awaited(t)]
            if not wanted:
                yield Answer(content, place, chain, False)
                continue
            outermost = chain[0].scope if chain else site.scope
            if not _own(view, outermost, wanted):
                content, deciding = question(place, True)
                if all(len(value) <= 1 for value in deciding):  # whoever made the object, it holds the same
                    yield Answer(content, place, chain, True)
                    continue
            above = _above(view, outermost, wanted)
            fresh = [c for c in above if c not in chain]
            if not fresh or len(chain) >= MAX_CHAIN or seen + len(chains) + len(waiting) > MAX_CONTEXTS:
                if fresh:
                    view.bounded_out("too many callers above one site")
                content, _ = question(place, True)
                yield Answer(content, place, chain, True)
            waiting.update(dict.fromkeys(fresh if len(chain) < MAX_CHAIN else ()))
        if seen + len(chains) + len(waiting) <= MAX_CONTEXTS:
            chains += [(caller, *chain) for caller in waiting]


def _instantiate(view: View, chain: tuple[Caller, ...], site: Caller) -> list[Place]:
    """The places of the site in the frames that the chain makes, outermost caller in a symbolic frame."""
    frames: list[Frame | None] = [None]
    for number, caller in enumerate(chain):
        target = chain[number + 1].scope if number + 1 < len(chain) else site.scope
        target = frame_scope(view, target)
        frames = [made for frame in frames for made in activations(view, caller, target, ROUNDS, frame)]
    unique = {frame.id if frame else 0: frame for frame in frames}
    return [place for frame in unique.values() for place in places(view, site, frame)]


def frame_scope(view: View, ref: ScopeRef) -> ScopeRef:
    """The function or module in whose frame a scope is evaluated: a class body runs where it stands."""
    while view.scope(ref).kind == "class":
        ref = ScopeRef(ref.path, max(view.scope(ref).parent, 0))
    return ref


def awaited(term: Term) -> Iterator[Parameter | Pending]:
    """The parameters and attributes that a term waits for."""
    match term:
        case Parameter() | Pending():
            yield term
        case Template(parts=parts):
            for part in parts:
                if not isinstance(part, str):
                    yield from awaited(part)
        case Made(callee=inner) | Member(owner=inner) | Element(owner=inner) | Partial(callee=inner):
            yield from awaited(inner)
        case _:
            return


def _above(view: View, ref: ScopeRef, wanted: list[Parameter | Pending]) -> list[Caller]:
    """The callers that can decide something of what is wanted at a site in `ref`."""
    own = frame_scope(view, ref)
    if view.scope(own).kind == "module":
        return []
    found: dict[Caller, None] = {}
    for term in wanted:
        owner = term.scope if isinstance(term, Parameter) else term.owner
        if owner == own or _shares_object(view, own, owner):
            found.update(dict.fromkeys(view.callers_of(own)))
        elif owner in _around(view, own):
            found[Caller(ScopeRef(own.path, view.scope(own).parent), None, "closure")] = None
    return list(found)


def _own(view: View, ref: ScopeRef, wanted: list[Parameter | Pending]) -> bool:
    """Whether something of what is wanted is a parameter of the function around the site, or of one around that."""
    own = frame_scope(view, ref)
    return any(isinstance(t, Parameter) and (t.scope == own or t.scope in _around(view, own)) for t in wanted)


def _around(view: View, ref: ScopeRef) -> set[ScopeRef]:
    """The functions around a function, and the methods of the classes whose methods these are."""
    found = set()
    parent = view.scope(ref).parent
    while parent > 0:
        found.add(ScopeRef(ref.path, parent))
        parent = view.scope(ScopeRef(ref.path, parent)).parent
    return found


def _shares_object(view: View, own: ScopeRef, other: ScopeRef) -> bool:
    """Whether the other scope is a method (or the class) of the object on which `own` is a method: fixing the object of
    the one fixes the other's."""
    mine = _class_of(view, own)
    theirs = other if view.scope(other).kind == "class" else _class_of(view, other)
    if mine is None or theirs is None:
        return False
    return mine == theirs or mine in view.subclasses(theirs) or theirs in view.subclasses(mine)


def _class_of(view: View, ref: ScopeRef) -> ScopeRef | None:
    parent = view.scope(ref).parent
    while parent > 0:
        owner = ScopeRef(ref.path, parent)
        if view.scope(owner).kind == "class":
            return owner
        parent = view.scope(owner).parent
    return None
