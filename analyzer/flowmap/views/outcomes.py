"""What a workflow comes to: the events that end it, the failures that are announced, and what is undone because of them."""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.graph.channels import message_name
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.workflows import Step, Workflow
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import Interaction, Kind, Role
from flowmap.naming import words

FAILURES = frozenset("abandoned aborted bounced declined denied expired failed failure refused rejected unsuccessful".split())
UNDOING = frozenset(
    "cancel canceled cancelled compensate compensated refund refunded release released restore restored reverse reversed "
    "revert reverted revoke revoked rollback undo undone void voided".split()
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """Who hears of a failure, and what that handler sends because of it."""

    heard: Interaction
    sends: tuple[Interaction, ...]

    @property
    def undoes(self) -> bool:
        """Whether anything of it reads like undoing."""
        return any(UNDOING & set(words(name_of(s))) for s in (self.heard, *self.sends))


@dataclass(frozen=True, slots=True)
class Failure:
    """An announced failure and who reacts to it."""

    step: Step
    reactions: tuple[Reaction, ...]


def is_event(step: Step) -> bool:
    """Whether a step tells whoever listens that something happened, and nobody is told to do anything."""
    site = step.sites[0]
    return site.role is Role.PUBLISH and step.kind is EdgeKind.COLLABORATION and site.kind is Kind.EVENT and not site.planned


def name_of(site: Interaction) -> str:
    """What a step is called: its message or operation, and the function that handles it if it is a handler without either."""
    known = site.event or message_name(site) if site.role in (Role.PUBLISH, Role.SUBSCRIBE) else site.operation
    return known or site.function or str(site.location)


def distinct(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, each once, wherever it is met in the course of the workflow."""
    found: dict[tuple[str, ...], Step] = {}
    for step in steps:
        found.setdefault(tuple(s.id for s in step.sites), step)
    return tuple(found.values())


def endings(graph: FlowGraph, flow: Workflow) -> tuple[Step, ...]:
    """The events behind which no other message comes."""
    return tuple(s for s in distinct(flow.steps) if is_event(s) and not any(_goes_on(graph, r) for r in s.reached))


def _goes_on(graph: FlowGraph, handler: Interaction) -> bool:
    return any(s.role is Role.PUBLISH for s in graph.triggered_by(handler))


def failures(graph: FlowGraph, flow: Workflow) -> tuple[Failure, ...]:
    """The failures that are announced, each with who reacts."""
    found = (s for s in distinct(flow.steps) if is_event(s) and FAILURES & set(words(name_of(s.sites[0]))))
    return tuple(Failure(s, tuple(Reaction(r, tuple(graph.triggered_by(r))) for r in s.reached)) for s in found)


def undoing(flow: Workflow) -> tuple[Step, ...]:
    """The steps whose names read like undoing something."""
    return tuple(s for s in distinct(flow.steps) if UNDOING & set(words(name_of(s.sites[0]))))


def longest_wait(flow: Workflow) -> tuple[Step, ...]:
    """The most calls that are waited for inside one another, the outermost first; those of a service to itself do not count."""
    longest: tuple[Step, ...] = ()
    above: list[tuple[Step, ...]] = []
    for step in flow.steps:
        del above[step.depth :]
        before = above[-1] if above else ()
        waits = step.kind is EdgeKind.COORDINATION
        leaves = step.sites[0].target not in (None, step.sites[0].service)
        above.append((*before, step) if waits and leaves else before if waits else ())
        longest = max(longest, above[-1], key=len)
    return longest
