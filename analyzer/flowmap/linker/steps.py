"""The steps of handlers: the call graph forwards, from each handler to the sites that it reaches, in the order of the code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller
from flowmap.linker.parameters import decorator_names
from flowmap.linker.reach import Ways
from flowmap.linker.sites import location_of
from flowmap.linker.tables import enclosing
from flowmap.linker.units import ScopeRef, Turn
from flowmap.linker.within import around, blocking, handing, used_at_once
from flowmap.model.step import Around, Surrounding

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_DEPTH = 24
"""Functions that call one another, between a handler and a site."""
MAX_WORK = 4_000
"""Calls that are followed from one handler."""
CUT = "too many calls in the work of one handler"
MAX_TIMES = 8
"""How often one site counts in the work of one handler."""
REMEMBERING = {"alru_cache", "cache", "cache_on_arguments", "cached", "cachedmethod", "lru_cache", "memoize", "ttl_cache"}
"""Decorators of functions that do not run again for what they have answered before."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A site, known by its number: the function in which its destination is decided, and the calls from there down to the
    library."""

    number: int
    scope: ScopeRef
    way: tuple[Caller, ...]


@dataclass(frozen=True, slots=True)
class _Lead:
    """A function leads to another one, or to a site; `turns` is by which of its blocks and calls."""

    order: tuple[int, ...]
    around: tuple[Around, ...]
    to: ScopeRef | int
    turns: frozenset[Turn]


@dataclass(slots=True)
class _Walk:
    """What was met on the way from one handler, which does not take some turns."""

    beside: frozenset[Turn]
    found: list[tuple[int, tuple[Around, ...]]] = field(default_factory=list)
    times: Counter[int] = field(default_factory=Counter)
    work: int = 0
    cut: bool = False


class Courses:
    """The call graph of some sites, from the handlers on."""

    def __init__(self, view: View, ways: Ways, sites: Iterable[Reached]) -> None:
        self._view = view
        found: dict[ScopeRef, list[_Lead]] = defaultdict(list)
        for start, lead in (*self._to_functions(ways), *self._to_sites(sites)):
            found[start].append(lead)
        self._leads = {ref: sorted(leads, key=lambda lead: lead.order) for ref, leads in found.items()}

    def reaches(self, start: ScopeRef, beside: frozenset[Turn]) -> set[int]:
        """The numbers of the sites that a handler comes to, if it does not take the turns `beside`."""
        seen, todo = {start}, [start]
        found: set[int] = set()
        while todo:
            for lead in self._leads.get(todo.pop(), ()):
                if not lead.turns.isdisjoint(beside):
                    continue
                if isinstance(lead.to, int):
                    found.add(lead.to)
                elif lead.to not in seen:
                    seen.add(lead.to)
                    todo.append(lead.to)
        return found

    def steps(self, start: ScopeRef, beside: frozenset[Turn]) -> list[tuple[int, tuple[Around, ...]]]:
        """The numbers of the sites in the order in which the handler comes to them, each with what surrounds it there. Bounded:
        what is too far away is left out and counts as a bound that was hit, what is met too often is left out."""
        walk = _Walk(beside)
        self._follow(start, (), (start,), walk)
        if walk.cut:
            self._view.ask(start.path, self._view.scope(start).line)
            self._view.bounded_out(CUT)
        return walk.found

    def _follow(self, ref: ScopeRef, outside: tuple[Around, ...], stack: tuple[ScopeRef, ...], walk: _Walk) -> None:
        for lead in self._leads.get(ref, ()):
            walk.work += 1
            if walk.work > MAX_WORK:
                walk.cut = True
                return
            if not lead.turns.isdisjoint(walk.beside):
                continue
            within = (*outside, *(a for a in lead.around if a not in outside))
            if isinstance(lead.to, ScopeRef):
                within = self._into(lead.to, within)
            if isinstance(lead.to, int):
                walk.times[lead.to] += 1
                if walk.times[lead.to] <= MAX_TIMES:
                    walk.found.append((lead.to, within))
            elif len(stack) >= MAX_DEPTH:
                walk.cut = True
            elif lead.to not in stack:
                self._follow(lead.to, within, (*stack, lead.to), walk)

    def _to_functions(self, ways: Ways) -> Iterable[tuple[ScopeRef, _Lead]]:
        calls: dict[tuple[ScopeRef, Caller | None], dict[ScopeRef, None]] = defaultdict(dict)
        for ref, above in ways.items():
            for start, caller in above:
                calls[start, handing(self._view, caller, ref) if caller is not None else None].setdefault(ref)
        for (start, caller), targets in calls.items():
            for number, target in enumerate(sorted(targets, key=lambda ref: (ref.path, ref.index))):
                either = self._either(caller, number) if caller is not None and caller.site is not None and len(targets) > 1 else ()
                yield start, self._lead(caller, (*self._around(caller, target), *either), target)

    def _to_sites(self, sites: Iterable[Reached]) -> Iterable[tuple[ScopeRef, _Lead]]:
        by_place: dict[tuple[ScopeRef, tuple[Caller, ...]], list[int]] = defaultdict(list)
        for site in sites:
            by_place[site.scope, site.way].append(site.number)
        for (scope, way), numbers in by_place.items():
            further = (*(c.scope for c in way[1:]), None)
            inside: tuple[Around, ...] = ()
            for caller, to in zip(way, further, strict=False):
                inside = self._into(to, tuple(dict.fromkeys((*inside, *self._around(caller, to)))))
            again = len(numbers) == 1 or any(a.kind is Surrounding.AGAIN for a in inside)
            for arm, number in enumerate(numbers):
                either = () if again or not way else self._either(way[-1], arm)
                yield scope, self._lead(way[0] if way else None, (*inside, *either), number)

    def _around(self, caller: Caller | None, to: ScopeRef | None) -> tuple[Around, ...]:
        """What surrounds a call of a function, or of a library."""
        if caller is None:
            return ()
        surrounded = around(self._view, caller)
        if to is None:
            return (*surrounded, *used_at_once(self._view, caller))
        held = () if self._view.scope(to).is_async else blocking(self._view, caller, surrounded)
        return (*surrounded, *held)

    def _into(self, to: ScopeRef | None, outside: tuple[Around, ...]) -> tuple[Around, ...]:
        """What surrounds the body of a function: one that remembers its answers does not run for every element of a loop."""
        if to is None or not decorator_names(self._view.scope(to)) & REMEMBERING:
            return outside
        return tuple(Around(Surrounding.AGAIN, a.at, a.arm) if a.kind is Surrounding.LOOP else a for a in outside)

    def _either(self, caller: Caller, number: int) -> tuple[Around, ...]:
        """One of the functions that the same call may run, or of the ends that it may have."""
        return (Around(Surrounding.BRANCH, location_of(self._view, caller), number),)

    def _lead(self, caller: Caller | None, surrounded: tuple[Around, ...], to: ScopeRef | int) -> _Lead:
        if caller is None:
            return _Lead((-1,), surrounded, to, frozenset())
        runs: frozenset[Turn] = frozenset({(caller.scope, to)} if isinstance(to, ScopeRef) else ())
        if caller.site is None:
            return _Lead((-1,), surrounded, to, runs)
        site, scope = caller.site, self._view.scope(caller.scope)
        blocks: frozenset[Turn] = frozenset((caller.scope, b) for b in enclosing(scope.blocks, site.block))
        return _Lead((site.position, site.call.span.line, site.call.span.column), surrounded, to, blocks | runs)
