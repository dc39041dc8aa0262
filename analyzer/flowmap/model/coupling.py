"""How much services depend on one another, in numbers, and how these have changed since an earlier scan."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coupling:
    """The numbers of one service.

    `waits_on` are services and `external:<name>` that it calls and waits for, `waited_on_by` services that wait for it, `publishes`
    and `consumes` names of channels. Of its `endpoints`, so many can answer `alone`: their handlers wait for nobody, directly or
    through its other endpoints. `unknown` are calls whose callee is not known. `longest_chain` is the number of hops that begin
    here. `availability` is what waiting leaves of its own: that of one party to the power of the number of different ones for
    which its most dependent handler or endpoint waits, 1 where none does.
    """

    service: str
    waits_on: tuple[str, ...]
    waited_on_by: tuple[str, ...]
    publishes: tuple[str, ...]
    consumes: tuple[str, ...]
    endpoints: int
    alone: int
    unknown: int
    longest_chain: int
    availability: float

    @property
    def autonomy(self) -> float | None:
        """The share of its endpoints that can answer alone; None without endpoints."""
        return self.alone / self.endpoints if self.endpoints else None


@dataclass(frozen=True, slots=True)
class Change:
    """A number that is another one now: of a service, or of the whole system (`service` is empty). None: there was no such
    thing, or there is none any more."""

    service: str
    measure: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Trend:
    """What has changed since an earlier scan, which goes by the name of its report. `appeared` and `gone` are fingerprints of
    findings."""

    since: str
    changes: tuple[Change, ...]
    appeared: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
