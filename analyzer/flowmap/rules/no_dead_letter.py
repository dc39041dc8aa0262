"""A message that cannot be handled has nowhere to go.

What: A queue or subscription is made without dead letters and without a limit of tries, and its reader catches nothing, or refuses
what it cannot handle.

Why: Sooner or later a message comes that the handler cannot deal with. Without an end for it, it comes back until it is too old and
holds up what waits behind it, or it is refused and gone: nobody can look at it, mend it and send it again.

How: Looks at transports that have dead letters or a limit which nobody gets unasked: queues of RabbitMQ (`x-dead-letter-exchange`,
`x-delivery-limit`) and of SQS (`RedrivePolicy`), durable consumers of JetStream (`max_deliver`), subscriptions of Google Pub/Sub
(`dead_letter_policy`). What makes the queue has to be in the scan: the code, or a deployment file. The handler has to refuse
messages for good, or to catch nothing, as does all that it calls; if it takes messages as handled when they come, R406 tells of
that. A handler that publishes something after a failure has an end of its own; whoever waits for an answer can ask again; queues of
dead letters and those that go with their reader need none. A policy of the broker can set dead letters for a queue of RabbitMQ, so
the confidence is no more than a guess there, unless definitions of the broker list the queue.

Bad:
    channel.queue_declare("orders", durable=True)
    ...
    channel.basic_nack(tag, requeue=False)           # gone

Good:
    channel.queue_declare("orders", durable=True, arguments={"x-dead-letter-exchange": "refused"})
    ...
    channel.basic_nack(tag, requeue=False)           # kept for whoever finds out why

Fix: Give the queue dead letters and a limit of tries, and somebody who looks at what comes there.

Configure: nothing.

Ignore: When a policy of the broker sets the dead letters, or a message that is lost does no harm.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flowmap.rule_api import (
    Confidence,
    Does,
    Effect,
    Ending,
    Evidence,
    Finding,
    Interaction,
    Location,
    Role,
    Rule,
    RuleContext,
    Severity,
    Surrounding,
    evidence,
    list_of,
    services,
    takes_dead_letters,
    words,
)

SHOWN = 5
"""Subscriptions of one finding that are shown."""
BY_POLICY = {"amqp"}
"""Transports whose broker may be told of dead letters where no scan sees it."""
REFUSED = {"failed", "error", "errors", "poison", "parking"}
"""Words of other queues that take what could not be handled."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A subscription whose failing messages have no end, where its queue is made, and what refuses them."""

    site: Interaction
    made: Ending
    refused: Effect | None


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per place that refuses messages, or else makes queues, whatever the number of their readers."""
    groups: dict[Location, list[Stuck]] = defaultdict(list)
    for stuck in _stuck(context):
        groups[(stuck.refused or stuck.made).location].append(stuck)
    for found in groups.values():
        sites = [s.site for s in found]
        takers, names = services(sites), sorted({_queue(s) for s in sites})
        refused = [s.refused for s in found if s.refused is not None]
        said = (
            "is refused and gone: nothing takes dead letters"
            if refused
            else "has nowhere to go: no dead letters, no limit of tries"
        )
        hops = (
            *(evidence(s, f"{s.service} takes messages of {_queue(s)}") for s in sites[:SHOWN]),
            *(
                Evidence(s.made.location, "what makes the queue says nothing of messages that fail", s.made.function)
                for s in found[:SHOWN]
            ),
            *(evidence(e, "refuses a message for good") for e in refused[:SHOWN]),
        )
        by_policy = any(s.site.transport in BY_POLICY and s.made.confidence is not Confidence.CERTAIN for s in found)
        known = [Confidence.GUESS] * by_policy + [c for s in found for c in (s.site.confidence, s.made.confidence)]
        yield rule.finding(
            subject=names[0],
            services=takers,
            message=f"a message of {list_of(names)} that {list_of(takers)} cannot handle {said}",
            evidence=dict.fromkeys(hops),
            confidence=min(known, key=lambda c: c.rank),
        )


def _stuck(context: RuleContext) -> Iterator[Stuck]:
    done: dict[str, dict[Does, Effect]] = defaultdict(dict)
    for effect in context.graph.effects:
        for trigger in effect.triggers:
            done[trigger].setdefault(effect.does, effect)
    taken = {(e.service, e.location) for e in context.graph.effects if e.does is Does.TAKES}
    for site in context.graph.role(Role.SUBSCRIBE):
        made, own = context.graph.ending(site), done[site.id]
        if made is None or made.ends or not _counts(site) or _has_an_end(context, site):
            continue
        early = any((site.service, place) in taken for place in (site.location, *(step.location for step in site.via)))
        refused = own.get(Does.REFUSES)
        if not early and (refused is not None or not {Does.CATCHES, Does.RETURNS} & own.keys()):
            yield Stuck(site, made, refused)


def _counts(site: Interaction) -> bool:
    """Whether what handles the messages is known, and they are not those that something else could not handle."""
    known = site.handler is not None and site.channel is not None and not (site.private or site.unreached)
    return known and not takes_dead_letters(_queue(site)) and not REFUSED & set(words(_queue(site)))


def _has_an_end(context: RuleContext, site: Interaction) -> bool:
    """Whether the handler publishes something after a failure, or answers to somebody who waits and can ask again."""
    sent = [i for i in context.graph.triggered_by(site) if i.role is Role.PUBLISH]
    return any(i.answers for i in sent) or any(
        a.kind is Surrounding.FAILURE for i in sent for s in i.steps if s.trigger == site.id for a in s.around
    )


def _queue(site: Interaction) -> str:
    return site.group or site.channel or ""


RULE = Rule(
    code="R403",
    slug="no-dead-letter",
    severity=Severity.ADVICE,
    why="A message that cannot be handled comes back again and again, or is lost, and nobody can look at it.",
    instead="Give the queue dead letters and a limit of tries, and somebody who looks at what comes there.",
    check=check,
)
