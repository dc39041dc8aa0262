"""Everything that follows from each trigger, flat: the workflows of a system as lists of steps.

A trigger is an endpoint or subscription that nothing else in the scan sets off, or code that publishes or calls on its own (a
command, a schedule). What only ends in its own handler is no workflow. Each trigger is followed once and within bounds, so a
system with a thousand endpoints costs a thousand short walks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flowmap.graph.channels import message_name
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.trace import Ending, Trace, trace
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import Interaction, Role

MAX_WORKFLOWS = 500
MAX_STEPS = 200
_HANDLED = (Role.SERVE, Role.SUBSCRIBE)


@dataclass(frozen=True, slots=True)
class Step:
    """A publication or call of the workflow: the sites that make it, and the handlers that it starts. `depth` is the number of
    steps that lead to it; `ending` is empty where something follows."""

    sites: tuple[Interaction, ...]
    kind: EdgeKind
    reached: tuple[Interaction, ...]
    depth: int
    ending: str

    @property
    def services(self) -> tuple[str, ...]:
        """Who acts, then who is reached."""
        return tuple(dict.fromkeys(s.service for s in (*self.sites, *self.reached)))


@dataclass(frozen=True, slots=True)
class Workflow:
    """What one trigger sets off, in the order of the code; `cut` if there is more than the bounds let through."""

    name: str
    trigger: Interaction
    steps: tuple[Step, ...]
    cut: bool

    @property
    def services(self) -> tuple[str, ...]:
        """All that take part, in order of appearance."""
        return tuple(dict.fromkeys([self.trigger.service, *(name for step in self.steps for name in step.services)]))


def workflows(graph: FlowGraph) -> tuple[Workflow, ...]:
    """The workflows of a system: those of the most services first, then those of the most steps; bounded in number."""
    found: list[Workflow] = []
    met: set[str] = set()
    for starts in (*_triggers(graph), *([site] for site in graph.flow.interactions if site.role in _HANDLED)):
        # Handlers that nothing has led to so far set each other off in a circle, which has to begin somewhere.
        if starts[0].id not in met:
            flow = _followed(graph, starts)
            met.update(starts[0].id for _ in flow.steps[:1])
            met.update(site.id for step in flow.steps for site in step.reached)
            found += [flow] if any(_known(step) for step in flow.steps) else []
    found.sort(key=lambda w: (-len(w.services), -len(w.steps), w.trigger.service, w.name, w.trigger.id))
    return tuple(found[:MAX_WORKFLOWS])


def _known(step: Step) -> bool:
    return step.ending != Ending.UNKNOWN


def _triggers(graph: FlowGraph) -> list[list[Interaction]]:
    """The sites at which something begins: a handler by itself, what one function does without a handler together, what somebody
    outside sends to somebody."""
    set_off = set(_set_off(graph))
    found: dict[tuple[str, ...], list[Interaction]] = {}
    for site in graph.flow.interactions:
        if site.role in _HANDLED:
            if site.id not in set_off and graph.triggered_by(site):
                found[site.id,] = [site]
        elif not site.triggers and not site.unreached and not (site.outside and not graph.receivers_of(site)):
            found.setdefault((site.service, site.location.path, site.function), []).append(site)
    return list(found.values())


def _set_off(graph: FlowGraph) -> Iterator[str]:
    """The handlers that another handler's steps lead to."""
    for site in graph.flow.interactions:
        if site.role is Role.PUBLISH and site.channel is not None:
            yield from (s.id for s in graph.receivers_of(site) if s.id not in site.triggers)
        elif site.role is Role.CALL and site.target is not None and not site.target.startswith("external:"):
            yield from (s.id for s in graph.endpoints_of(site) if s.id not in site.triggers)


def _followed(graph: FlowGraph, starts: list[Interaction]) -> Workflow:
    steps = [step for tree in trace(graph, starts) for step in _steps(tree, 0)]
    cut = len(steps) > MAX_STEPS or any(step.ending == Ending.CUT for step in steps)
    return Workflow(_name(starts[0]), starts[0], tuple(steps[:MAX_STEPS]), cut)


def _steps(tree: Trace, depth: int) -> Iterator[Step]:
    below = depth
    if tree.site.role in (Role.PUBLISH, Role.CALL):
        kind = _kind(tree.site)
        reached = tuple(s for child in tree.children for s in child.sites)
        yield Step(tree.sites, kind, reached, depth, tree.ending.value)
        below = depth + 1
    for child in tree.children:
        yield from _steps(child, below)


def _kind(site: Interaction) -> EdgeKind:
    return EdgeKind.COORDINATION if site.role is Role.CALL and site.waits else EdgeKind.COLLABORATION


def _name(start: Interaction) -> str:
    """What people call it: the operation or message that begins it, else the function."""
    if start.role in _HANDLED:
        return start.operation or message_name(start) or start.function or str(start.location)
    return start.function or start.location.path
