"""The name of an event states no fact.

What: An event is named after a thing (`order`, `payment-info`) or after an activity (`process-data`), and E201 does not hold.

Why: A fact says what happened and is true for ever. A thing on a channel leaves open whether it is new, changed, wanted or gone,
and every consumer decides that for itself.

How: Names are read by a lexicon and by endings. Reported are names that consist of English nouns alone, and those that instruct
without enough evidence for E201; a channel that says it carries events (`order-events`) leaves the fact to their types. Words
that the lexicon does not know, those of other languages among them, say nothing, nor does a name of which a part varies.

Bad:
    producer.send("order", order)

Good:
    producer.send("order-placed", order)

Fix: Say in the past tense what happened.

Configure: `extra-verbs` adds words that your domain uses as instructions, `extra-nouns` verbs that it uses as names of things,
`extra-facts` words that in it say that something has happened.

Ignore: When the channel carries many types of events that say it, or is a stream of readings. The rule is off unless it is
selected, because many teams name topics after things.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    WORDS,
    Finding,
    Message,
    Rule,
    RuleContext,
    Severity,
    evidence,
    is_thing,
    messages,
    mood,
    scored,
    services,
    vague,
    weakest,
    words,
)

STREAMS = {"event", "events", "stream", "streams"}


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per name."""
    for message in context.graph.once(messages):
        own = [p for p in message.published if not p.outside]
        said = _instead_of_a_fact(context, message) if own else None
        if said is None:
            continue
        yield rule.finding(
            subject=message.name,
            services=services(message.sites),
            message=f"{message.name} {said}, not what happened",
            evidence=[evidence(p, f"{p.service} publishes {message.name}") for p in own],
            confidence=weakest(own),
        )


def _instead_of_a_fact(context: RuleContext, message: Message) -> str | None:
    """What the name does instead; None for facts, for what other rules say something of, and for what nobody can read."""
    reading = mood(message.name, context.domain)
    if reading.kind == "fact" or vague(message.name) or scored(context.graph, message, context.domain).enough:
        return None
    if "{}" in message.name:
        return None
    if reading.kind == "thing":
        return "names a thing" if is_thing(message.name) and not STREAMS & set(words(message.name)) else None
    return f"says what is to be done (`{reading.word}`)" if reading.weight > 1 else None


RULE = Rule(
    code="E203",
    slug="not-a-fact",
    severity=Severity.ADVICE,
    why="A name that states no fact leaves to every consumer what the message means.",
    instead="Say in the past tense what happened.",
    check=check,
    on=False,
    thresholds=WORDS,
)
