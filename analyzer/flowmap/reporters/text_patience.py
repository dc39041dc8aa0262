"""How long a call waits and what tries it again, in words."""

from __future__ import annotations

from collections.abc import Iterator

from flowmap.model.interaction import Interaction
from flowmap.model.patience import Breaker, Retry, Source, Timeout, Wait
from flowmap.visible import counted

_SOURCES = {
    Source.AROUND: "a limit around the call",
    Source.ARGUMENT: "the call itself",
    Source.CLIENT: "its client",
    Source.DEFAULT: "the library's default",
}
_WAITS = {Wait.NONE: "at once", Wait.FIXED: "at equal intervals", Wait.GROWING: "at growing intervals", Wait.UNKNOWN: ""}


def patience(site: Interaction) -> Iterator[tuple[str, str]]:
    """The lines on a call, each with its heading; none where nothing is said."""
    if site.timeout is not None:
        yield "waits", waits(site.timeout)
    for retry in site.retries:
        yield "tried", tried(retry)
    for breaker in site.breakers:
        yield "stopped", stopped(breaker)


def waits(timeout: Timeout) -> str:
    """`5 s (the library's default)`."""
    if timeout.unknown:
        return f"not known how long: {timeout.unknown} ({_SOURCES[timeout.source]})"
    length = "for as long as it takes" if timeout.seconds is None else f"{timeout.seconds:g} s"
    return f"{length} ({_SOURCES[timeout.source]})"


def tried(retry: Retry) -> str:
    """`4 times at growing intervals, within 60 s (tenacity)`."""
    known = "without end" if retry.attempts is None else counted(retry.attempts, "time")
    times = f"not known how often: {retry.unknown}" if retry.unknown else known
    within = f"within {retry.within:g} s" if retry.within is not None else ""
    reached = "only where nothing was reached" if retry.connections else ""
    return ", ".join(p for p in (f"{times} {_WAITS[retry.wait]}".strip(), within, reached) if p) + f" ({retry.by})"


def stopped(breaker: Breaker) -> str:
    """`after 3 failures, for 30 s (pybreaker)`."""
    failures = "failures" if breaker.failures is None else counted(breaker.failures, "failure")
    return f"after {failures}" + (f", for {breaker.reset:g} s" if breaker.reset is not None else "") + f" ({breaker.by})"
