"""Workflows in the shape of the contract."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.workflows import Step, Workflow
from flowmap.reporters.json_base import Model
from flowmap.views.outcomes import Failure
from flowmap.views.portrait import portrait

StyleName = Literal["orchestration", "choreography", "hybrid", "chain of calls", "within one service"]


class PartModel(Model):
    """Steps of a workflow that are led in one way."""

    style: StyleName = Field(description="of a part, never hybrid")
    by: str | None = Field(description="the service that directs, or that calls first in a chain; null for choreography")
    engine: bool = Field(description="the steps are a plan that something carries out and keeps track of")
    services: list[str] = Field(description="who is led or takes part, `external:<name>` among them")
    interactions: list[str]


class StateModel(Model):
    """A way to know where a workflow stands, or that there is none."""

    means: Literal["orchestrator's own state", "front controller", "stamp coupling", "event sourcing", "none"]
    who: str | None = Field(description="the service that knows; null where it is in the messages, or nowhere")
    why: str
    interactions: list[str] = Field(description="ids of the sites that say so")


class FailureModel(Model):
    """A failure that is announced, and who hears of it."""

    interactions: list[str] = Field(description="ids of the publications")
    heard: list[str] = Field(description="ids of the subscriptions")
    undone: list[str] = Field(description="ids of those of them whose names, or those of what they send, read like undoing")


class StepModel(Model):
    """A publication (nobody waits) or call of a workflow, and what it starts."""

    interactions: list[str] = Field(description="ids of the sites that do the same to the same end")
    kind: Literal["collaboration", "coordination"]
    source: str
    targets: list[str] = Field(description="the services that are reached, or `external:<name>`")
    reaches: list[str] = Field(description="ids of the endpoints and subscriptions that it starts")
    depth: int = Field(description="how many steps lead to it")
    ending: str = Field(description="why nothing follows; empty where something does")


class WorkflowModel(Model):
    """Everything that one trigger sets off, in the order of the code."""

    name: str
    trigger: str = Field(description="id of the endpoint or subscription, or of the first site of code that starts by itself")
    services: list[str] = Field(description="in order of appearance")
    steps: list[StepModel]
    style: StyleName = Field(description="how it is led")
    parts: list[PartModel] = Field(description="what is led in one way; a hybrid has several")
    state: list[StateModel] = Field(description="how anybody could know where it stands; empty where nothing leaves the service")
    endings: list[list[str]] = Field(description="ids of the publications that no other message follows, a list for each event")
    failures: list[FailureModel] = Field(description="failures that are announced")
    undoing: list[list[str]] = Field(description="ids of sites whose names read like undoing something, a list for each step")
    longest_wait: list[str] = Field(description="ids of calls, one for each hop: the most that are waited for inside one another")
    owners: list[str] = Field(description="of the service that starts it, else those that all services have in common")
    cut: bool = Field(description="there is more than the bounds of the report let through")


def workflow(graph: FlowGraph, flow: Workflow) -> WorkflowModel:
    """A workflow with what is said of it, as it is written."""
    told = portrait(graph, flow)
    return WorkflowModel(
        name=flow.name,
        trigger=flow.trigger.id,
        services=list(flow.services),
        steps=[_step(s) for s in flow.steps],
        style=told.style.value,
        parts=[
            PartModel(style=p.style.value, by=p.by or None, engine=p.engine, services=list(p.services), interactions=_ids(p.steps))
            for p in told.parts
        ],
        state=[
            StateModel(means=s.means.value, who=s.who or None, why=s.why, interactions=[i.id for i in s.sites]) for s in told.state
        ],
        endings=[_ids((s,)) for s in told.endings],
        failures=[_failure(f) for f in told.failures],
        undoing=[_ids((s,)) for s in told.undoing],
        longest_wait=[s.sites[0].id for s in told.wait],
        owners=list(told.owners),
        cut=flow.cut,
    )


def _ids(steps: tuple[Step, ...]) -> list[str]:
    return list(dict.fromkeys(i.id for step in steps for i in step.sites))


def _failure(f: Failure) -> FailureModel:
    undone = [r.heard.id for r in f.reactions if r.undoes]
    return FailureModel(interactions=_ids((f.step,)), heard=[r.heard.id for r in f.reactions], undone=undone)


def _step(s: Step) -> StepModel:
    first = s.sites[0]
    return StepModel(
        interactions=[i.id for i in s.sites],
        kind=s.kind.value,
        source=first.service,
        targets=list(dict.fromkeys(i.service for i in s.reached)) or ([first.target] if first.target else []),
        reaches=[i.id for i in s.reached],
        depth=s.depth,
        ending=s.ending,
    )
