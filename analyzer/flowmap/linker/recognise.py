"""The program as the plugins see it: every place of every service that publishes, subscribes, calls or serves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from flowmap import plugin_api as api
from flowmap.errors import failure
from flowmap.linker.answers import answered
from flowmap.linker.binding import Binding, bindings, exchange_types
from flowmap.linker.by_type import by_type
from flowmap.linker.captured import captured, with_rows
from flowmap.linker.catching import caught
from flowmap.linker.clients import remote_drafts, request_drafts
from flowmap.linker.consuming import active_drafts, idle_declarations
from flowmap.linker.context import placed, wired
from flowmap.linker.contracts import described
from flowmap.linker.correlating import carrying
from flowmap.linker.deciding import is_told_otherwise
from flowmap.linker.drafts import Draft
from flowmap.linker.finishing import finished, of_outsider
from flowmap.linker.forwards import forwarded, sent_to
from flowmap.linker.handed import handed, loose_ends
from flowmap.linker.keeping import kept
from flowmap.linker.knowledge import Knowledge, compile_knowledge
from flowmap.linker.messages import message_drafts
from flowmap.linker.mounts import Mount, mounts
from flowmap.linker.outsiders import outsiders
from flowmap.linker.program import Program
from flowmap.linker.relevant import active_plugins
from flowmap.linker.routed import declared, moved, with_handlers, without_answered
from flowmap.linker.serving import serve_drafts
from flowmap.linker.setups import Declared, declared_by_scripts
from flowmap.linker.shared import Reach, common_files, told_apart
from flowmap.linker.sites import Site, find_sites, location_of
from flowmap.linker.stated import inside_stated, stated_scopes, unused
from flowmap.linker.steps import CUT
from flowmap.linker.storage import collect
from flowmap.linker.subscribed import with_reads
from flowmap.linker.surroundings import surroundings
from flowmap.linker.topology import as_forward, bound_channels, sent_by
from flowmap.linker.usage import usage_of
from flowmap.linker.varying import less_varied
from flowmap.linker.view import View
from flowmap.model.effect import Effect
from flowmap.model.effect import in_order as effects_in_order
from flowmap.model.identity import in_order
from flowmap.model.interaction import Interaction
from flowmap.model.location import Evidence, Location
from flowmap.model.payload import together
from flowmap.model.project import Diagnostic, Forward, Service
from flowmap.model.remedies import remedy
from flowmap.model.usage import Usage
from flowmap.visible import counted


@dataclass(slots=True)
class Seen:
    """What one service's view gave, before services are compared. Its `sites` wait for what all services serve."""

    service: Service
    view: View
    reach: Reach
    sites: list[Site]
    table: list[Mount]
    drafts: list[Draft]
    bindings: list[Binding]
    exchanges: set[tuple[str, str]]
    failures: list[str]


@dataclass(frozen=True, slots=True)
class Recognition:
    """All interactions of the program, what was cut short on the way, the queue bindings that the code declares, what each plugin
    had to do with it, and what the services do with what they keep."""

    interactions: tuple[Interaction, ...]
    diagnostics: tuple[Diagnostic, ...]
    bindings: tuple[Forward, ...] = ()
    usage: tuple[Usage, ...] = ()
    effects: tuple[Effect, ...] = ()


def recognise(program: Program, plugins: tuple[api.Plugin, ...]) -> Recognition:
    """The interactions of all services, sorted by place."""
    knowledge = compile_knowledge(plugins)
    common = common_files(program.services, program.files)
    looked = [_look(program, service, plugins, knowledge, common[service.name]) for service in program.services]
    served = frozenset(d.endpoint.operation.partition(" ")[2] for s in looked for d in s.drafts if d.endpoint is not None)
    seen = [_complete(program, s, served) for s in looked]
    for one, drafts in zip(seen, moved([s.drafts for s in seen]), strict=True):
        one.drafts = drafts
    everything = [d for s in seen for d in s.drafts]
    for one in seen:
        one.drafts = list(answered(one.drafts, everything))
    idle = idle_declarations([(s.service, s.view, s.drafts) for s in seen], plugins)
    for one in seen:
        one.drafts = active_drafts(one.view, one.service, one.drafts, idle)
    for one, drafts in zip(seen, told_apart([(s.reach, s.drafts) for s in seen]), strict=True):
        one.drafts = drafts
    ends = loose_ends(d for s in seen for d in s.drafts)
    for one in seen:
        one.drafts = [*one.drafts, *handed(one.view, one.drafts, ends)]
    scripts = declared_by_scripts(program, plugins, knowledge)
    connected = _connected(program, seen, scripts)
    interactions = [i for found in connected for _, i in found]
    used = {site.pattern.target for s in seen for site in s.sites}
    failures = dict.fromkeys(Diagnostic(f, fatal=True) for s in seen for f in s.failures)
    diagnostics = (*failures, *unused(plugins, used), *(d for s in seen for d in _bounds(s)))
    declared_by_code = (*(b for s in seen for b in s.bindings), *scripts.bindings)
    declared_bindings = tuple(dict.fromkeys(f for b in declared_by_code if (f := as_forward(b)) is not None))
    effects = [pair for one, known in zip(seen, connected, strict=False) for pair in kept(one.reach, plugins, known)]
    usage = usage_of(plugins, [(s.service.name, s.view, s.sites) for s in seen], interactions, [deed for deed, _ in effects])
    beside = [
        effect
        for one, known in zip(seen, connected, strict=False)
        for effect in (*caught(one.view, one.service.name, known), *carrying(one.view, one.service.name, known))
    ]
    kept_here = effects_in_order((*(e for _, e in effects), *beside))
    return Recognition(in_order(interactions), diagnostics, declared_bindings, usage, kept_here)


def _connected(program: Program, seen: list[Seen], scripts: Declared) -> list[list[tuple[Draft, Interaction]]]:
    """What the services do, in their order, then what documents say that others do; a queue's reader listens to what fills it."""
    outside = outsiders(program.project.externals, (d for s in seen for d in s.drafts))
    drafts = [*(d for s in seen for d in s.drafts), *(d for _, theirs in outside for d in theirs)]
    sent = sent_to(drafts)
    by_broker = sent_by(drafts, {e for s in seen for e in s.exchanges} | scripts.exchanges)
    found: list[list[tuple[Draft, Interaction]]] = []
    for one in seen:
        others = [*(b for s in seen if s is not one for b in s.bindings), *scripts.bindings]
        bound = (d for draft in one.drafts for d in bound_channels(draft, one.bindings, others, by_broker))
        led = list(forwarded(bound, program.project.forwards, sent, _carried_on))
        distinct = less_varied(_distinct(by_type(one.view, led), bound=True))
        found.append(finished(one.service, one.view, with_reads(one.view, distinct), program.beside[one.service.name]))
    everywhere = [*(b for s in seen for b in s.bindings), *scripts.bindings]
    for name, theirs in outside:
        bound = (d for draft in theirs for d in bound_channels(draft, [], everywhere, by_broker))
        found.append(of_outsider(name, forwarded(bound, program.project.forwards, sent, _carried_on)))
    return found


def _look(
    program: Program, service: Service, plugins: tuple[api.Plugin, ...], knowledge: Knowledge, common: frozenset[str]
) -> Seen:
    """A service's view, with what it serves and what its plugins find by themselves."""
    view = view_of(View, program, service, knowledge)
    sites = find_sites(view, plugins)
    seen = Seen(service, view, Reach(service, view, common), sites, mounts(view, sites), [], [], set(), [])
    found: list[Draft] = []
    for plugin in active_plugins(view, plugins):
        try:
            seen.table += placed(view, plugin)
            found += wired(view, plugin)
        except Exception as error:  # noqa: BLE001  somebody else's code: the rest of the report stands without it
            seen.failures.append(failure(f"plugin {plugin.name}", error))
    for site in sites:
        if isinstance(site.pattern, api.Serves):
            seen.drafts += drafts_of(view, site, seen.table, ())
    seen.drafts += found
    return seen


def _complete(program: Program, seen: Seen, served: frozenset[str]) -> Seen:
    """The service with its messages and calls, given the paths that the services of the scan serve."""
    for site in seen.sites:
        if isinstance(site.pattern, api.Binds):
            here = location_of(seen.view, site.caller)
            seen.view.ask(here.path, here.line)
            seen.bindings += bindings(seen.view, site)
        elif isinstance(site.pattern, api.Declares):
            seen.exchanges |= exchange_types(seen.view, site)
        elif not isinstance(site.pattern, api.Serves):
            seen.drafts += _reached(drafts_of(seen.view, site, seen.table, served))
    seen.drafts += captured(seen.view, with_rows(program.project.externals))
    stated = declared(seen.view, program.project.wires, seen.service, seen.drafts)
    seen.drafts = [*without_answered(seen.drafts, stated), *stated]
    own = (d for d in seen.drafts if d.location.path not in seen.view.units.libraries)
    told = [d for d in own if not inside_stated(seen.view, d.location) and not is_told_otherwise(seen.service, d)]
    seen.drafts = with_handlers(described(_distinct(told), program.project.described))
    return seen


V = TypeVar("V", bound=View)


def view_of(kind: type[V], program: Program, service: Service, knowledge: Knowledge) -> V:
    """The program as a service sees it."""
    environment = {s.name: s.value for s in (*program.project.stored, *reversed(service.environment))}
    around = surroundings(service, {f.path: f.content for f in program.project.data}, program.documents[service.name])
    view = kind(program.units, program.files[service.name], environment, knowledge, around)
    stated_scopes(view)  # before any other question, for every answer may rest on it
    collect(view)
    return view


def drafts_of(view: View, site: Site, table: list[Mount], served: Collection[str]) -> list[Draft]:
    """What is to be said of a site, as a question of its own; `served` are the paths that the scan serves."""
    here = location_of(view, site.caller)
    view.ask(here.path, here.line)
    match site.pattern:
        case api.Messages():
            return list(message_drafts(view, site, table))
        case api.Requests():
            return list(request_drafts(view, site, served))
        case api.RemoteCalls():
            return list(remote_drafts(view, site))
        case api.Serves():
            return list(serve_drafts(view, site, table))
        case _:
            return []


def _reached(drafts: list[Draft]) -> list[Draft]:
    """The drafts of one site without those of ways that nothing goes, if it is reached on others."""
    return [d for d in drafts if not d.unreached] or drafts


def _distinct(drafts: Iterable[Draft], *, bound: bool = False) -> list[Draft]:
    """One draft per place and meaning; an unresolved one falls away where the same place is resolved too. Once queues are `bound`,
    library objects tell none apart but queues without a name."""
    found: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = (
            draft.role,
            draft.location,
            draft.channel,
            draft.exchange,
            draft.event,
            draft.source,
            draft.endpoint,
            draft.service,
            (draft.group, draft.handler, draft.reason, draft.raw if draft.private else None) if bound else draft.raw,
        )
        known = found.get(key)
        payload = draft.payload if known is None else together((known.payload, draft.payload))
        if known is None or known.confidence.rank < draft.confidence.rank:
            found[key] = replace(draft, payload=payload)
        elif payload != known.payload:
            found[key] = replace(known, payload=payload)
    return list(found.values())


def _carried_on(draft: Draft, why: Evidence) -> Draft:
    return replace(draft, wires=(*draft.wires, why))


def _bounds(seen: Seen) -> Iterator[Diagnostic]:
    for why, hit in sorted(seen.view.bounds_hit.items()):
        place = Location(hit.path, hit.line, hit.line) if hit.path else None
        times = counted(hit.count, "time") + (", first here" if place is not None else "")
        lost = "what comes later is in no step, chain or workflow" if why == CUT else "what rests on it is reported as unknown"
        then = f"{lost}. To have it followed, {remedy(why, seen.service)}"
        yield Diagnostic(f"{seen.service.name}: {why} ({times}); {then}", place)
