"""Personal data travels further than somebody needs it.

What: A field that names personal data reaches many services with an event, or one that never reads it.

Why: Every copy has to be protected, found and deleted on request. Who gets data without needing it only learns of that when it
leaks, and nobody can say any more where a customer's address lies.

How: The fields that publishers set are known from what they hand to the library. A field counts as personal if the words of its
name contain one of the words below, unless its last word says that it is about such data (`email_sent`, `phone_verified`) or it is
a truth value. It reaches every other service that subscribes to the event. A service never reads it if everything that it reads
from the event is understood, and the field is not among that; of a service that hands the message on to something unknown nothing
is said.

Bad:
    producer.send("order-placed", {"order_id": order.id, "email": user.email})      # billing, audit and search listen

Good:
    producer.send("order-placed", {"order_id": order.id, "customer_id": user.id})   # mail asks for the address it needs

Fix: Send a reference instead, or publish the personal part as an event of its own for those who need it.

Configure: `max-pii-consumers` is the number of services that one field may reach, `personal-data` the list of words.

Ignore: When all consumers are part of the same agreed purpose.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from flowmap.rule_api import (
    Confidence,
    Evidence,
    Field,
    Finding,
    Interaction,
    Role,
    Rule,
    RuleContext,
    Severity,
    Threshold,
    evidence,
    list_of,
    weakest,
    words,
)

MAX_PII_CONSUMERS = Threshold("max-pii-consumers", 2, "the services that a field with personal data may reach")
PERSONAL_DATA = Threshold(
    "personal-data",
    frozenset("birth birthdate birthday card cvv dob email iban mobile msisdn passport phone ssn surname telephone".split()),
    "words in the names of fields that hold personal data",
)
ABOUT = frozenset(
    "allowed at attempts body confirmed count created deleted enabled error failed flag id ids language opt preference provider "
    "sent server service settings status subject template templates token type updated valid verified version".split()
)
"""Last words of fields that are about personal data instead of holding it."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel."""
    for published in _by_channel(context):
        fields = _personal(context, published)
        received = {s.id: s for p in published for s in context.graph.subscribers_of(p)}
        reached = [s for s in received.values() if s.service not in {p.service for p in published} and not s.outside]
        consumers = list(dict.fromkeys(s.service for s in reached))
        if not fields or not consumers:
            continue
        idle = [name for name in consumers if _never_reads([s for s in reached if s.service == name], fields)]
        if len(consumers) <= context.options[MAX_PII_CONSUMERS] and not idle:
            continue
        yield rule.finding(
            subject=published[0].channel or "",
            services=(*(p.service for p in published), *consumers),
            message=_message(published, fields, consumers, idle),
            evidence=_hops(published, fields, reached, idle),
            confidence=min(weakest((*published, *reached)), Confidence.DERIVED, key=lambda c: c.rank),
        )


def _by_channel(context: RuleContext) -> Iterator[list[Interaction]]:
    found: dict[tuple[object, ...], list[Interaction]] = defaultdict(list)
    for site in context.graph.role(Role.PUBLISH):
        if site.payload is not None and site.channel is not None and not site.outside:
            found[site.transport, site.exchange, site.channel].append(site)
    yield from found.values()


def _personal(context: RuleContext, published: list[Interaction]) -> list[Field]:
    """The fields with personal data, each once."""
    known = context.options[PERSONAL_DATA]
    fields = (f for p in published if p.payload is not None for f in p.payload.fields if _is_personal(f, known))
    return list({f.name: f for f in fields}.values())


def _is_personal(field: Field, known: frozenset[str]) -> bool:
    said = words(field.leaf)
    return bool(known & set(said)) and said[-1] not in ABOUT and field.type not in {"bool", "object"}


def _never_reads(sites: list[Interaction], fields: list[Field]) -> bool:
    """Whether a service is understood and reads none of the fields."""
    payloads = [s.payload for s in sites]
    if any(p is None or any(p.hides(f.name) for f in fields) for p in payloads):
        return False
    leaves = {leaf for p in payloads if p is not None for leaf in p.leaves()}
    return not any(f.leaf in leaves for f in fields)


def _message(published: list[Interaction], fields: list[Field], consumers: list[str], idle: list[str]) -> str:
    events = {p.event or p.channel for p in published}
    sent = f"{list_of([f.name for f in fields])} of {events.pop() if len(events) == 1 else published[0].channel}"
    reach = f"{sent} reach{'es' * (len(fields) == 1)} {list_of(consumers)}"
    unread = f"; {list_of(idle)} never read{'s' * (len(idle) == 1)} {'it' if len(fields) == 1 else 'them'}" if idle else ""
    return f"{reach}{unread}"


def _hops(published: list[Interaction], fields: list[Field], reached: list[Interaction], idle: list[str]) -> list[Evidence]:
    first = published[0]
    return [
        *(Evidence(f.location, f"{first.service} sets {f.name}", first.function) for f in fields),
        *(evidence(p, f"{p.service} publishes {p.channel}") for p in published),
        *(evidence(s, f"{s.service} subscribes{' and never reads it' if s.service in idle else ''}") for s in reached),
    ]


RULE = Rule(
    code="E209",
    slug="personal-data-spread",
    severity=Severity.ADVICE,
    why="Every copy of personal data has to be protected, found again and deleted on request.",
    instead="Send a reference, and let the few that need the data ask for it or listen to an event of its own.",
    check=check,
    thresholds=(MAX_PII_CONSUMERS, PERSONAL_DATA),
)
