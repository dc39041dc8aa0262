"""Advice in the shape of the contract."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flowmap.model.advice import Advice, Cost
from flowmap.reporters.json_base import HopModel, Model, hop


class CostModel(Model):
    """What an endpoint waits for."""

    hops: int = Field(description="the most calls inside one another")
    parties: int = Field(description="different services and externals")
    availability: float = Field(description="how often all of them answer")
    seconds: float = Field(description="what that may take as far as timeouts are known; 0 if none is")


class AdviceModel(Model):
    """Calls that could become events, and what that would save."""

    service: str
    endpoint: str = Field(description="the one that gains most")
    others: list[str] = Field(description="`service: endpoint` of those that gain too")
    remedy: Literal["react", "copy"] = Field(
        description="react: the callee works because of an event; copy: the caller keeps the data, and events keep it up to date"
    )
    caller: str
    callee: str
    calls: list[str] = Field(description="ids of the calls")
    events: list[str] = Field(description="what is published already and could be listened to")
    evidence: list[HopModel]
    before: CostModel
    after: CostModel = Field(description="without these calls")


def advised(a: Advice) -> AdviceModel:
    """A piece of advice, as it is written."""
    return AdviceModel(
        service=a.service,
        endpoint=a.endpoint,
        others=list(a.others),
        remedy=a.remedy.value,
        caller=a.caller,
        callee=a.callee,
        calls=list(a.calls),
        events=list(a.events),
        evidence=[hop(e) for e in a.evidence],
        before=_cost(a.before),
        after=_cost(a.after),
    )


def _cost(c: Cost) -> CostModel:
    return CostModel(hops=c.hops, parties=c.parties, availability=c.availability, seconds=c.seconds)
