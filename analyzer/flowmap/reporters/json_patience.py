"""How long calls wait, how often they are tried and what stops them, in the shape of the contract: written and read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from flowmap.model.patience import Breaker, Retry, Source, Timeout, Wait
from flowmap.reporters.json_base import LocationModel, Model, location, place


class TimeoutModel(Model):
    """When a call gives up."""

    seconds: float | None = Field(description="null: it waits for as long as it takes, or `unknown` says why nobody can tell")
    source: Literal["around", "argument", "client", "default"] = Field(
        description="who decides: a time limit around the call, the call itself, the client that it is made with, the library"
    )
    unknown: str | None


class RetryModel(Model):
    """What tries a call again."""

    by: str = Field(description="the library that does")
    attempts: int | None = Field(description="tries in all; null: without limit, or `unknown` says why nobody can tell")
    wait: Literal["none", "fixed", "growing", "unknown"] = Field(description="what lies between two tries")
    within: float | None = Field(description="seconds after which it is not tried again")
    connections: bool = Field(description="only where the callee was not reached")
    unknown: str | None
    location: LocationModel | None = Field(description="where it is declared; null: it belongs to the client")


class BreakerModel(Model):
    """What stops calls from being made after failures."""

    by: str = Field(description="the library that does")
    failures: int | None = Field(description="after how many; null if that is not known")
    reset: float | None = Field(description="seconds until it is tried again; null if that is not known")
    location: LocationModel


def timeout(t: Timeout) -> TimeoutModel:
    """A timeout, as it is written."""
    return TimeoutModel(seconds=t.seconds, source=t.source.value, unknown=t.unknown or None)


def retry(r: Retry) -> RetryModel:
    """A retry, as it is written."""
    return RetryModel(
        by=r.by,
        attempts=r.attempts,
        wait=r.wait.value,
        within=r.within,
        connections=r.connections,
        unknown=r.unknown or None,
        location=location(r.location) if r.location else None,
    )


def breaker(b: Breaker) -> BreakerModel:
    """A circuit breaker, as it is written."""
    return BreakerModel(by=b.by, failures=b.failures, reset=b.reset, location=location(b.location))


def waiting(m: TimeoutModel) -> Timeout:
    """A timeout, as it was written."""
    return Timeout(m.seconds, Source(m.source), m.unknown or "")


def trying(m: RetryModel) -> Retry:
    """A retry, as it was written."""
    where = place(m.location) if m.location else None
    return Retry(m.by, m.attempts, Wait(m.wait), m.within, m.connections, m.unknown or "", where)


def breaking(m: BreakerModel) -> Breaker:
    """A circuit breaker, as it was written."""
    return Breaker(m.by, m.failures, m.reset, place(m.location))
