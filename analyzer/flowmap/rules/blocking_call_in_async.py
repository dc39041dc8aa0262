"""An event loop stands still while a call waits.

What: A call that blocks its thread is made from `async def`, directly or through plain functions, and not in another thread.

Why: While it waits, nothing else in that process runs: no other request, no health check, no consumer. A service that could answer
thousands of requests at once answers one.

How: A call in an asynchronous function whose result is used without `await` has blocked; so has one in a plain function that an
asynchronous one calls. What runs in a thread (`to_thread`, `run_in_executor`, a pool) does not count. Endpoints that are plain
functions run in threads of their own in most frameworks, and are left out.

Bad:
    async def quote(item):
        return requests.get(f"http://pricing/{item}").json()

Good:
    async def quote(item):
        return (await client.get(f"http://pricing/{item}")).json()

Fix: Use the asynchronous client, or `await asyncio.to_thread(...)`.

Configure: nothing.

Ignore: When nothing else runs in that process.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Evidence,
    Finding,
    Interaction,
    Location,
    Rule,
    RuleContext,
    Severity,
    Surrounding,
    Taken,
    all_named,
    destinations,
    entry,
    evidence,
    named,
    settled,
    whoever_answers,
)

SHOWN = 10


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per service and destination."""
    blocked: dict[str, tuple[Interaction, Location, Interaction]] = {}
    for start in context.graph.starts:
        for taken in context.graph.course_of(start):
            place = _blocked(taken)
            if place is not None:
                blocked.setdefault(taken.site.id, (taken.site, place, start))
    for found in destinations(settled(call for call, _, _ in blocked.values())):
        places, target = found.places, all_named(found.targets)
        more = f", in {len(places)} places" if len(places) > 1 else ""
        yield rule.finding(
            subject=f"{found.service} → {target}",
            services=[found.service, *(t for t in found.targets if t is not None)],
            message=f"the event loop of {found.service} stands still while it waits for {target}{more}",
            evidence=[hop for call in places[:SHOWN] for hop in _hops(*blocked[call.id])],
            confidence=whoever_answers(context, found.calls),
        )


def _blocked(taken: Taken) -> Location | None:
    """Where an asynchronous function calls what blocks it; None if nothing does, or in a thread."""
    last = next((a for a in reversed(taken.around) if a.kind in (Surrounding.BLOCKING, Surrounding.THREAD)), None)
    return last.at if taken.waits and last is not None and last.kind is Surrounding.BLOCKING else None


def _hops(call: Interaction, place: Location, start: Interaction) -> Iterable[Evidence]:
    yield evidence(call, f"blocks until {named(call.target)} has answered: {call.operation or call.channel}")
    if place.path != call.location.path or not call.location.line <= place.line <= call.location.end_line:
        yield Evidence(place, f"called from an asynchronous function, in the work of {entry(start)}")


RULE = Rule(
    code="C112",
    slug="blocking-call-in-async",
    severity=Severity.WARNING,
    why="While the call waits, nothing else in that process runs: no other request, no health check, no consumer.",
    instead="Use the asynchronous client, or run the call in a thread.",
    check=check,
)
