"""A call may wait for ever.

What: Nothing makes a synchronous call give up: no argument, no setting of the client or session, nothing around it, and its library
has no limit of its own.

Why: When the other side hangs, so does the caller, with the worker, the connection and the request of whoever waits for it. One
slow service stops everything above it, without a single error.

How: The argument, the client, the session with its adapters and what stands around the call are looked at, and the true default of
the library's version that is scanned: requests has none, httpx gives up after five seconds. Where a value could not be resolved
nothing is said. Calls of one service to the same destination make one finding, and so do all destinations of the same places.

Bad:
    requests.get("http://stock/items")

Good:
    requests.get("http://stock/items", timeout=2)

Fix: Give every client a timeout, shorter than that of whoever calls you.

Configure: nothing.

Ignore: When something that cannot be seen here ends the call, as a proxy does.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Finding,
    Interaction,
    Role,
    Rule,
    RuleContext,
    Severity,
    all_named,
    destinations,
    evidence,
    settled,
    weakest,
)

SHOWN = 10


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per service and destination."""
    calls = settled(context.graph.role(Role.CALL))
    for found in destinations(c for c in calls if c.waits and not c.outside and _is_endless(c)):
        target = all_named(found.targets)
        yield rule.finding(
            subject=f"{found.service} → {target}",
            services=(found.service, *(t for t in found.targets if t is not None)),
            message=f"{found.service} waits without a timeout for {target}{_often(len(found.places))}",
            evidence=[
                evidence(c, f"{c.transport} call of {c.operation or c.channel or 'an unknown address'}")
                for c in found.places[:SHOWN]
            ],
            confidence=weakest(found.calls),
        )


def _is_endless(call: Interaction) -> bool:
    limit = call.timeout
    return limit is not None and limit.seconds is None and not limit.unknown


def _often(places: int) -> str:
    return f", in {places} places" if places > 1 else ""


RULE = Rule(
    code="C106",
    slug="missing-timeout",
    severity=Severity.WARNING,
    why="When the other side hangs, so does the caller, and everybody who waits for it.",
    instead="Give the call or its client a timeout, shorter than that of whoever calls you.",
    check=check,
)
