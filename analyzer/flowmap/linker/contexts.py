"""From a site up to where its destination is decided: callers are added one by one until nothing waits for them.

The answer to a question is asked again in the frames that each chain of callers makes. A chain ends where the answer
waits for no caller any more, where nobody calls, or at a bound. Callers that tell no more than the site itself are not
followed: a parameter that only fills a hole, or that nobody can name, leaves the site where it is written. A site in an installed
library is first of all followed to the places of the scan that lead there; without one there is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from flowmap.linker import formats
from flowmap.linker.activations import ROUNDS, Caller, activations, places
from flowmap.linker.making import ready
from flowmap.linker.measuring import measure
from flowmap.linker.objects import frames_by_object, leaves_out
from flowmap.linker.terms import (
    Frame,
    Link,
    Literal,
    Parameter,
    Passed,
    Pending,
    Place,
    Template,
    Term,
    Value,
)
from flowmap.linker.texts import concatenate
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import awaited

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CHAIN = 6
"""Callers above one another."""
MAX_LIBRARY_CHAIN = 12
"""The same inside installed libraries."""
MAX_CONTEXTS = 600
"""Chains of more callers than `NEAR` that are followed from one site."""
NEAR, MAX_NEAR = 3, 2_000
"""The same for shorter ones: a wrapper has as many as there are places that call it."""
CALLERS = "too many callers above one site"
CUT = -1
"""The key of a call that stands for all that were not followed."""

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was asked, in one context: `chain` lists the callers, outermost first, `place` is the site in that context.
    `final` says that no further caller could decide it, `known` how much it tells, `apart` that other callers of a function of the
    chain do not come to the site: what they give must not be taken for what is given here."""

    content: T
    place: Place
    chain: tuple[Caller, ...]
    final: bool
    known: int = 0
    apart: bool = False


Question = Callable[[Place, bool], tuple[T, tuple[Value, ...]]]
"""Place and whether this is the last word (nothing may wait then) -> the content, and the values that decide it."""


class Budget:
    """How many chains may still be followed from one site, long ones and others; `spent` says that there were more. What is decided
    in the file `within` is none of what is looked for."""

    def __init__(self, within: str = "") -> None:
        self.within = within
        self._left = {True: MAX_CONTEXTS, False: MAX_NEAR}
        self.spent = False

    def spend(self, length: int) -> bool:
        """Takes one of so many callers; False if there is none left."""
        self._left[length > NEAR] -= 1
        self.spent = self.spent or self._left[length > NEAR] < 0
        return self._left[length > NEAR] >= 0


def follow(view: View, site: Caller, question: Question[T], within: str = "") -> Iterator[Answer[T]]:
    """The answers to `question` at a site over all the contexts that it depends on; from the file `within` it is followed to the
    places that lead there, as from a library."""
    budget = Budget(within)
    yield from _explore(view, site, question, (), budget)
    if budget.spent:  # what the others would give is not known, and said at the site itself
        for place in places(view, site, _cut(view, site)):
            content, _ = question(place, True)
            yield Answer(content, place, (), True)


def _cut(view: View, site: Caller) -> Frame:
    """The frame of the function around a site, called by those that were not followed."""
    own = frame_scope(view, site.scope)
    nobody = ready((view.bounded_out(CALLERS),))
    passed = (Passed(nobody, p.name) for p in view.scope(own).parameters if p.kind in {"normal", "positional", "keyword"})
    return view.frame(own, Link(None, tuple(passed), (CUT,)))


def _explore(view: View, site: Caller, question: Question[T], chain: tuple[Caller, ...], budget: Budget) -> list[Answer[T]]:
    """The answers in the frames of one chain, each replaced by those of longer chains where these tell more."""
    outermost = chain[0].scope if chain else site.scope
    if outermost.path in view.units.libraries:
        entered = [c for c in entering(view, outermost) if c not in chain] if len(chain) < MAX_LIBRARY_CHAIN else []
        return [a for c in entered if budget.spend(len(chain) + 1) for a in _explore(view, site, question, (c, *chain), budget)]
    if outermost.path == budget.within:
        above_it = [c for c in view.callers_of(frame_scope(view, outermost)) if c not in chain] if len(chain) < MAX_CHAIN else []
        return [a for c in above_it if budget.spend(len(chain) + 1) for a in _explore(view, site, question, (c, *chain), budget)]
    settled: list[Answer[T]] = []
    above: dict[Caller, None] = {}
    open_here: list[tuple[Place, int]] = []
    for place in _instantiate(view, chain, site):
        content, deciding = question(place, False)
        wanted = [p for value in deciding for t in value for p in awaited(t)]
        if not wanted:
            settled.append(Answer(content, place, chain, False, measure(view, deciding)))
            continue
        if not _own(view, outermost, wanted):
            content, closed = question(place, True)
            if all(len(value) <= 1 for value in closed):  # whoever made the object, it holds the same
                settled.append(Answer(content, place, chain, True, measure(view, closed)))
                continue
        open_here.append((place, _told(view, tuple(_settled(view, v, outermost) for v in deciding))))
        above.update(dict.fromkeys(c for c in _above(view, outermost, wanted) if c not in chain))
    if not open_here:
        return settled
    callers = list(above) if sum(c.scope.path not in view.units.libraries for c in chain) < MAX_CHAIN else []
    by_caller = [_explore(view, site, question, (c, *chain), budget) for c in callers if budget.spend(len(chain) + 1)]
    lifted = [a for a in _of_callers(by_caller) if all(a.content != s.content for s in settled)]  # told by the site itself
    tell_more = any(a.apart or a.known > max(known for _, known in open_here) for a in lifted)
    waiting = [(place, question(place, False)[1]) for place, _ in open_here]
    wanted = [p for _, values in waiting for value in values for t in value for p in awaited(t)]
    if tell_more or (lifted and leaves_out(view, frame_scope(view, outermost), wanted)):
        return settled + lifted
    told_apart = (_by_object(view, chain, site, values) or [place] for place, values in waiting)
    for place in (p for places_here in told_apart for p in places_here):
        content, closed = question(place, True)
        settled.append(Answer(content, place, chain, True, measure(view, closed)))
    return settled


def _of_callers(by_caller: list[list[Answer[T]]]) -> list[Answer[T]]:
    return [replace(a, apart=a.apart or not all(by_caller)) for found in by_caller for a in found]


def _told(view: View, values: tuple[Value, ...]) -> int:
    """The same for a site whose callers may tell more: nothing where one of the alternatives is theirs alone to tell."""
    theirs = [any(isinstance(t, Parameter | Pending) for t in value) for value in values]
    return measure(view, tuple(v for v, open_one in zip(values, theirs, strict=True) if not open_one))


def _by_object(view: View, chain: tuple[Caller, ...], site: Caller, deciding: tuple[Value, ...]) -> list[Place]:
    """The places of the site for each object that the outermost function may be called on, where that decides several things."""
    own = frame_scope(view, chain[0].scope if chain else site.scope)
    frames = frames_by_object(view, own, (p for value in deciding for t in value for p in awaited(t)))
    return [place for frame in frames for place in _instantiate(view, chain, site, frame)]


def _instantiate(view: View, chain: tuple[Caller, ...], site: Caller, start: Frame | None = None) -> list[Place]:
    """The places of the site in the frames that the chain makes, outermost caller in a symbolic frame if none is given."""
    frames: list[Frame | None] = [start]
    for number, caller in enumerate(chain):
        target = chain[number + 1].scope if number + 1 < len(chain) else site.scope
        target = frame_scope(view, target)
        frames = [made for frame in frames for made in activations(view, caller, target, ROUNDS, frame)]
    unique = {frame.id if frame else 0: frame for frame in frames}
    return [place for frame in unique.values() for place in places(view, site, frame)]


def nearest(view: View, site: Caller, chain: tuple[Caller, ...], told: Callable[[Place], bool]) -> tuple[Caller, ...]:
    """The end of a chain from which on nothing is open that `told` asks for: callers further out decide something else. An end in
    an installed library is none."""
    ends = (chain[len(chain) - n :] for n in range(len(chain)))
    scanned = (end for end in ends if (*end, site)[0].scope.path not in view.units.libraries)
    return next((end for end in scanned if (there := _instantiate(view, end, site)) and all(told(p) for p in there)), chain)


def frame_scope(view: View, ref: ScopeRef) -> ScopeRef:
    """The function or module in whose frame a scope is evaluated: a class body runs where it stands."""
    while view.scope(ref).kind == "class":
        ref = ScopeRef(ref.path, max(view.scope(ref).parent, 0))
    return ref


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
        else:
            found.update(dict.fromkeys(_handing(view, own, owner)))
    return list(found)


def entering(view: View, ref: ScopeRef) -> list[Caller]:
    """The callers of a function in a library that lie in the scan, or to which callers in the scan lead."""
    return view.guarded(("entering", ref), lambda: [c for c in view.callers_of(frame_scope(view, ref)) if _entered(view, c)], [])


def _entered(view: View, caller: Caller) -> bool:
    return caller.scope.path not in view.units.libraries or bool(entering(view, caller.scope))


def _handing(view: View, own: ScopeRef, owner: ScopeRef) -> list[Caller]:
    """The callers of a function that lie in another one: a function made there, and handed over by the call, knows its
    parameters."""
    return [c for c in view.callers_of(own) if owner in {frame_scope(view, c.scope), *_around(view, c.scope)}]


def _own(view: View, ref: ScopeRef, wanted: list[Parameter | Pending]) -> bool:
    """Whether something of what is wanted is a parameter of the function around the site, of one around that, or of one that
    hands a function of its own to it."""
    own = frame_scope(view, ref)
    inner = {own, *_around(view, own)}
    return any(isinstance(t, Parameter) and (t.scope in inner or _handing(view, own, t.scope)) for t in wanted)


def _settled(view: View, value: Value, ref: ScopeRef) -> Value:
    """The value with everything closed but what the callers of this function decide: what the site tells by itself."""
    found: list[Term] = []
    for term in value:
        if isinstance(term, Template):
            parts = [(Literal(p, term.name),) if isinstance(p, str) else _settled(view, (p,), ref) for p in term.parts]
            found += concatenate([formats.write(view, p) for p in parts])
        elif _own(view, ref, list(awaited(term))):
            found.append(term)
        else:
            found += view.close((term,))
    return tuple(found)


def _around(view: View, ref: ScopeRef) -> set[ScopeRef]:
    """The functions around a function."""
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
