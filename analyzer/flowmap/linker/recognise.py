"""The program as the plugins see it: every place of every service that publishes, subscribes, calls or serves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flowmap import plugin_api as api
from flowmap.errors import failure
from flowmap.linker.clients import remote_drafts, request_drafts
from flowmap.linker.consuming import active_drafts, idle_declarations
from flowmap.linker.context import wired
from flowmap.linker.drafts import Draft
from flowmap.linker.knowledge import Knowledge, compile_knowledge
from flowmap.linker.messages import Binding, bindings, message_drafts
from flowmap.linker.mounts import Mount, mounts
from flowmap.linker.program import Program
from flowmap.linker.reach import starts_above
from flowmap.linker.routed import declared, with_handlers
from flowmap.linker.serving import serve_drafts
from flowmap.linker.sites import Site, active_plugins, find_sites
from flowmap.linker.surroundings import surroundings
from flowmap.linker.topology import bound_channels
from flowmap.linker.units import ScopeRef
from flowmap.linker.view import View
from flowmap.model.interaction import Interaction, Role
from flowmap.model.project import Diagnostic, Service

MOST_NAMED = 3
"""Functions that a diagnostic names."""


@dataclass(slots=True)
class Seen:
    """What one service's view gave, before services are compared."""

    service: Service
    view: View
    drafts: list[Draft]
    bindings: list[Binding]
    failures: list[str]


@dataclass(frozen=True, slots=True)
class Recognition:
    """All interactions of the program, and what was cut short on the way."""

    interactions: tuple[Interaction, ...]
    diagnostics: tuple[Diagnostic, ...]


def recognise(program: Program, plugins: tuple[api.Plugin, ...]) -> Recognition:
    """The interactions of all services, sorted by place."""
    knowledge = compile_knowledge(plugins)
    seen = [_look(program, service, plugins, knowledge) for service in program.services]
    direct = {
        d.channel
        for s in seen
        for d in s.drafts
        if d.role is Role.PUBLISH and d.transport == "amqp" and d.channel and not d.exchange
    }
    idle = idle_declarations([(s.service, s.drafts) for s in seen], plugins)
    interactions: list[Interaction] = []
    for one in seen:
        others = [b for s in seen if s is not one for b in s.bindings]
        busy = active_drafts(one.view, one.service, one.drafts, idle)
        drafts = [d for draft in busy for d in bound_channels(draft, one.bindings, others, direct)]
        interactions += _finished(one, drafts)
    failures = dict.fromkeys(Diagnostic(f, fatal=True) for s in seen for f in s.failures)
    diagnostics = (*failures, *(d for s in seen for d in _bounds(s)))
    return Recognition(tuple(sorted(interactions, key=_order)), diagnostics)


def _look(program: Program, service: Service, plugins: tuple[api.Plugin, ...], knowledge: Knowledge) -> Seen:
    environment = {s.name: s.value for s in service.environment}
    around = surroundings(service, {f.path: f.content for f in program.project.data})
    view = View(program.units, program.files[service.name], environment, knowledge, around)
    sites = find_sites(view, plugins)
    table = mounts(view, sites)
    drafts: list[Draft] = []
    bound: list[Binding] = []
    for site in sites:
        view.ask(site.caller.scope)
        if isinstance(site.pattern, api.Binds):
            bound += bindings(view, site)
        else:
            drafts += _drafts(view, site, table)
    failures: list[str] = []
    for plugin in active_plugins(view, plugins):
        if plugin.recognise is not None:
            try:
                drafts += wired(view, plugin)
            except Exception as error:  # noqa: BLE001  somebody else's code: the rest of the report stands without it
                failures.append(failure(f"plugin {plugin.name}", error))
    drafts += declared(program.project.wires, service, drafts)
    return Seen(service, view, with_handlers(_distinct(drafts)), bound, failures)


def _drafts(view: View, site: Site, table: list[Mount]) -> Iterator[Draft]:
    match site.pattern:
        case api.Messages():
            yield from message_drafts(view, site, table)
        case api.Requests():
            yield from request_drafts(view, site)
        case api.RemoteCalls():
            yield from remote_drafts(view, site)
        case api.Serves():
            yield from serve_drafts(view, site, table)
        case _:
            return


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """One draft per place and meaning; an unresolved one falls away where the same place is resolved too."""
    found: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = (draft.role, draft.location, draft.channel, draft.exchange, draft.event, draft.endpoint, draft.service, draft.raw)
        known = found.get(key)
        if known is None or known.confidence.rank < draft.confidence.rank:
            found[key] = draft
    return list(found.values())


def _finished(seen: Seen, drafts: list[Draft]) -> list[Interaction]:
    """Interactions with ids, and with the handlers that lead to them."""
    counts: Counter[str] = Counter()
    pairs: list[tuple[Draft, Interaction]] = []
    for draft in sorted(drafts, key=lambda d: (d.location, str(d.channel), str(d.event), str(d.endpoint))):
        interaction = _interaction(seen.service.name, draft, counts)
        pairs.append((draft, interaction))
    starts: dict[str, list[str]] = {}
    for _, interaction in pairs:
        if interaction.handler is not None:
            starts.setdefault(interaction.handler.key, []).append(interaction.id)
    sending = [draft.scope for draft, i in pairs if i.role in (Role.PUBLISH, Role.CALL)]
    above = starts_above(seen.view, sending, lambda ref: _key(ref) in starts)
    return [_triggered(i, above[draft.scope], starts) if i.role in (Role.PUBLISH, Role.CALL) else i for draft, i in pairs]


def _triggered(interaction: Interaction, above: list[ScopeRef], starts: dict[str, list[str]]) -> Interaction:
    ids = sorted({i for ref in above for i in starts[_key(ref)]} - {interaction.id})
    return replace(interaction, triggers=tuple(ids))


def _key(ref: ScopeRef) -> str:
    """The key of the handler that a function is."""
    return f"{ref.path}:{ref.index}"


def _interaction(service: str, draft: Draft, counts: Counter[str]) -> Interaction:
    destination = draft.endpoint.operation if draft.endpoint else draft.channel
    identity = "|".join(
        str(p)
        for p in (
            service,
            draft.role,
            draft.transport,
            destination,
            draft.exchange,
            draft.event,
            draft.location.path,
            draft.function,
        )
    )
    counts[identity] += 1
    number = hashlib.blake2b(f"{identity}|{counts[identity]}".encode(), digest_size=6).hexdigest()
    missing = bool(draft.reason) if draft.endpoint is not None else draft.channel is None
    return Interaction(
        id=number,
        role=draft.role,
        service=service,
        transport=draft.transport,
        location=draft.location,
        confidence=draft.confidence,
        channel=draft.channel,
        exchange=draft.exchange or None,
        space=draft.space,
        broker=draft.broker,
        event=draft.event if not missing else None,
        target=draft.service,
        endpoint=draft.endpoint,
        kind=draft.kind,
        match=draft.match,
        group=draft.group,
        handler=draft.handler,
        function=draft.function,
        via=draft.via,
        awaited=draft.awaited,
        waits=draft.waits,
        speculative=draft.speculative,
        unreached=draft.unreached,
        local=draft.local,
        unresolved=(draft.reason or "not known") if missing else None,
        plugin=draft.plugin,
    )


def _order(interaction: Interaction) -> tuple[object, ...]:
    return (
        interaction.service,
        interaction.location,
        interaction.role,
        str(interaction.channel),
        str(interaction.event),
        interaction.id,
    )


def _bounds(seen: Seen) -> Iterator[Diagnostic]:
    """What was cut short in a service: why, how often, and the first functions of which it was asked."""
    for why, count in sorted(seen.view.bounds_hit.items()):
        asked = list(seen.view.bounds_at.get(why, ()))
        units = [(seen.view.unit(ref.path), seen.view.scope(ref)) for ref in asked[:MOST_NAMED]]
        places = [unit.location(max(s.line, 1), max(s.line, 1)) for unit, s in units]
        names = [f"`{s.qualname or '<module>'}` ({p.path}:{p.line})" for p, (_, s) in zip(places, units, strict=True)]
        more = f" and {len(asked) - MOST_NAMED} more" if len(asked) > MOST_NAMED else ""
        where = f" in {', '.join(names)}{more}" if names else ""
        message = f"{seen.service.name}: {why}{where} ({count} times); values behind it are reported as unknown"
        yield Diagnostic(message, places[0] if places else None)
