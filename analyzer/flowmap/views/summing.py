"""What is many times the same, drawn once: idle services of one domain, channels between the same ends. Findings stay visible."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

from flowmap.model.picture import Node, NodeKind, Picture
from flowmap.views.identifiers import identifiers
from flowmap.views.merging import as_one
from flowmap.visible import fitted

_IDLE, _INNER, _OUTER = 3, 4, 8
"""How many it takes: services without a flow, channels that a service has for itself, channels between different ones."""
_WIDTH = 36

Likeness: TypeAlias = tuple[NodeKind, str, frozenset[str], frozenset[str]]
"""What makes nodes the same: kind, frame, what leads to them, what they lead to."""


def summed(picture: Picture) -> Picture:
    """The picture with every such group as one node."""
    for (kind, cluster, before, after), nodes in _groups(picture).items():
        if len(nodes) < _least(kind, before | after):
            continue
        word = "channels" if kind is NodeKind.CHANNEL else "services"
        names = fitted([n.label for n in nodes], _WIDTH)
        node = Node(
            id=identifiers([("", "group", f"{word} {nodes[0].label}")], (n.id for n in picture.nodes))[""],
            kind=NodeKind.CHANNEL if kind is NodeKind.CHANNEL else NodeKind.GROUP,
            label=f"{len(nodes)} {word}",
            detail=names if kind is NodeKind.CHANNEL else "no resolved flow",
            cluster=cluster,
            places=tuple(n.label for n in nodes),
        )
        picture = as_one(picture, {n.id for n in nodes}, node)
    return picture


def _least(kind: NodeKind, ends: frozenset[str]) -> int:
    if kind is NodeKind.SERVICE:
        return _IDLE
    return _INNER if len(ends) < 2 else _OUTER


def _groups(picture: Picture) -> dict[Likeness, list[Node]]:
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for link in picture.links:
        before[link.target].add(link.source)
        after[link.source].add(link.target)
    groups: dict[Likeness, list[Node]] = defaultdict(list)
    for node in picture.nodes:
        idle = node.kind is NodeKind.SERVICE and not before[node.id] and not after[node.id]
        if not node.badges and (idle or node.kind is NodeKind.CHANNEL):
            groups[node.kind, node.cluster, frozenset(before[node.id]), frozenset(after[node.id])].append(node)
    return groups
