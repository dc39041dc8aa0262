"""A call may wait for ever.

What: Nothing makes a synchronous call give up: no argument, no setting of the client or session, nothing around it, and its library
has no limit of its own.

Why: When the other side hangs, so does the caller, with the worker, the connection and the request of whoever waits for it. One
slow service stops everything above it, without a single error.

How: The argument, the client, the session with its adapters and what stands around the call are looked at, and the true default of
the library's version that is scanned: requests has none, httpx gives up after five seconds. Where a value could not be resolved
nothing is said. Calls of one service to the same destination make one finding, and so do all destinations of the same places;
of code that it shares with others only those count that something in it leads to, where that is seen of some, and what several
services share is one finding for all of them, since it lacks its timeout once. What stands in files beside a program, scripts and
experiments that nothing it starts with loads, is told of apart, as a guess.

Bad:
    requests.get("http://stock/items")

Good:
    requests.get("http://stock/items", timeout=2)

Fix: Give every client a timeout, shorter than that of whoever calls you.

Configure: nothing.

Ignore: When something that cannot be seen here ends the call, as a proxy does.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from flowmap.rule_api import (
    Destination,
    Finding,
    Interaction,
    Location,
    Role,
    Rule,
    RuleContext,
    Severity,
    all_named,
    destinations,
    evidence,
    list_of,
    services,
    settled,
    whoever_answers,
)

SHOWN = 10


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per service, or services that share the code, and destination."""
    endless = [c for c in settled(context.graph.role(Role.CALL)) if c.waits and not c.outside and _is_endless(c)]
    calls = _used(context, endless)
    users = {place: services(sorted(sites, key=lambda c: c.service)) for place, sites in _by_place(calls).items()}
    for together, beside in dict.fromkeys((users[c.location], c.beside) for c in calls):
        alike = (replace(c, service=together[0]) for c in calls if users[c.location] == together and c.beside is beside)
        for found in destinations(alike):
            yield _finding(context, rule, together, found)


def _by_place(calls: Iterable[Interaction]) -> dict[Location, list[Interaction]]:
    found: dict[Location, list[Interaction]] = defaultdict(list)
    for call in calls:
        found[call.location].append(call)
    return found


def _finding(context: RuleContext, rule: Rule, together: tuple[str, ...], found: Destination) -> Finding:
    target, who = all_named(found.targets), list_of(together)
    return rule.finding(
        subject=f"{who} → {target}",
        services=(*together, *(t for t in found.targets if t is not None)),
        message=f"{who if len(together) == 1 else f'code that {who} share'} waits without a timeout for {target}"
        f"{_often(len(found.places))}",
        evidence=[
            evidence(c, f"{c.transport} call of {c.operation or c.channel or 'an unknown address'}") for c in found.places[:SHOWN]
        ],
        confidence=whoever_answers(context, found.calls),
    )


def _used(context: RuleContext, calls: list[Interaction]) -> list[Interaction]:
    """Without those in code that a service only borrows (outside its folder) that nothing of it leads to, where something leads to
    others of the same file."""
    roots = {s.name: s.root for s in context.graph.flow.services}
    led_to = {(c.service, c.location.path) for c in calls if c.triggers}

    def is_borrowed(call: Interaction) -> bool:
        root = roots.get(call.service, ".")
        return root != "." and not call.location.path.startswith(f"{root}/")

    return [c for c in calls if c.triggers or (c.service, c.location.path) not in led_to or not is_borrowed(c)]


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
