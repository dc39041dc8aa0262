"""The verdict of `flowmap check` in the shape of the contract."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flowmap.model.gate import Gate
from flowmap.reporters.json_base import Model


class GateModel(Model):
    """How the findings stand to the bar and the baseline, by their fingerprints."""

    passed: bool
    fail_on: Literal["error", "warning", "advice"] = Field(description="findings this grave or graver fail")
    min_confidence: Literal["certain", "derived", "guess"] = Field(description="findings this sure or surer fail")
    failing: list[str]
    known: list[str] = Field(description="those that the baseline has")
    below: list[str] = Field(description="those that the bar lets pass")
    stale: list[str] = Field(description="what the baseline has and is not there any more, in sentences")


def judged(gate: Gate) -> GateModel:
    """The verdict, as it is written."""
    return GateModel(
        passed=gate.passed,
        fail_on=gate.bar.severity.value,
        min_confidence=gate.bar.confidence.value,
        failing=[f.fingerprint for f in gate.failing],
        known=[f.fingerprint for f in gate.known],
        below=[f.fingerprint for f in gate.below],
        stale=list(gate.stale),
    )
