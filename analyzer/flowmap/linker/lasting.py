"""What is published in the same run as something is made to last: the two may part, for nothing ties the one to the other.

A run is a function with all that it calls. Its own sites and its calls stand in the order of its statements; of each function that
it calls, what counts is what that makes last, whether it writes, and what it publishes without having met any of these. So a
publication meets what lasts in the innermost function that leads to both. What is put off until after a commit meets nothing, nor
does what stands on another branch, or behind a `return`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from flowmap.linker.contexts import frame_scope
from flowmap.linker.effects import Deed
from flowmap.linker.reach import circles
from flowmap.linker.tables import CallSite, enclosing
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.effect import Beside, Does
from flowmap.model.location import Evidence, Location
from flowmap.model.summary import AnyStatement, Leave, Raise, Return, Scope

if TYPE_CHECKING:
    from flowmap.linker.activations import Caller
    from flowmap.linker.view import View

OUTBOX = "outbox"
MAX_MOMENTS = 400
"""Sites and calls of one function that are looked at."""
MAX_OPEN = 200
"""Publications of one function that are handed on to its callers."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A publication where it stands: `ids` are its interactions, `way` the places on the way down to the library."""

    scope: ScopeRef
    location: Location
    ids: tuple[str, ...]
    way: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """What happens at one statement of a function. `lasting` is what it makes last, `until` the statement after which that is so;
    `writes`: something is written; `outbox`: into an outbox."""

    position: int
    block: int
    location: Location
    site: CallSite | None = None
    sent: tuple[Sent, ...] = ()
    lasting: Deed | None = None
    until: float = 0
    writes: bool = False
    outbox: bool = False


@dataclass(slots=True)
class Run:
    """What is known of a function for those that call it."""

    lasting: Deed | None = None
    writes: bool = False
    outbox: bool = False
    open: tuple[Sent, ...] = ()


@dataclass
class Lasting:
    """The meetings of one service: `found` has them by the effect."""

    view: View
    deeds: list[Deed]
    sent: list[Sent]
    found: dict[Deed, list[Beside]] = field(default_factory=lambda: defaultdict(list))

    def meet(self) -> dict[Deed, list[Beside]]:
        """All meetings."""
        callers = self._callers()
        calls: dict[ScopeRef, list[tuple[Caller, ScopeRef]]] = defaultdict(list)
        for ref, above in callers.items():
            for caller in above:
                calls[frame_scope(self.view, caller.scope)].append((caller, ref))
        graph = {ref: list(dict.fromkeys(frame_scope(self.view, c.scope) for c in above)) for ref, above in callers.items()}
        runs: dict[ScopeRef, Run] = {}
        for circle in reversed(list(circles(graph))):
            for ref in circle:
                runs[ref] = self._run(ref, list(self._moments(ref, calls[ref], runs))[:MAX_MOMENTS])
        return self.found

    def _callers(self) -> dict[ScopeRef, list[Caller]]:
        """The functions of the sites and all above them, each with the calls that lead there at once."""
        todo = list(dict.fromkeys([d.scope for d in self.deeds] + [s.scope for s in self.sent]))
        found: dict[ScopeRef, list[Caller]] = {}
        while todo:
            ref = todo.pop()
            if ref not in found:
                self.view.ask(ref.path, self.view.scope(ref).line)
                found[ref] = [c for c in self.view.callers_of(ref) if not self._is_put_off(c, ref)]
                todo += (frame_scope(self.view, c.scope) for c in found[ref])
        return found

    def _is_put_off(self, caller: Caller, ref: ScopeRef) -> bool:
        if caller.site is None:
            return caller.kind == "decorator" or ref in self._put_off_functions
        span = caller.site.call.span
        return self._is_in_region(caller.scope.path, span.line, span.end_line)

    @cached_property
    def _put_off_functions(self) -> set[ScopeRef]:
        return {d.runs for d in self.deeds if d.runs is not None}

    @cached_property
    def _regions(self) -> dict[str, list[Location]]:
        found: dict[str, list[Location]] = defaultdict(list)
        for deed in self.deeds:
            if deed.pattern.does is Does.DEFERS and deed.site is not None:
                found[deed.location.path].append(deed.location)
        return found

    def _is_in_region(self, path: str, line: int, end_line: int) -> bool:
        return any(r.line <= line and end_line <= r.end_line for r in self._regions.get(path, ()))

    @cached_property
    def _own(self) -> dict[ScopeRef, list[Deed]]:
        found: dict[ScopeRef, list[Deed]] = defaultdict(list)
        for deed in self.deeds:
            found[deed.scope].append(deed)
        return found

    @cached_property
    def _sent(self) -> dict[ScopeRef, list[Sent]]:
        found: dict[ScopeRef, list[Sent]] = defaultdict(list)
        for sent in self.sent:
            put_off = sent.scope in self._put_off_functions
            if not put_off and not any(self._is_in_region(w.path, w.line, w.end_line) for w in (sent.location, *sent.way)):
                found[sent.scope].append(sent)
        return found

    def _moments(self, ref: ScopeRef, calls: list[tuple[Caller, ScopeRef]], runs: dict[ScopeRef, Run]) -> Iterator[Moment]:
        scope, own = self.view.scope(ref), self._own.get(ref, [])
        begun = [d for d in own if d.pattern.does is Does.BEGINS and d.pattern.lasts]
        for deed in own:
            if deed.pattern.does in (Does.WRITES, Does.COMMITS):
                writes = deed.pattern.does is Does.WRITES
                until = _left(scope, begun, deed.position, deed.block)
                lasts = deed if deed.pattern.lasts else None
                outbox = OUTBOX in f"{deed.about} {deed.function}".lower()
                yield Moment(deed.position, deed.block, deed.location, deed.site, (), lasts, until, writes, outbox)
        for caller, callee in calls:
            run = runs.get(callee, Run())
            position = caller.site.position if caller.site is not None else len(scope.statements)
            block = caller.site.block if caller.site is not None else -1
            until = _left(scope, begun, position, block)
            at = self._at(caller, ref)
            if run.lasting is not None or run.writes or run.open:
                yield Moment(position, block, at, caller.site, run.open, run.lasting, until, run.writes, run.outbox)
        for sent in self._sent.get(ref, []):
            site = self._site_at(ref, sent.location)
            position, block = (site.position, site.block) if site is not None else (len(scope.statements), -1)
            yield Moment(position, block, sent.location, site, (sent,))
        yield from self._stored(ref, scope)

    def _at(self, caller: Caller, ref: ScopeRef) -> Location:
        unit = self.view.unit(ref.path)
        if caller.site is None:
            return unit.location(self.view.scope(ref).line, self.view.scope(ref).line)
        span = caller.site.call.span
        return unit.location(span.line, span.end_line, span.column)

    def _site_at(self, ref: ScopeRef, at: Location) -> CallSite | None:
        """The call of a function that stands at a place."""
        for site in self.view.unit(ref.path).table(ref.index).calls:
            if (site.call.span.line, site.call.span.column) == (at.line, at.column):
                return site
        return None

    def _stored(self, ref: ScopeRef, scope: Scope) -> Iterator[Moment]:
        """Attributes of other objects that are set: a session writes what is kept of them."""
        unit = self.view.unit(ref.path)
        for store in unit.table(ref.index).stores:
            own = isinstance(store.target, ir.Name) and store.target.id in {"self", "cls"}
            if store.attr is not None and not own and isinstance(store.target, ir.Name | ir.Attribute):
                line = scope.statements[store.binding.position].line
                yield Moment(store.binding.position, store.binding.block, unit.location(line, line), writes=True)

    def _run(self, ref: ScopeRef, moments: list[Moment]) -> Run:
        scope = self.view.scope(ref)
        lasting = [m for m in moments if m.lasting is not None]
        lasting += self._left_transactions(ref, scope, moments)
        tied = any(d.pattern.does is Does.TIES for d in self._own.get(ref, ()))
        outbox = tied or OUTBOX in f"{ref.path} {scope.qualname}".lower() or any(m.outbox for m in moments)
        still: list[Sent] = []
        for moment in moments:
            if not moment.sent or outbox:
                continue
            met = _met(scope, moment, lasting, moments)
            if met is None:
                still += moment.sent
            else:
                for sent in moment.sent:
                    self._add(scope, moment, met, sent)
        first = min(lasting, key=lambda m: (m.position, m.location), default=None)
        return Run(
            first.lasting if first is not None else None,
            any(m.writes and m.site is not None for m in moments),
            outbox,
            tuple(dict.fromkeys(still))[:MAX_OPEN],
        )

    def _left_transactions(self, ref: ScopeRef, scope: Scope, moments: Iterable[Moment]) -> list[Moment]:
        """The transactions of a function that end with what is written in them, where nothing of that lasts by itself."""
        found: list[Moment] = []
        for deed in self._own.get(ref, []):
            if deed.pattern.does is Does.BEGINS and deed.pattern.lasts:
                end = _end(scope, deed)
                inside = [m for m in moments if m.writes and deed.position <= m.position <= end]
                if inside and all(m.lasting is None for m in inside):
                    outbox = any(m.outbox for m in inside)
                    found.append(Moment(deed.position, deed.block, deed.location, None, (), deed, end + 0.5, True, outbox))
        return found

    def _add(self, scope: Scope, moment: Moment, met: tuple[Moment, bool], sent: Sent) -> None:
        other, after = met
        assert other.lasting is not None
        steps = (
            Evidence(moment.location, "publishes" if moment.location == sent.location else "goes on to publish", scope.qualname),
            Evidence(
                other.location, "makes last" if other.location == other.lasting.location else "goes on to make last", scope.qualname
            ),
        )
        self.found[other.lasting] += [Beside(i, after, steps) for i in sent.ids]


def _met(scope: Scope, moment: Moment, lasting: list[Moment], moments: list[Moment]) -> tuple[Moment, bool] | None:
    """What lasts in the same run as a publication, and whether it does before that; what is written later only counts where
    something has been written already, for else it may be the note that it has been published."""
    others = [m for m in lasting if m.site is None or m.site is not moment.site]
    before = [m for m in others if m.until < moment.position and _leads_on(scope, m, moment)]
    if before:
        return max(before, key=lambda m: (m.until, m.location)), True
    pending = any(
        m.writes and m.position < moment.position and m.site is not moment.site and _leads_on(scope, m, moment) for m in moments
    )
    later = [m for m in others if m.until > moment.position and _leads_on(scope, moment, m)] if pending else []
    return (min(later, key=lambda m: (m.until, m.location)), False) if later else None


def _end(scope: Scope, begun: Deed) -> float:
    """The last statement of a transaction: of a block, or of a function that is one."""
    if begun.block < 0:
        return len(scope.statements)
    inside = (n for n, s in enumerate(scope.statements) if begun.block in enclosing(scope.blocks, s.block))
    return max(inside, default=begun.position)


def _left(scope: Scope, begun: list[Deed], position: int, block: int) -> float:
    """The statement after which what is done at one lasts: the end of the outermost transaction around it."""
    around = {-1, *enclosing(scope.blocks, block)}
    ends = [_end(scope, b) + 0.5 for b in begun if b.block in around and b.position <= position]
    return max(ends, default=position) if ends else position if position < len(scope.statements) else inf


def _leads_on(scope: Scope, earlier: Moment, later: Moment) -> bool:
    """Whether a run that comes to the one may go on to the other: not from one branch to another, nor past a `return`,
    nor past the end of a turn of the loop that both are in."""
    behind = set(enclosing(scope.blocks, later.block))
    way = []
    for block in enclosing(scope.blocks, earlier.block):
        if block in behind:
            break
        way.append(block)
    if any(_are_apart(scope, block, other) for block in way for other in behind):
        return False
    ends = (s for s in scope.statements[earlier.position :] if _ends(scope, s, behind))
    return not any(s.block in way for s in ends)


def _ends(scope: Scope, statement: AnyStatement, behind: set[int]) -> bool:
    """Whether a run does not go on from a statement to what stands in some blocks: one left with the function, or in the loop that
    is left."""
    if not isinstance(statement, Leave):
        return isinstance(statement, Return | Raise)
    return next((b for b in enclosing(scope.blocks, statement.block) if scope.blocks[b].kind in {"for", "while"}), -1) in behind


def _are_apart(scope: Scope, one: int, other: int) -> bool:
    """Whether only one of two blocks is run: branches of one condition, or what failed and what is done then."""
    first, second = scope.blocks[one], scope.blocks[other]
    if first.group != second.group or one == other:
        return False
    kinds = {first.kind, second.kind}
    return "finally" not in kinds and (bool(kinds & {"if", "case"}) or "except" in kinds)
