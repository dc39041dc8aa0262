"""Steps of handlers in the shape of the contract."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flowmap.model.step import Around, Step, Surrounding
from flowmap.reporters.json_base import LocationModel, Model, location, place


class AroundModel(Model):
    """Something around a step; those at the same place are the same thing."""

    kind: Literal["loop", "again", "branch", "failure", "together", "later", "thread", "blocking"]
    location: LocationModel
    arm: int = Field(description="which of several branches, or of what runs at the same time")


class TakenModel(Model):
    """A site as it comes up in the work of a handler."""

    trigger: str = Field(description="id of the endpoint or subscription")
    number: int = Field(description="orders the steps of its handler")
    around: list[AroundModel] = Field(description="what surrounds it, outermost first")


def taken(s: Step) -> TakenModel:
    """A step as the contract has it."""
    around = [AroundModel(kind=a.kind.value, location=location(a.at), arm=a.arm) for a in s.around]
    return TakenModel(trigger=s.trigger, number=s.number, around=around)


def step_of(m: TakenModel) -> Step:
    """A step out of a report."""
    return Step(m.trigger, m.number, tuple(Around(Surrounding(a.kind), place(a.location), a.arm) for a in m.around))
