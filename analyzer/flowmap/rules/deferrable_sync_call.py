"""A user waits for work that could wait.

What: On the way to the answer of an endpoint that changes something, its handler waits for a service whose work does not belong to
the answer: notifications, mail, search indexes, CRM, loyalty, reports, analytics, audit.

Why: The user waits for it, and when it fails, what the user wanted fails too: no order because no mail could be sent.

How: Calls with `POST`, `PUT`, `PATCH` or `DELETE`, or remote calls that do not read, to a service or path that has one of these
words in its name, in the work of an HTTP endpoint that is itself no such service, nor asked for such work by one of these words
in its own path (`POST /verify-email`). What is tried in a branch for failures, or started without waiting, does not count.

Bad:
    order.save()
    httpx.post("http://notifications/emails", json=confirmation)
    return order

Good:
    order.save()
    producer.send("order-placed", order)          # notifications listens
    return order

Fix: Publish what happened, and let the others react.

Configure: `deferrable` adds words that name such work in your system.

Ignore: When the answer says that it has been done.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    DEFERRABLE,
    WAITING_WORK,
    Finding,
    Location,
    Role,
    Rule,
    RuleContext,
    Severity,
    Surrounding,
    can_wait,
    entry,
    named,
    waits_for,
    weakest,
    word_of,
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per endpoint and call of work that can wait."""
    known = WAITING_WORK | {w.lower() for w in context.options[DEFERRABLE]}
    for start in context.graph.starts:
        if start.role is not Role.SERVE or start.transport != "http" or word_of(f"{start.service} {start.operation}", known):
            continue
        told: set[Location] = set()
        for taken in context.graph.waiting.calls(start):
            call = taken.site
            word = can_wait(call, known)
            if not word or taken.has(Surrounding.FAILURE) or call.location in told:
                continue
            told.add(call.location)
            yield rule.finding(
                subject=entry(start),
                services=[start.service, *([call.target] if call.target else [])],
                message=f"{entry(start)} of {start.service} answers only after {named(call.target)} has done its work ({word})",
                evidence=[waits_for(call)],
                confidence=weakest([call]),
            )


RULE = Rule(
    code="C111",
    slug="deferrable-sync-call",
    severity=Severity.ADVICE,
    why="The user waits for it, and when it fails, what the user wanted fails too.",
    instead="Publish what happened, and let the other service react.",
    check=check,
    thresholds=(DEFERRABLE,),
)
