"""How anybody could know where a workflow stands: the answer to "where is my order?" at design time.

Each way has its evidence. Whether somebody who hears everything also stores it is not read from the code, and is said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from flowmap.graph.workflows import Step, Workflow
from flowmap.model.interaction import Interaction
from flowmap.views.outcomes import distinct, is_event, name_of
from flowmap.views.styles import Part, Style
from flowmap.visible import listed

_ALL = 3
"""Events that a listener to everything hears at least, and that a stamp goes through."""
_NAMED = 6


class Means(StrEnum):
    """How the state of a workflow can be known."""

    ORCHESTRATOR = "orchestrator's own state"
    FRONT_CONTROLLER = "front controller"
    STAMP = "stamp coupling"
    SOURCING = "event sourcing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class State:
    """A way to know the state, who knows it, why that is said, and the sites that say so."""

    means: Means
    who: str
    why: str
    sites: tuple[Interaction, ...] = ()


def knowing(flow: Workflow, parts: Iterable[Part], endings: Iterable[Step]) -> tuple[State, ...]:
    """All ways to know the state of a workflow that is led in these parts and ends with these events. Where events leave everybody
    in the dark, one of them is `Means.NONE`; there are none where nothing leaves the service."""
    led = list(parts)
    directed = [part for part in led if part.style is Style.ORCHESTRATION]
    found = [_orchestrated(part) for part in directed or led if part.style is not Style.CHOREOGRAPHY]
    told = [part for part in led if part.style is Style.CHOREOGRAPHY]
    events = [s for s in distinct(flow.steps) if is_event(s)]
    ways = [*_front(flow, events, endings), *_stamped(flow), *_sourced(events)] if told else []
    if told and not ways:
        last = told[0].steps[-1].sites[0]
        ways = [State(Means.NONE, "", f"nobody who starts it hears of what follows, up to {name_of(last)}", (last,))]
    return (*found, *ways)


def _orchestrated(part: Part) -> State:
    sites = tuple(step.sites[0] for step in part.steps)
    if part.engine:
        return State(Means.ORCHESTRATOR, part.by, "its engine carries out the plan and keeps where each run is", sites)
    if any(site.role.value == "call" and site.waits for site in sites):
        return State(Means.ORCHESTRATOR, part.by, "it waits for the answers and goes on from them", sites)
    return State(Means.ORCHESTRATOR, part.by, "it gives the work, and hears of the result only if it asks", sites)


def _front(flow: Workflow, events: list[Step], endings: Iterable[Step]) -> Iterator[State]:
    """The service that starts it hears of what others announce later; said is also which of their last words it does not hear."""
    first = flow.trigger.service
    heard = [(s, r) for s in events if s.sites[0].service != first for r in s.reached if r.service == first]
    if heard:
        names = list(dict.fromkeys(name_of(s.sites[0]) for s, _ in heard))
        sites = dict.fromkeys(site for s, r in heard for site in (s.sites[0], r))
        missed = [name for s in endings if s.sites[0].service != first and (name := name_of(s.sites[0])) not in names]
        but = f", not to {listed(list(dict.fromkeys(missed)), _NAMED)}" if missed else ""
        yield State(Means.FRONT_CONTROLLER, first, f"it starts it and listens to {listed(names, _NAMED)}{but}", tuple(sites))


def _sourced(events: list[Step]) -> Iterator[State]:
    """Somebody hears every event, and announces none of them."""
    names = {name_of(s.sites[0]) for s in events}
    if len(names) < _ALL:
        return
    hearing = set.intersection(*({r.service for r in s.reached} for s in events)) - {s.sites[0].service for s in events}
    for service in sorted(hearing):
        sites = dict.fromkeys(r for s in events for r in s.reached if r.service == service)
        yield State(Means.SOURCING, service, f"it hears all {len(names)} events; whether it stores them is not seen", tuple(sites))


def _stamped(flow: Workflow) -> Iterator[State]:
    """Along events that follow from one another, each message has all fields of the one before, and more."""
    above: list[tuple[Step, ...]] = []
    longest: tuple[Step, ...] = ()
    for step in flow.steps:
        del above[step.depth :]
        before = above[-1] if above else ()
        if is_event(step):
            above.append((*before, step) if not before or _adds(before[-1], step) else (step,))
        else:
            above.append(before)
        longest = max(longest, above[-1], key=len)
    if len(longest) >= _ALL:
        names = [name_of(s.sites[0]) for s in longest]
        fields = sorted(_fields(longest[-1]))
        why = f"{' → '.join(names)} carry all that was known before, at last {listed(fields, _NAMED)}"
        yield State(Means.STAMP, "", why, tuple(s.sites[0] for s in longest))


def _adds(before: Step, after: Step) -> bool:
    old, new = _fields(before), _fields(after)
    return bool(old) and old < new


def _fields(step: Step) -> frozenset[str]:
    """The fields that the message of a step is seen to have."""
    payload = step.sites[0].payload
    return frozenset(f.name for f in payload.fields) if payload is not None else frozenset()
