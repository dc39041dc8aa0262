"""Several parts of a picture taken together: parallel links as one link, several nodes as one node."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flowmap.model.picture import Link, Node, Picture, strongest


def merged(links: Iterable[Link]) -> list[Link]:
    """The links with those of one kind between the same two nodes taken together."""
    found: dict[tuple[str, str, str], Link] = {}
    for one in links:
        key = (one.source, one.target, one.kind)
        known = found.get(key)
        found[key] = one if known is None else _both(known, one)
    return list(found.values())


def _both(one: Link, other: Link) -> Link:
    return replace(
        one,
        labels=tuple(dict.fromkeys((*one.labels, *other.labels))),
        badges=strongest({*one.badges, *other.badges}),
        places=tuple(dict.fromkeys((*one.places, *other.places))),
        guess=one.guess and other.guess,
    )


def as_one(picture: Picture, members: set[str], node: Node) -> Picture:
    """The picture with one node in the place of several; what went between these is gone."""
    place = dict.fromkeys(members, node.id)
    kept = [k for k in picture.links if not {k.source, k.target} <= members]
    links = merged(replace(k, source=place.get(k.source, k.source), target=place.get(k.target, k.target)) for k in kept)
    nodes = [node if n.id in members else n for n in picture.nodes]
    return tidy(replace(picture, nodes=tuple(dict.fromkeys(nodes)), links=tuple(links)))


def tidy(picture: Picture) -> Picture:
    """Without the frames that are empty now."""
    used = {n.cluster for n in picture.nodes}
    return replace(picture, clusters=tuple(c for c in picture.clusters if c.id in used))
