"""What services do with what they keep, in the shape of the contract: written and read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flowmap.model.effect import Beside, Does, Effect
from flowmap.model.interaction import Confidence
from flowmap.reporters.json_base import HopModel, LocationModel, Model, hop, location, place, step


class BesideModel(Model):
    """A publication that the same run makes without anything that ties the two."""

    interaction: str
    after: bool = Field(description="after the effect lasts; else before it does")
    publishes: HopModel = Field(description="where the function that does both leads to the publication")
    lasts: HopModel = Field(description="where it leads to the effect")


class EffectModel(Model):
    """A place where a service opens, writes or reads what it keeps, or makes it last, or deals with messages that fail."""

    does: Literal["open", "begin", "write", "commit", "defer", "tie", "read", "take", "return", "refuse", "catch", "make", "carry"]
    service: str
    about: str = Field(description="the model, table, URL or queue; empty if not known")
    lasts: bool = Field(description="nothing else is needed for it to last, but the end of a transaction around it")
    repeatable: bool = Field(description="done again, it changes nothing")
    adds: bool = Field(description="done again, it adds one more, and nothing tells that it has been done already")
    ends: bool = Field(description="of a queue: it has an end for messages that nobody can handle")
    transport: str = Field(description="of a queue: what carries its messages")
    location: LocationModel
    function: str
    triggers: list[str] = Field(description="ids of the endpoints and subscriptions whose handlers lead there")
    beside: list[BesideModel]
    confidence: Literal["certain", "derived", "guess"]
    plugin: str


def written(e: Effect) -> EffectModel:
    """An effect, as it is written."""
    return EffectModel(
        does=e.does.value,
        service=e.service,
        about=e.about,
        lasts=e.lasts,
        repeatable=e.repeatable,
        adds=e.adds,
        ends=e.ends,
        transport=e.transport,
        location=location(e.location),
        function=e.function,
        triggers=list(e.triggers),
        beside=[
            BesideModel(interaction=b.interaction, after=b.after, publishes=hop(b.steps[0]), lasts=hop(b.steps[1]))
            for b in e.beside
        ],
        confidence=e.confidence.value,
        plugin=e.plugin,
    )


def read(m: EffectModel) -> Effect:
    """An effect, as it was written."""
    return Effect(
        Does(m.does),
        m.service,
        m.plugin,
        place(m.location),
        m.function,
        Confidence(m.confidence),
        m.about,
        m.lasts,
        m.repeatable,
        tuple(m.triggers),
        tuple(Beside(b.interaction, b.after, (step(b.publishes), step(b.lasts))) for b in m.beside),
        m.ends,
        m.transport,
        m.adds,
    )
