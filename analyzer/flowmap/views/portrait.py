"""All that is said of one workflow: how it is led, how its state can be known, how it ends and fails, and whose it is."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.lookup import starts_named
from flowmap.graph.targets import folded
from flowmap.graph.workflows import Step, Workflow
from flowmap.model.interaction import Interaction, Role
from flowmap.views.knowing import State, knowing
from flowmap.views.outcomes import Failure, endings, failures, longest_wait, undoing
from flowmap.views.styles import Part, Style, parts, style
from flowmap.visible import listed

_NEAR, _NAMED = 5, 3
_HANDLED = (Role.SERVE, Role.SUBSCRIBE)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A workflow and what is said of it. `owners` are those of the service that starts it, else those whom all services have in
    common."""

    workflow: Workflow
    style: Style
    parts: tuple[Part, ...]
    state: tuple[State, ...]
    endings: tuple[Step, ...]
    failures: tuple[Failure, ...]
    undoing: tuple[Step, ...]
    wait: tuple[Step, ...]
    owners: tuple[str, ...]


def portrait(graph: FlowGraph, flow: Workflow) -> Portrait:
    """What is said of a workflow."""
    found, ends = parts(flow), endings(graph, flow)
    return Portrait(
        workflow=flow,
        style=style(found),
        parts=found,
        state=knowing(flow, found, ends),
        endings=ends,
        failures=failures(graph, flow),
        undoing=undoing(flow),
        wait=longest_wait(flow),
        owners=_owners(graph, flow),
    )


def _owners(graph: FlowGraph, flow: Workflow) -> tuple[str, ...]:
    owners = {s.name: s.owners for s in graph.flow.services}
    first = owners.get(flow.trigger.service, ())
    shared = set.intersection(*(set(owners.get(name, ())) for name in flow.services))
    return first or tuple(sorted(shared))


def workflows_named(graph: FlowGraph, found: tuple[Workflow, ...], name: str) -> tuple[Workflow, ...]:
    """The workflows that a person means: by the name of what starts them, in any spelling, with `service:` before it or not, else
    all that begin in a service of that name, else those that an event or endpoint of that name starts."""
    called = [w for w in found if is_called(w, name)]
    exactly = [w for w in called if w.name.lower() == name.lower()]
    begin = [w for w in found if folded(w.trigger.service) == folded(name)]
    ids = {site.id for site in starts_named(graph, name)}
    started = (w for w in found if any(site.id in ids for site in beginnings(w)))
    return tuple(exactly or called or begin or started)


def is_called(flow: Workflow, name: str) -> bool:
    """Whether a workflow goes by a name, in any case and with any separators."""
    return folded(name) in (folded(flow.name), folded(f"{flow.trigger.service}:{flow.name}"))


def near(found: tuple[Workflow, ...], name: str) -> tuple[str, ...]:
    """Names of workflows that somebody may have meant, the nearest first."""
    known = {w.name.lower(): w.name for w in reversed(found)}
    return tuple(known[k] for k in difflib.get_close_matches(name.lower(), known, n=_NEAR, cutoff=0.5))


def beginnings(flow: Workflow) -> tuple[Interaction, ...]:
    """The sites at which a workflow begins: its handler, or all that its function does by itself."""
    if flow.trigger.role in _HANDLED:
        return (flow.trigger,)
    return tuple(site for step in flow.steps if step.depth == 0 for site in step.sites)


def together(flows: tuple[Workflow, ...]) -> Workflow:
    """The workflows that begin in one service as one, in the order of the code, endpoints and handlers before what starts by
    itself; the first one's trigger stands for all."""
    ordered = sorted(flows, key=lambda w: (w.trigger.role not in _HANDLED, w.trigger.location))
    steps = tuple(step for flow in ordered for step in flow.steps)
    name = f"{ordered[0].trigger.service}: {listed(list(dict.fromkeys(flow.name for flow in ordered)), _NAMED)}"
    return replace(ordered[0], name=name, steps=steps, cut=any(flow.cut for flow in flows))
