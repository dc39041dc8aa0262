"""The scans of several repositories as one system, connected anew. What only the code itself could tell more about, such as a
library of another repository, stays as each scan left it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version

from flowmap.config import Config
from flowmap.errors import ArtefactError
from flowmap.graph.connect import connect
from flowmap.judging import judge
from flowmap.linker.forwards import forwarded, sent_to
from flowmap.model.effect import Effect, with_ids
from flowmap.model.effect import in_order as effects_in_order
from flowmap.model.flow import Artefact, Parts
from flowmap.model.gate import NOTHING_KNOWN, Baseline
from flowmap.model.identity import identified, in_order
from flowmap.model.interaction import OUTSIDE, Interaction, Role
from flowmap.model.location import Evidence
from flowmap.model.project import Forward, Project, added_up
from flowmap.model.relocating import below, told_apart
from flowmap.model.report import Report
from flowmap.project.domains import with_domains
from flowmap.project.joining import absorbed, renamed
from flowmap.project.systems import title_of


def merged(artefacts: Sequence[Artefact], config: Config, *, local: bool = False, baseline: Baseline = NOTHING_KNOWN) -> Report:
    """The report of the system that the scanned repositories make together; a single one stays as it is. Raises ArtefactError for
    two scans of one name."""
    parts = _side_by_side(artefacts) if len(artefacts) > 1 else list(artefacts)
    found, externals = absorbed([(p.services, p.externals) for p in parts])
    services = with_domains(found, config)
    bindings = tuple(b for p in parts for b in p.parts.bindings)
    forwards = tuple(f for p in parts for f in p.parts.forwards)
    routes = tuple(r for p in parts for r in p.parts.routes)
    existing = tuple(dict.fromkeys(e for p in parts for e in p.parts.existing))
    elsewhere = tuple(dict.fromkeys(e for p in parts for e in p.parts.elsewhere))
    disposals = tuple(dict.fromkeys(d for p in parts for d in p.parts.disposals))
    between = Project((), services, externals, forwards=forwards, routes=routes)
    project = replace(between, existing=existing, elsewhere=elsewhere, disposals=disposals)
    known = {*(s.name for s in services), *(f"{OUTSIDE}{e.name}" for e in externals)}
    together = _together(parts, forwards)
    interactions = tuple(i for i in together.interactions if not i.outside or i.service in known)
    graph = connect(interactions, project, bindings=bindings, effects=together.effects, local=local)
    written = tuple(s for p in parts for s in p.suppressions)
    verdict = judge(config, baseline).verdict(graph, written)
    hidden = graph.flow.hidden + sum(p.hidden for p in parts)
    return Report(
        root=title_of([a.name for a in artefacts]),
        flow=replace(graph.flow, hidden=hidden),
        findings=verdict.findings,
        suppressed=verdict.suppressed,
        rules=verdict.rules,
        coupling=verdict.coupling,
        advice=verdict.advice,
        suppressions=written,
        diagnostics=(*verdict.failures, *(d for p in parts for d in p.problems)),
        left_out=added_up(x for p in parts for x in p.left_out),
        version=version("flowmap-analyzer"),
        files=sum(p.files for p in parts),
        lines=sum(p.lines for p in parts),
    )


def _side_by_side(artefacts: Sequence[Artefact]) -> list[Artefact]:
    """The scans with every path below the name of its repository, and services by names that are theirs alone."""
    for number, artefact in enumerate(artefacts):
        if any(artefact.name == other.name for other in artefacts[:number]):
            raise ArtefactError(f"Two of the scans are of '{artefact.name}': their files could not be told apart.")
    names = told_apart([(a.name, [s.name for s in a.services]) for a in artefacts])
    return [_renamed(below(a.name, a), known) for a, known in zip(artefacts, names, strict=True)]


def _renamed(artefact: Artefact, names: dict[str, str]) -> Artefact:
    interactions = tuple(replace(i, service=names.get(i.service, i.service)) for i in artefact.parts.interactions)
    effects = tuple(replace(e, service=names.get(e.service, e.service)) for e in artefact.parts.effects)
    services = tuple(renamed(s, names) for s in artefact.services)
    return replace(artefact, services=services, parts=replace(artefact.parts, interactions=interactions, effects=effects))


def _together(parts: list[Artefact], forwards: tuple[Forward, ...]) -> Parts:
    """The interactions and effects of all repositories; who reads from a queue that another one fills listens to what fills it."""
    everything = [i for p in parts for i in p.parts.interactions]
    direct = {i.channel for i in everything if i.role is Role.PUBLISH and i.transport == "amqp" and i.channel and not i.exchange}
    sent = sent_to(everything)
    found: list[Interaction] = []
    effects: list[Effect] = []
    for part in parts:
        others = [b for o in parts if o is not part for b in o.parts.bindings]
        anew, ids = _anew(list(forwarded(_bound(part, others, direct), forwards, sent, _carried_on)))
        found += anew
        effects += (with_ids(e, ids) for e in part.parts.effects)
    return Parts(in_order(found), effects=effects_in_order(effects))


def _anew(interactions: list[Interaction]) -> tuple[list[Interaction], dict[str, list[str]]]:
    """The interactions of a repository with the ids that they have in the system, and these by the former ones."""
    after = identified(interactions)
    ids: dict[str, list[str]] = defaultdict(list)
    for old, new in zip(interactions, after, strict=True):
        ids[old.id].append(new.id)
    anew = [
        replace(
            i,
            triggers=tuple(sorted({new for old in i.triggers for new in ids[old]})),
            steps=tuple(replace(s, trigger=new) for s in i.steps for new in ids[s.trigger]),
        )
        for i in after
    ]
    return anew, ids


def _bound(part: Artefact, others: list[Forward], direct: Collection[str]) -> Iterator[Interaction]:
    """The interactions of a repository, its readers of queues that it does not bind itself once per binding of another one."""
    own = {(c.transport, c.channel) for b in part.parts.bindings for c in (b.source, b.target)}
    for i in part.parts.interactions:
        unbound = i.role is Role.SUBSCRIBE and (i.transport, i.channel) not in own
        found = [b for b in others if unbound and (b.target.transport, b.target.channel) == (i.transport, i.channel)]
        for binding in found:
            exchange = binding.source.exchange or i.exchange
            yield replace(i, channel=binding.source.channel, exchange=exchange, group=i.channel, private=False)
        if not found or (i.transport == "amqp" and i.channel in direct):
            yield i


def _carried_on(interaction: Interaction, why: Evidence) -> Interaction:
    return replace(interaction, evidence=(*interaction.evidence, why))
