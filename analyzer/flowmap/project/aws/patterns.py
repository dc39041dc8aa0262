"""What a rule of EventBridge or a filter of SNS lets through, as far as event types go; nothing else of a message is looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Conduit, External, ExternalKind, Match
from flowmap.project.aws.template import inside
from flowmap.project.yaml_nodes import Items, Table, Text, YamlError, documents, items, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.aws.template import Template
    from flowmap.project.yaml_nodes import Node

ANY = Conduit("eventbridge", "*", match=Match.GLOB)
_TYPE_KEYS = ("type", "event_type", "eventtype", "event", "event_name", "eventname", "name", "action", "kind", "detail-type")


def events_of(template: Template, pattern: Node, bus: str) -> list[Conduit]:
    """The event types on a bus that a pattern lets through."""
    asked = opened(pattern)
    sources = [*_texts(template, asked.get("source"))]
    kinds = [c for n in _each(asked.get("detail-type")) for c in _kind(template, n)] or [ANY]
    return [replace(k, exchange=bus, source=s) for k in kinds for s in sources or [""]]


def senders_of(conduits: list[Conduit]) -> Iterator[External]:
    """The parts of AWS itself that send events of these types."""
    for conduit in conduits:
        if conduit.source.startswith("aws."):
            yield External(conduit.source, ExternalKind.PRODUCT, publishes=(conduit.channel,))


def filtered(template: Template, topic: Conduit, policy: Node) -> list[Conduit]:
    """A topic, once per event type that a filter policy names."""
    for key, node in opened(policy).entries.items():
        names = _texts(template, node)
        if key.lower().replace("-", "_") in _TYPE_KEYS and names:
            return [replace(topic, event=name) for name in names]
    return [topic]


def opened(node: Node) -> Table:
    """A mapping, which may be written as JSON in a text."""
    if isinstance(node, Text) and node.text.lstrip().startswith("{"):
        try:
            return table(next(iter(documents(node.text.encode())), node))
        except YamlError:
            return table(node)
    inner = inside(node, "Sub")
    return opened(inner) if text(inner) else table(node)


def _each(node: Node) -> tuple[Node, ...]:
    return items(node) if isinstance(node, Items) else (node,) if isinstance(node, Table) or text(node) else ()


def _texts(template: Template, node: Node) -> list[str]:
    return [t for n in _each(node) if isinstance(n, Text) or not _is_test(n) for t in template.texts(n)]


def _is_test(node: Node) -> bool:
    """Whether a node is a comparison and no value."""
    return not any(k == "Ref" or k.startswith("Fn::") or k in ("Sub", "GetAtt") for k in table(node).entries)


def _kind(template: Template, node: Node) -> Iterator[Conduit]:
    if isinstance(node, Text) or not _is_test(node):
        yield from (Conduit("eventbridge", t) for t in template.texts(node))
        return
    for test, wanted in table(node).entries.items():
        value = template.text(wanted)
        shape = {"prefix": f"{value}*", "suffix": f"*{value}", "wildcard": value, "equals-ignore-case": value}.get(test, "*")
        yield Conduit("eventbridge", shape, match=Match.EXACT if test == "equals-ignore-case" else Match.GLOB)
