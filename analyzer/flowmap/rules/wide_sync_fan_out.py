"""One handler waits for many services.

What: The handler of an endpoint or subscription waits, directly or through the services that it calls, for more than
`max-sync-fan-out` different services.

Why: It answers only if all of them do. Their failures add up in it, and so do their releases, quotas and slow days.

How: Calls are followed endpoint by endpoint, as for C101, and each service or external that is waited for counts once; of branches
the one that waits for most. What a handler starts without waiting for it does not count.

Bad:
    # GET /home asks users, orders, recommendations, loyalty, banners and weather, one after the other

Good:
    # GET /home reads its own view, which events of the six keep up to date

Fix: Keep a local copy of what is only read, leave out what the answer does not need, or let what can wait react to an event.

Configure: `max-sync-fan-out` (4).

Ignore: When the endpoint is there to collect, and answers without those that do not; say so in the reason.
"""

from collections.abc import Iterable

from flowmap.rule_api import MAX_SYNC_FAN_OUT, Finding, Rule, RuleContext, Severity, entry, list_of, named, waits_for, weakest


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per handler over the limit."""
    for start in context.graph.starts:
        waited = context.graph.waiting.waited(start)
        if len(waited) <= context.options[MAX_SYNC_FAN_OUT]:
            continue
        names = [w.service for w in waited]
        yield rule.finding(
            subject=entry(start),
            services=(start.service, *names),
            message=f"{entry(start)} of {start.service} waits for {len(names)} services: {list_of([named(n) for n in names], 8)}",
            evidence=[waits_for(w.calls[-1]) for w in waited],
            confidence=weakest([c for w in waited for c in w.calls]),
        )


RULE = Rule(
    code="C103",
    slug="wide-sync-fan-out",
    severity=Severity.WARNING,
    why="It answers only if all of them do.",
    instead="Keep a local copy of what is only read, and let what can wait react to an event.",
    check=check,
    thresholds=(MAX_SYNC_FAN_OUT,),
)
