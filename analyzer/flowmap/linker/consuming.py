"""Who runs declared work: of several services that share the code in which a task, a schedule or an endpoint is declared, those
that are started as its workers, clocks or servers, else those that are a whole folder. Where nothing tells who is, all of them do;
a schedule without a clock is its workers'.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
from flowmap.linker.branches import untaken
from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.reach import starts_above
from flowmap.linker.terms import Place
from flowmap.linker.units import ScopeRef
from flowmap.model.interaction import Kind, Role
from flowmap.model.location import Location

if TYPE_CHECKING:
    from flowmap.linker.view import View
    from flowmap.model.project import Service
    from flowmap.plugin_api import Plugin

Declared = tuple[Role, Location]
"""What a declaration is known by: a task and the schedule that sends it may stand in one place."""
Idle = frozenset[tuple[str, Declared]]
"""Declarations in services that never run them."""
Seen = tuple["Service", "View", Sequence[Draft]]
"""A service, its view, and what it declares."""


def idle_declarations(seen: Sequence[Seen], plugins: Sequence[Plugin]) -> Idle:
    """The idle declarations of all services together."""
    declared: dict[Declared, list[tuple[Seen, Draft]]] = defaultdict(list)
    for one in seen:
        for draft in one[2]:
            if _is_declaration(draft):
                declared[draft.role, draft.location].append((one, draft))
    starters = _Starters(plugins)
    idle: set[tuple[str, Declared]] = set()
    for place, sharing in declared.items():
        names = {service.name for (service, _, _), _ in sharing}
        running = {one[0].name for one, draft in sharing if starters.runs(one, draft)} if len(names) > 1 else names
        running = running or {one[0].name for one, draft in sharing if draft.timed and starters.works(one, draft)}
        running = running or {service.name for (service, _, _), _ in sharing if service.entry is None}
        if running:
            idle.update((name, place) for name in names - running)
    return frozenset(idle)


def _is_declaration(draft: Draft) -> bool:
    """Whether a process has to be started for it: tasks wait for a worker, schedules for a clock, endpoints for a server."""
    if draft.role is Role.SUBSCRIBE:
        return draft.kind is Kind.TASK
    return draft.timed or (draft.role is Role.SERVE and draft.transport == "http")


class _Starters:
    """Which services are started as workers or clocks of what, and which as servers."""

    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self._workers = {p.name: p.workers for p in plugins}
        self._clocks = {p.name: p.clocks for p in plugins}
        self._launchers = {call: words.split() for p in plugins for call, words in p.launchers.items()}
        self._words: dict[str, set[str]] = {}
        self._servers = tuple(command for p in plugins for command in p.servers)
        self._listening = {call for p in plugins for call in p.listening}
        self._serving: dict[str, bool] = {}

    def runs(self, one: Seen, draft: Draft) -> bool:
        """Whether the service is started to run what is declared."""
        service, view, _ = one
        if draft.timed:
            return _has(self._said(service, view), self._clocks.get(draft.plugin, ()))
        if draft.role is Role.SUBSCRIBE:
            return self.works(one, draft)
        if service.name not in self._serving:
            listens = _has(_command(service), self._servers) or bool(_called(service, view, self._listening))
            self._serving[service.name] = listens
        return self._serving[service.name]

    def works(self, one: Seen, draft: Draft) -> bool:
        """Whether the service is started as a worker of what declares it."""
        service, view, _ = one
        return _has(self._said(service, view), self._workers.get(draft.plugin, ()))

    def _said(self, service: Service, view: View) -> set[str]:
        """The words of its start command, and those for which its program does as a command would."""
        if service.name not in self._words:
            launched = (w for name in _called(service, view, self._launchers.keys()) for w in self._launchers[name])
            self._words[service.name] = _command(service) | set(launched)
        return self._words[service.name]


def _called(service: Service, view: View, wanted: Collection[str]) -> set[str]:
    """Which of these functions of libraries the program of a service calls: in its first file, or in a function that this leads
    to."""
    found = {ref: names for ref in view.scopes if ref.index or ref.path == service.entry if (names := _calls(view, ref, wanted))}
    first = {name for ref, names in found.items() if ref.path == service.entry or service.entry is None for name in names}
    if first or service.entry is None:
        return first
    above = starts_above(view, found, lambda ref: ref.path == service.entry, decided=True)
    return {name for ref, starts in above.items() if starts for name in found[ref]}


def _calls(view: View, ref: ScopeRef, wanted: Collection[str]) -> set[str]:
    ends = {name.rpartition(".")[2] for name in wanted}
    found: set[str] = set()
    for site in view.unit(ref.path).table(ref.index).calls:
        if last_name(site.call.callee) in ends and not untaken(view, ref, site.position):
            view.ask(ref.path, site.call.span.line)
            terms = view.values(site.call.callee, Place(view.symbolic_place(ref).frame, ref, site.position))
            found.update(name for term in terms for name in view.names_of(term) if name in wanted)
    return found


def _command(service: Service) -> set[str]:
    return {posixpath.basename(w) for w in service.command}


def _has(words: set[str], commands: Iterable[str]) -> bool:
    return any(words.issuperset(command.split()) for command in commands)


def active_drafts(view: View, service: Service, drafts: Sequence[Draft], idle: Idle) -> list[Draft]:
    """The drafts of a service without its idle declarations, and without what only these would do."""
    sleeping = [d for d in drafts if _is_declaration(d) and (service.name, (d.role, d.location)) in idle]
    if not sleeping:
        return list(drafts)
    declared = {(d.role, d.location) for d in sleeping}
    asleep = {d.handler.key for d in sleeping if d.handler is not None}
    others = (d.scope for d in drafts if (d.role, d.location) not in declared and view.units.get(d.scope.path) is not None)
    above = starts_above(view, others, lambda ref: key_of(ref) in asleep or not view.callers_of(ref), asleep)

    def sleeps(draft: Draft) -> bool:
        if (draft.role, draft.location) in declared:
            return True
        starts = above.get(draft.scope, [])
        return bool(starts) and all(key_of(r) in asleep for r in starts)

    return [d for d in drafts if not sleeps(d)]
