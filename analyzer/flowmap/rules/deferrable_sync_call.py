"""A user waits for work that could wait.

What: On the way to the answer of an endpoint that changes something, its handler waits for a service whose work does not belong to
the answer: notifications, mail, search indexes, CRM, loyalty, reports, analytics, audit.

Why: The user waits for it, and when it fails, what the user wanted fails too: no order because no mail could be sent.

How: Calls with `POST`, `PUT`, `PATCH` or `DELETE`, or remote calls that do not read, to a service or path that has one of these
words in its name, in the work of an HTTP endpoint that is itself no such service. What is tried in a branch for failures, or
started without waiting, does not count.

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
    Finding,
    Interaction,
    Location,
    Role,
    Rule,
    RuleContext,
    Severity,
    Surrounding,
    Threshold,
    entry,
    named,
    waits_for,
    weakest,
    words,
)

DEFERRABLE = Threshold("deferrable", frozenset[str](), "words that name work which can wait")
WORDS = frozenset(
    "notification notifications notifier notify email emails mail mailer mailing sms push analytics statistics "
    "crm loyalty reporting audit auditing newsletter telemetry tracking indexer indexing recommendations".split()
)
READING = frozenset("get list find fetch read lookup query search load retrieve check validate verify".split())
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per endpoint and call of work that can wait."""
    known = WORDS | {w.lower() for w in context.options[DEFERRABLE]}
    for start in context.graph.starts:
        if start.role is not Role.SERVE or start.transport != "http" or _word(start.service, known):
            continue
        told: set[Location] = set()
        for taken in context.graph.waiting.calls(start):
            call = taken.site
            word = _word(named(call.target), known) or _word((call.operation or "").partition(" ")[2], known)
            if not word or taken.has(Surrounding.FAILURE) or not _works(call) or call.location in told:
                continue
            told.add(call.location)
            yield rule.finding(
                subject=entry(start),
                services=[start.service, *([call.target] if call.target else [])],
                message=f"{entry(start)} of {start.service} answers only after {named(call.target)} has done its work ({word})",
                evidence=[waits_for(call)],
                confidence=weakest([call]),
            )


def _word(name: str, known: frozenset[str]) -> str:
    return next((w for w in words(name) if w in known), "")


def _works(call: Interaction) -> bool:
    """Whether a call has something done, rather than asking for something."""
    verb, _, path = (call.operation or "").partition(" ")
    if path:
        return verb in CHANGING
    return not READING.intersection(words(verb.rpartition("/")[2].rpartition(".")[2])[:1])


RULE = Rule(
    code="C111",
    slug="deferrable-sync-call",
    severity=Severity.ADVICE,
    why="The user waits for it, and when it fails, what the user wanted fails too.",
    instead="Publish what happened, and let the other service react.",
    check=check,
    thresholds=(DEFERRABLE,),
)
