"""Something published as an event is an instruction.

What: The name, the structure or the payload of an event shows that its publisher expects one certain receiver to do one certain
thing.

Why: The publisher decides what happens next but cannot see whether it did; the receiver cannot refuse. The coupling of a call is
all there, its honesty is not, and the next team reads a fact where an order stands.

How: Evidence is scored, and a score of 3 is a finding. The name: a verb in the imperative first or alone (`send-email`,
`stock.reserve`) 3, a word that may be a noun before an object 2 or 1 (`refund-order`, `email-customer`), a request or command by
its last word (`payment-requested`) 2 to 3, addressed to the service that consumes it (`billing.create-invoice`) 1. The structure:
exactly one consuming service 1, the publisher listens to the matching reply (`...ed`, `...failed`) 2. The payload: a field like
`action` or `command` 1. Commands on a queue or task transport are honest and not looked at.

Bad:
    bus.publish("send-confirmation-email", {"order": order.id})

Good:
    bus.publish("order-confirmed", {"order": order.id})        # notification decides what to send

Fix: Publish what happened and let the receiver decide, or send a real command: a call, a task, a queue with one owner.

Configure: `extra-verbs` adds words that your domain uses as instructions.

Ignore: When the name is fixed by somebody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flowmap.rule_api import (
    Evidence,
    Finding,
    Interaction,
    Kind,
    Role,
    Rule,
    RuleContext,
    Severity,
    Threshold,
    evidence,
    is_past,
    mood,
    weakest,
    words,
)

EXTRA_VERBS = Threshold("extra-verbs", frozenset[str](), "words that your domain uses as instructions")
ENOUGH = 3
"""The score that makes a finding."""
OUTCOMES = frozenset(
    "accepted approved cancelled canceled completed confirmed declined done failed finished rejected succeeded".split()
)
"""How the answer to an instruction ends that names none of its own words."""
PAYLOAD_WORDS = {"action", "command", "target", "instruction"}


@dataclass(slots=True)
class Case:
    """One name with everything that speaks for its being an instruction."""

    name: str
    published: list[Interaction]
    consumed: list[Interaction]
    score: int = 0
    reasons: tuple[str, ...] = ()

    def add(self, points: int, reason: str) -> None:
        """A piece of evidence."""
        self.score += points
        self.reasons = (*self.reasons, f"{reason} (+{points})")


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per name that scores enough."""
    for case in _cases(context):
        _weigh(context, case)
        if case.score < ENOUGH:
            continue
        sites = case.published or case.consumed
        services = [s.service for s in (*case.published, *case.consumed)]
        yield rule.finding(
            subject=case.name,
            services=services,
            message=f"{case.name} is published as an event but is an instruction, score {case.score}: {'; '.join(case.reasons)}",
            evidence=_hops(case),
            confidence=weakest(sites),
        )


def _cases(context: RuleContext) -> list[Case]:
    """The names under which events travel, with who sends and who receives them."""
    found: dict[tuple[str, str], Case] = {}
    for role in (Role.PUBLISH, Role.SUBSCRIBE):
        for site in context.graph.role(role):
            if site.kind is not Kind.EVENT or context.graph.is_queue(site):
                continue
            name = site.event or site.channel
            if name is not None and words(name):
                case = found.setdefault((site.transport, name), Case(name, [], []))
                (case.published if role is Role.PUBLISH else case.consumed).append(site)
    for case in found.values():
        received = [s for p in case.published for s in context.graph.subscribers_of(p)]
        case.consumed = list(dict.fromkeys([*case.consumed, *received]))
    return [
        c
        for c in found.values()
        if (c.published or not any(context.graph.publishers_for(s) for s in c.consumed))
        and not all(s.outside for s in (*c.published, *c.consumed))
    ]


def _weigh(context: RuleContext, case: Case) -> None:
    reading = mood(case.name, context.options[EXTRA_VERBS])
    if reading.kind == "instruction":
        case.add(reading.weight, f"`{reading.word}` instructs")
    elif reading.kind == "request":
        case.add(reading.weight, f"`{reading.word}` asks for something")
    if not case.score:
        return
    consumers = list(dict.fromkeys(s.service for s in case.consumed))
    if len(consumers) == 1:
        case.add(1, f"only {consumers[0]} consumes it")
        if words(case.name)[:1] == words(consumers[0])[:1] != [reading.word]:
            case.add(1, "it is addressed to its receiver")
    reply = _reply(context, case)
    if reply is not None:
        case.add(2, f"{reply.service} waits for `{reply.event or reply.channel}`")
    if any(f.name in PAYLOAD_WORDS for p in case.published if p.payload is not None for f in p.payload.fields):
        case.add(1, "its payload holds an instruction")


def _reply(context: RuleContext, case: Case) -> Interaction | None:
    """A subscription of the publisher to what became of it: `order-refunded` for `refund-order`, `payment-failed` for
    `payment-requested`."""
    own = set(words(case.name))
    senders = {p.service for p in case.published}
    for site in context.graph.role(Role.SUBSCRIBE):
        name = set(words(site.event or site.channel or "")) - own
        past = {w for w in name if is_past(w)}
        about = own & set(words(site.event or site.channel or ""))
        if site.service in senders and (_stems(own) & _stems(past) or (about and past & OUTCOMES)):
            return site
    return None


def _stems(found: set[str]) -> set[str]:
    return {w[:5] for w in found if len(w) >= 4}


def _hops(case: Case) -> list[Evidence]:
    return [
        *(evidence(p, f"{p.service} publishes {case.name}") for p in case.published),
        *(evidence(s, f"{s.service} does what it says") for s in case.consumed),
    ]


RULE = Rule(
    code="E201",
    slug="hidden-command",
    severity=Severity.WARNING,
    why="The publisher decides what another service does, without seeing whether it happened and without saying so.",
    instead="Publish what happened and let the receiver decide, or send an honest command: a call, a task, a queue with one owner.",
    check=check,
    thresholds=(EXTRA_VERBS,),
)
