"""What ties the messages of one piece of work together is not passed on.

What: A message comes with a correlation id, a trace or the id of its workflow, and the handler reacts with a message that has none.

Why: From there on nobody can tell which order, request or workflow a message belongs to: logs cannot be put together, and whoever
waits for the end of the work does not recognise it.

How: The incoming message has such an id if the handler reads a field of that name (`correlation_id`, `trace_id`, `traceparent`,
`conversation_id`, `saga_id`, `workflow_id`, in any spelling), or if all that is known of its publishers set one. What is published
because of it has to be known in full, and to have no such field at any depth. Quiet are: functions on the way to the publication
that speak of such an id or of headers, answers, dead letters, channels with an id in their name, and, where the id is that of a
workflow, messages that share another id with the incoming one. Calls are not looked at: most clients of HTTP are instrumented.

Bad:
    def on_order_placed(message):
        bus.publish("invoice.created", {"invoice": bill(message["order"])})

Good:
    def on_order_placed(message):
        bus.publish("invoice.created", {"invoice": bill(message["order"]), "correlation_id": message["correlation_id"]})

Fix: Pass the id on in every message, best by the one function that all messages go through.

Configure: nothing.

Ignore: When the message begins something new that has nothing to do with what caused it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from flowmap.rule_api import (
    Confidence,
    Does,
    Evidence,
    Field,
    Finding,
    Interaction,
    Role,
    Rule,
    RuleContext,
    Severity,
    evidence,
    list_of,
    takes_dead_letters,
    weakest,
)

SHOWN = 5
"""Publications of one finding that are shown."""
REQUESTS = {"correlationid", "xcorrelationid", "traceid", "traceparent", "conversationid"}
WORKFLOWS = {"sagaid", "workflowid"}
TIES = ("correlat", "causation", "conversation", "trace", "saga", "workflow")


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per message of a service that loses the id."""
    carried = {(e.service, e.location) for e in context.graph.effects if e.does is Does.CARRIES}
    groups: dict[tuple[str, str], dict[Interaction, tuple[Interaction, Field]]] = defaultdict(dict)
    for start in context.graph.role(Role.SUBSCRIBE):
        field = _incoming(context, start)
        for sent in _reactions(context, start) if field is not None else ():
            if field is not None and (sent.service, sent.location) not in carried and not _is_followed(start, sent, field):
                groups[sent.service, _name(sent)].setdefault(sent, (start, field))
    for (service, name), found in groups.items():
        starts = list(dict.fromkeys(start for start, _ in found.values()))
        field, causes = next(iter(found.values()))[1], sorted({_name(s) for s in starts})
        yield rule.finding(
            subject=name,
            services=[service],
            message=f"{service} reacts to {list_of(causes)} with {name}, and does not pass {field.leaf} on",
            evidence=[
                *(evidence(s, f"{service} takes messages of {_name(s)}") for s in starts[:SHOWN]),
                Evidence(field.location, f"{field.name} is set or read here"),
                *(evidence(sent, f"publishes {name} without it") for sent in list(found)[:SHOWN]),
            ],
            confidence=min(Confidence.DERIVED, weakest([*starts, *found]), key=lambda c: c.rank),
        )


def _incoming(context: RuleContext, start: Interaction) -> Field | None:
    """The field of an incoming message that ties it to others: the handler reads it, or all known publishers set it."""
    read = _id_of(start)
    if read is not None or start.private:
        return read
    senders = [p for p in context.graph.publishers_for(start) if p.payload is not None]
    found = [_id_of(p) for p in senders]
    return found[0] if found and all(f is not None for f in found) else None


def _id_of(site: Interaction) -> Field | None:
    fields = site.payload.fields if site.payload is not None else ()
    return next((f for f in fields if _plain(f.leaf) in REQUESTS | WORKFLOWS), None)


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "")


def _reactions(context: RuleContext, start: Interaction) -> Iterator[Interaction]:
    """What the handler publishes of which every field is known, and none ties it to anything."""
    for sent in context.graph.triggered_by(start):
        payload, name = sent.payload, sent.channel or ""
        if sent.role is not Role.PUBLISH or payload is None or payload.open or not payload.fields or sent.answers or not name:
            continue
        tied = any(tie in _plain(f.name) for f in payload.fields for tie in TIES)
        if not tied and "{}" not in name and not takes_dead_letters(name):
            yield sent


def _is_followed(start: Interaction, sent: Interaction, field: Field) -> bool:
    """Whether the two share another id by which a workflow can be followed."""
    if _plain(field.leaf) not in WORKFLOWS:
        return False
    ids = {f.leaf for f in sent.payload.fields} if sent.payload is not None else set()
    known = {f.leaf for f in start.payload.fields} if start.payload is not None else set()
    return any(name.endswith("id") for name in ids & known)


def _name(site: Interaction) -> str:
    return site.event or site.channel or ""


RULE = Rule(
    code="R404",
    slug="lost-correlation",
    severity=Severity.ADVICE,
    why="From there on nobody can tell to which order, request or workflow a message belongs.",
    instead="Pass the id on in every message, best by the one function that all messages go through.",
    check=check,
)
