"""A picture before it is drawn: what stands in it, what leads where, what is wrong with it. No format, no layout, no colour.

Texts are as they stand in the code; a renderer makes them fit for its format.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.flow import EdgeKind, Severity


class NodeKind(StrEnum):
    """What a node stands for; each looks different in every format."""

    SERVICE = "service"
    GROUP = "services"
    EXTERNAL = "external"
    PRODUCT = "product"
    CHANNEL = "channel"
    ENDPOINT = "endpoint"
    HANDLER = "handler"


@dataclass(frozen=True, slots=True, order=True)
class Badge:
    """A finding, at the place it is about; `unsure` if a blind spot may refute it."""

    code: str
    slug: str
    severity: Severity
    unsure: bool = False

    @property
    def text(self) -> str:
        """Its code, with a question mark if nobody can tell."""
        return f"{self.code}?" if self.unsure else self.code


def strongest(badges: Iterable[Badge]) -> tuple[Badge, ...]:
    """The badges in order, of each code only the surest."""
    found: dict[str, Badge] = {}
    for badge in sorted(badges):
        if badge.code not in found or found[badge.code].unsure:
            found[badge.code] = badge
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Node:
    """`id` is unique within the picture and made of `a-z`, `0-9` and `_`. `folder` is where its code lies; `cluster` the id of
    the frame around it. `places` are `path:line`."""

    id: str
    kind: NodeKind
    label: str
    detail: str = ""
    folder: str = ""
    cluster: str = ""
    badges: tuple[Badge, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow: whoever it starts from waits (coordination) or does not (collaboration). `labels` are what travels on it."""

    source: str
    target: str
    kind: EdgeKind
    labels: tuple[str, ...] = ()
    badges: tuple[Badge, ...] = ()
    places: tuple[str, ...] = ()
    guess: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """A frame around nodes that belong together."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A graph to draw."""

    title: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    clusters: tuple[Cluster, ...] = ()

    @property
    def badges(self) -> tuple[Badge, ...]:
        """The findings in it, for the legend."""
        return strongest([b for node in self.nodes for b in node.badges] + [b for link in self.links for b in link.badges])


class MessageKind(StrEnum):
    """An arrow of a sequence: somebody waits for it, nobody does, or it is a remark beside a lifeline."""

    COORDINATION = "coordination"
    COLLABORATION = "collaboration"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Message:
    """A row of a sequence. `source` waits until row number `until` (its own where the callee does nothing further)."""

    kind: MessageKind
    source: str
    target: str
    label: str
    until: int = 0
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True, slots=True)
class Sequence:
    """Who talks to whom, in order, from one trigger on; `participants` from left to right."""

    title: str
    participants: tuple[Node, ...]
    messages: tuple[Message, ...]

    @property
    def badges(self) -> tuple[Badge, ...]:
        """The findings in it, for the legend."""
        return strongest([b for p in self.participants for b in p.badges] + [b for m in self.messages for b in m.badges])
