"""The state of a workflow travels in its messages.

What: Along a chain of events each message repeats the fields of the one before it and adds its own.

Why: Every service on the way has to know, keep and pass on fields that only a later one needs. A field that is added at the start
or renamed changes all of them, and the messages grow with each step.

How: From a published event the handlers of its subscribers are followed to what they publish in turn. A step repeats a message if
all fields at its top level are set again and at least one comes with it. A chain of three events is a finding. The first message
must have at least two fields besides what names and times it: an id that is passed on is correlation, not state. Messages whose
fields are not all known end a chain.

Bad:
    order.placed {order, email, total} -> payment.taken {order, email, total, payment}
        -> parcel.sent {order, email, total, payment, parcel}

Good:
    order.placed {order, email, total} -> payment.taken {order, payment} -> parcel.sent {order, parcel}

Fix: Let each event say what happened in its own service, and let who needs more listen to the event that has it, or ask its owner.

Configure: nothing.

Ignore: When the message is meant to carry the state of the workflow, so that no service has to keep it.
"""

from collections.abc import Iterable, Iterator

from flowmap.rule_api import (
    Confidence,
    Evidence,
    Finding,
    FlowGraph,
    Interaction,
    Role,
    Rule,
    RuleContext,
    Severity,
    evidence,
    list_of,
    services,
    weakest,
)

LEAST, MOST = 3, 8
"""Events of a chain."""
STATE = 2
"""Fields that the first message has to have."""
NAMING = frozenset(
    "id event event_id event_type type kind name version schema_version timestamp time ts at created_at occurred_at sent_at "
    "correlation_id trace_id request_id saga_id message_id source".split()
)
"""Fields that name a message, or place it, and are in all of them."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per first event, with the longest chain that starts there."""
    reported: set[tuple[str | None, ...]] = set()
    starts = [p for p in context.graph.role(Role.PUBLISH) if len(_state(p)) >= STATE]
    found = [max(_chains(context.graph, [p]), key=len) for p in starts]
    for chain in sorted(found, key=len, reverse=True):
        names = tuple(p.event or p.channel for p in chain)
        if len(chain) < LEAST or any(_is_part(names, longer) for longer in reported):
            continue
        reported.add(names)
        yield rule.finding(
            subject=chain[0].channel or "",
            services=services(chain),
            message=f"{' → '.join(str(n) for n in names)}: each repeats {list_of(sorted(_state(chain[0])))} and adds to it",
            evidence=list(_hops(chain)),
            confidence=min(weakest(chain), Confidence.DERIVED, key=lambda c: c.rank),
        )


def _is_part(names: tuple[str | None, ...], longer: tuple[str | None, ...]) -> bool:
    return any(longer[n : n + len(names)] == names for n in range(len(longer)))


def _state(site: Interaction) -> frozenset[str]:
    """The fields at the top level of a message that are wholly understood, less what names it."""
    if site.payload is None or site.payload.open:
        return frozenset()
    return frozenset(f.name for f in site.payload.fields if f.always and "." not in f.name and "[" not in f.name) - NAMING


def _chains(graph: FlowGraph, chain: list[Interaction]) -> Iterator[list[Interaction]]:
    """The ways on which messages grow, from the last event of a chain on; the chain itself where there is none."""
    yield chain
    if len(chain) >= MOST:
        return
    last = _state(chain[-1])
    for subscribed in graph.subscribers_of(chain[-1]):
        for site in graph.triggered_by(subscribed):
            grown = site.role is Role.PUBLISH and not site.local and last < _state(site)
            if grown and all(site.channel != p.channel or site.event != p.event for p in chain):
                yield from _chains(graph, [*chain, site])


def _hops(chain: list[Interaction]) -> Iterator[Evidence]:
    before: frozenset[str] = frozenset()
    for site in chain:
        state = _state(site)
        said = f"repeats {len(before)} fields and adds {list_of(sorted(state - before))}" if before else list_of(sorted(state))
        yield evidence(site, f"{site.service} publishes {site.channel}: {said}")
        before = state


RULE = Rule(
    code="E206",
    slug="stamp-coupling",
    severity=Severity.ADVICE,
    why="Each service has to know and pass on fields that only later ones need, so a change of one message changes all.",
    instead="Let each event say what happened in its own service; who needs more listens to the event that has it.",
    check=check,
)
