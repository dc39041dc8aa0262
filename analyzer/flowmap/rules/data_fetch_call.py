"""A decision waits for data of somebody else.

What: A handler that goes on to change or publish something first reads from another service of the scan, and waits for that.

Why: The decision can be taken only while the other service answers, although what it needs was known before: data that changes
rarely is fetched anew for every request. Kept up to date by events, a copy would answer at once, and the owner could be away.

How: A `GET`, or a remote call named `get_`, `list_`, `find_` or the like, that a handler waits for before a call that changes
something or a publication.

Bad:
    limit = httpx.get(f"http://customers/customers/{id}/credit-limit").json()
    producer.send("order-accepted", order)

Good:
    limit = self.limits[id]                       # kept up to date by `credit-limit.changed`
    producer.send("order-accepted", order)

Fix: Let the owner publish its changes, and keep what you need of them.

Configure: nothing.

Ignore: When the data must be of this very moment, as a balance must.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Finding,
    Interaction,
    Role,
    Rule,
    RuleContext,
    Severity,
    entry,
    evidence,
    named,
    reads,
    waits_for,
    weakest,
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per handler and service that it reads from."""
    known = {s.name for s in context.graph.flow.services}
    for start in context.graph.starts:
        course = [t.site for t in context.graph.course_of(start)]
        told: set[str] = set()
        for taken in context.graph.waiting.calls(start):
            call = taken.site
            after = next((s for s in course[course.index(call) + 1 :] if _changes(s)), None)
            if call.target not in known or not reads(call) or after is None or call.target in told:
                continue
            told.add(call.target or "")
            yield rule.finding(
                subject=entry(start),
                services=[start.service, *([call.target] if call.target else [])],
                message=f"{entry(start)} of {start.service} waits for data of {named(call.target)} before it goes on",
                evidence=[waits_for(call), evidence(after, f"{after.service} goes on: {after.operation or after.channel}")],
                confidence=weakest([call, after]),
            )


def _changes(site: Interaction) -> bool:
    return site.role is Role.PUBLISH or (site.role is Role.CALL and not reads(site))


RULE = Rule(
    code="C110",
    slug="data-fetch-call",
    severity=Severity.ADVICE,
    why="The decision can be taken only while the other service answers, although what it needs was known before.",
    instead="Let the owner publish its changes, and keep a copy of what you need.",
    check=check,
    on=False,
)
