"""Who runs declared tasks: of several services that share the code in which a task is declared, those that are started as its
workers. Where no start command tells, all of them do."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.reach import starts_above
from flowmap.linker.view import View
from flowmap.model.interaction import Kind, Role
from flowmap.model.location import Location
from flowmap.model.project import Service
from flowmap.plugin_api import Plugin

Idle = frozenset[tuple[str, Location]]
"""Declarations of tasks, as (service, place), in services that never run them."""


def idle_declarations(seen: Sequence[tuple[Service, Iterable[Draft]]], plugins: Iterable[Plugin]) -> Idle:
    """The idle declarations of all services together."""
    commands = {p.name: p.workers for p in plugins}
    declared: dict[Location, list[tuple[Service, Draft]]] = defaultdict(list)
    for service, drafts in seen:
        for draft in drafts:
            if draft.role is Role.SUBSCRIBE and draft.kind is Kind.TASK:
                declared[draft.location].append((service, draft))
    idle: set[tuple[str, Location]] = set()
    for place, sharing in declared.items():
        working = {s.name for s, d in sharing if _is_worker(s, d, commands)}
        if working:
            idle.update((s.name, place) for s, _ in sharing if s.name not in working)
    return frozenset(idle)


def active_drafts(view: View, service: Service, drafts: Sequence[Draft], idle: Idle) -> list[Draft]:
    """The drafts of a service without its idle declarations, and without what only these would do."""
    declared = {d.location for d in drafts if d.role is Role.SUBSCRIBE and (service.name, d.location) in idle}
    if not declared:
        return list(drafts)
    asleep = {d.handler.key for d in drafts if d.role is Role.SUBSCRIBE and d.location in declared and d.handler is not None}
    others = (d.scope for d in drafts if d.role is not Role.SUBSCRIBE and view.units.get(d.scope.path) is not None)
    above = starts_above(view, others, lambda ref: not view.callers_of(ref))

    def sleeps(draft: Draft) -> bool:
        if draft.role is Role.SUBSCRIBE:
            return draft.location in declared
        starts = above.get(draft.scope, [])
        return bool(starts) and all(key_of(r) in asleep for r in starts)

    return [d for d in drafts if not sleeps(d)]


def _is_worker(service: Service, draft: Draft, commands: Mapping[str, tuple[str, ...]]) -> bool:
    words = {posixpath.basename(w) for w in service.command}
    return any(words.issuperset(command.split()) for command in commands.get(draft.plugin, ()))
