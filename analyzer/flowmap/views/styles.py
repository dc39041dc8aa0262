"""How a workflow is led: by one who directs (orchestration), by nobody (choreography), by both, each in its part (hybrid).

Who directs waits for others or gives them work: it calls them, sends commands or tasks, or has an engine carry out a plan. One that
does so with a single other service, and is no engine, directs nobody: services in a row that wait for one another are a chain of
calls. What lies outside the scan is nobody's to direct.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flowmap.graph.workflows import Step, Workflow
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import OUTSIDE, Kind, Role
from flowmap.views.outcomes import distinct, is_event

_MANY = 2
"""Services that a director has, and planned tasks that make a plan."""


class Style(StrEnum):
    """How a workflow, or a part of it, is led."""

    ORCHESTRATION = "orchestration"
    CHOREOGRAPHY = "choreography"
    HYBRID = "hybrid"
    CHAIN = "chain of calls"
    NONE = "within one service"


@dataclass(frozen=True, slots=True)
class Part:
    """Steps that are led in one way: by a director (`by`), or by who calls first in a chain; choreography has none. `engine`: the
    steps are a plan that something carries out and keeps track of."""

    style: Style
    by: str
    steps: tuple[Step, ...]
    engine: bool = False

    @property
    def services(self) -> tuple[str, ...]:
        """Who is led, or takes part; the director is not among them."""
        names = (name for step in self.steps for name in (step.sites[0].service, *targets(step)))
        return tuple(name for name in dict.fromkeys(names) if name != self.by)


def targets(step: Step) -> tuple[str, ...]:
    """Whom a step reaches, other than who takes it: services, or `external:<name>`."""
    source, called = step.sites[0].service, step.sites[0].target
    found = dict.fromkeys([*(s.service for s in step.reached), *([called] if called and not step.reached else [])])
    return tuple(name for name in found if name != source)


def parts(flow: Workflow) -> tuple[Part, ...]:
    """The directed parts, the largest first, then chains of calls, then what nobody directs."""
    steps = distinct(flow.steps)
    told = tuple(s for s in steps if is_event(s) and _inside(targets(s)))
    given: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if (directs(step) and targets(step)) or step.sites[0].planned:
            given[step.sites[0].service].append(step)
    led = [part for service, own in given.items() if (part := _led(service, own)) is not None]
    directed = {id(step) for part in led for step in part.steps}
    rest = [s for own in given.values() for s in own if id(s) not in directed and _inside(targets(s))]
    chain = [Part(Style.CHAIN, rest[0].sites[0].service, tuple(rest))] if rest else []
    apart = [Part(Style.CHOREOGRAPHY, "", told)] if told else []
    return (*sorted(led, key=lambda p: -len(p.steps)), *chain, *apart)


def directs(step: Step) -> bool:
    """Whether a step waits for somebody or gives somebody work."""
    site = step.sites[0]
    return step.kind is EdgeKind.COORDINATION or site.role is Role.CALL or site.kind in (Kind.COMMAND, Kind.TASK)


def _led(service: str, steps: list[Step]) -> Part | None:
    """The part that a service directs, if it is a director."""
    planned = [s for s in steps if s.sites[0].planned]
    engine = any(s.sites[0].role is Role.CALL for s in planned) or len(planned) >= _MANY
    led = {name for step in steps for name in targets(step) if not name.startswith(OUTSIDE)}
    if engine or len(led) >= _MANY:
        return Part(Style.ORCHESTRATION, service, tuple(steps), engine)
    return None


def style(found: Iterable[Part]) -> Style:
    """The style that parts have together."""
    styles = {part.style for part in found}
    if Style.CHOREOGRAPHY in styles:
        return Style.HYBRID if len(styles) > 1 else Style.CHOREOGRAPHY
    if Style.ORCHESTRATION in styles:
        return Style.ORCHESTRATION
    return Style.CHAIN if styles else Style.NONE


def _inside(names: Iterable[str]) -> bool:
    """Whether any of them is a service of the scan."""
    return any(not name.startswith(OUTSIDE) for name in names)
