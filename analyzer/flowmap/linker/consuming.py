"""Who runs declared work: of several services that share the code in which a task or an endpoint is declared, those that are
started as its workers or servers, else those that are a whole folder. Where nothing tells who is, all of them do."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
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

Idle = frozenset[tuple[str, Location]]
"""Declarations of tasks and endpoints, as (service, place), in services that never run them."""
Seen = tuple["Service", "View", Sequence[Draft]]
"""A service, its view, and what it declares."""


def idle_declarations(seen: Sequence[Seen], plugins: Sequence[Plugin]) -> Idle:
    """The idle declarations of all services together."""
    declared: dict[Location, list[tuple[Seen, Draft]]] = defaultdict(list)
    for one in seen:
        for draft in one[2]:
            if _is_declaration(draft):
                declared[draft.location].append((one, draft))
    starters = _Starters(plugins)
    idle: set[tuple[str, Location]] = set()
    for place, sharing in declared.items():
        names = {service.name for (service, _, _), _ in sharing}
        running = {one[0].name for one, draft in sharing if starters.runs(one, draft)} if len(names) > 1 else names
        running = running or {service.name for (service, _, _), _ in sharing if service.entry is None}
        if running:
            idle.update((name, place) for name in names - running)
    return frozenset(idle)


def _is_declaration(draft: Draft) -> bool:
    """Whether a process has to be started for it: tasks wait for a worker, endpoints for a server."""
    if draft.role is Role.SUBSCRIBE:
        return draft.kind is Kind.TASK
    return draft.role is Role.SERVE and draft.transport == "http"


class _Starters:
    """Which services are started as workers of what, and which as servers."""

    def __init__(self, plugins: Sequence[Plugin]) -> None:
        self._workers = {p.name: p.workers for p in plugins}
        self._servers = tuple(command for p in plugins for command in p.servers)
        self._listening = {call for p in plugins for call in p.listening}
        self._serving: dict[str, bool] = {}

    def runs(self, one: Seen, draft: Draft) -> bool:
        """Whether the service is started to run what is declared."""
        service, view, _ = one
        if draft.role is Role.SUBSCRIBE:
            return _is_started_by(service, self._workers.get(draft.plugin, ()))
        if service.name not in self._serving:
            self._serving[service.name] = _is_started_by(service, self._servers) or self._listens(service, view)
        return self._serving[service.name]

    def _listens(self, service: Service, view: View) -> bool:
        """Whether its program starts a server: in its first file, or in a function that this leads to."""
        found = [ref for ref in view.scopes if (ref.index or ref.path == service.entry) and self._starts_server(view, ref)]
        if service.entry is None or any(ref.path == service.entry for ref in found):
            return bool(found)
        return any(starts_above(view, found, lambda ref: ref.path == service.entry).values())

    def _starts_server(self, view: View, ref: ScopeRef) -> bool:
        ends = {name.rpartition(".")[2] for name in self._listening}
        for site in view.unit(ref.path).table(ref.index).calls:
            if last_name(site.call.callee) in ends:
                view.ask(ref.path, site.call.span.line)
                terms = view.values(site.call.callee, Place(view.symbolic_place(ref).frame, ref, site.position))
                if any(name in self._listening for term in terms for name in view.names_of(term)):
                    return True
        return False


def _is_started_by(service: Service, commands: Iterable[str]) -> bool:
    words = {posixpath.basename(w) for w in service.command}
    return any(words.issuperset(command.split()) for command in commands)


def active_drafts(view: View, service: Service, drafts: Sequence[Draft], idle: Idle) -> list[Draft]:
    """The drafts of a service without its idle declarations, and without what only these would do."""
    sleeping = [d for d in drafts if _is_declaration(d) and (service.name, d.location) in idle]
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
