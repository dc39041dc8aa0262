"""An event that others depend on has neither schema nor version.

What: An event crosses from one service into another, and nothing says what its messages look like.

Why: The publisher cannot change a field without knowing who reads it, and a subscriber cannot tell an old message from a new one.
While messages are kept and replayed, both kinds arrive at the same handler.

How: What a publisher hands to the library is followed to where it is made. A class that declares its fields, a protobuf message
and the serializer of a schema registry are a schema; a field like `version` or `schema_version`, and a channel or type with a
version in its name (`orders.v2`), are a version. Messages that are not understood are left alone.

Bad:
    producer.send("order-placed", {"order_id": order.id, "total": order.total})

Good:
    producer.send("order-placed", OrderPlacedV1(order_id=order.id, total=order.total).model_dump())

Fix: Describe the message by a class or schema that both ends share, and put a version into it.

Configure: nothing. The rule is off; `select = ["E208"]` beside the others turns it on.

Ignore: When both services are always deployed together.
"""

import re
from collections.abc import Iterable

from flowmap.rule_api import Finding, Interaction, Kind, Role, Rule, RuleContext, Severity, evidence, list_of, services, weakest

VERSIONS = frozenset(
    {"version", "schemaversion", "eventversion", "specversion", "apiversion", "v", "schema", "schemaid", "dataschema"}
)
VERSIONED = re.compile(r"(^|[^A-Za-z0-9])[vV]\d+([^A-Za-z0-9]|$)|[a-z]V\d+$")


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per channel and type."""
    found: dict[tuple[str, str | None, str | None, str | None], list[Interaction]] = {}
    for site in context.graph.role(Role.PUBLISH):
        if site.kind is Kind.EVENT and site.channel is not None and not site.outside:
            found.setdefault((site.transport, site.exchange, site.channel, site.event), []).append(site)
    for sites in found.values():
        received = {s.id: s for p in sites for s in context.graph.subscribers_of(p)}
        others = [s for s in received.values() if any(s.service != p.service for p in sites)]
        if not others or not all(_is_bare(p) for p in sites):
            continue
        name = sites[0].event or sites[0].channel or ""
        yield rule.finding(
            subject=name,
            services=services([*sites, *others]),
            message=f"{name} goes from {list_of(services(sites))} to {list_of(services(others))} with neither schema nor version",
            evidence=[
                *(evidence(p, f"{p.service} publishes {name}") for p in sites),
                *(evidence(s, f"{s.service} subscribes to it") for s in others),
            ],
            confidence=weakest([*sites, *others]),
        )


def _is_bare(site: Interaction) -> bool:
    """Whether a message is understood, and nothing in it or in its name says of what shape it is."""
    if site.payload is None or site.payload.open or site.payload.model:
        return False
    if VERSIONED.search(site.channel or "") or VERSIONED.search(site.event or ""):
        return False
    return not any(re.sub(r"[\W_]+", "", f.leaf).lower() in VERSIONS for f in site.payload.fields)


RULE = Rule(
    code="E208",
    slug="unversioned-contract",
    severity=Severity.ADVICE,
    why="Nobody can change the message without finding everybody who reads it, and old messages look like new ones.",
    instead="Describe the message by a class or schema that both ends share, with a version.",
    check=check,
    on=False,
)
