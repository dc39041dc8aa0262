"""Making a picture smaller: one neighbourhood of it, folders as one node, without what lies outside. Picture in, picture out.

What is many times the same and has no finding is drawn once in any case: services without a flow, channels between the same ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from flowmap.model.picture import Node, NodeKind, Picture, strongest
from flowmap.views.identifiers import identifiers
from flowmap.views.merging import as_one, tidy
from flowmap.views.summing import summed
from flowmap.visible import counted

OUTSIDE = {NodeKind.EXTERNAL, NodeKind.PRODUCT}
PARTIES = {NodeKind.SERVICE, NodeKind.GROUP, *OUTSIDE}


@dataclass(frozen=True, slots=True)
class Shape:
    """What to show: around `focus` (labels of services) up to `depth` services away; `collapse` are folders to draw as one."""

    focus: tuple[str, ...] = ()
    depth: int = 1
    collapse: tuple[str, ...] = ()
    externals: bool = True


def shaped(picture: Picture, shape: Shape) -> Picture:
    """The picture as asked for; a focus or folder that it does not have changes nothing."""
    for folder in shape.collapse:
        picture = collapsed(picture, folder)
    if not shape.externals:
        picture = _keep(picture, lambda node: node.kind not in OUTSIDE)
    if shape.focus:
        near = _near(picture, set(shape.focus), shape.depth)
        picture = _keep(picture, lambda node: node.id in near)
    return summed(picture)


def inside(path: str, folder: str) -> bool:
    """Whether a path is the folder or lies in it."""
    return PurePosixPath(path).is_relative_to(PurePosixPath(folder))


def collapsed(picture: Picture, folder: str) -> Picture:
    """All services of a folder as one node; the channels that only they share are gone with them."""
    members = [n for n in picture.nodes if n.kind in (NodeKind.SERVICE, NodeKind.GROUP) and n.folder and inside(n.folder, folder)]
    if len(members) < 2:
        return picture
    within = {n.id for n in members} | _private(picture, {n.id for n in members})
    group = Node(
        id=identifiers([("", "group", folder)], (n.id for n in picture.nodes))[""],
        kind=NodeKind.GROUP,
        label=folder,
        detail=counted(len(members), "service"),
        folder=folder,
        badges=strongest({b for n in picture.nodes if n.id in within for b in n.badges}),
    )
    return as_one(picture, within, group)


def _private(picture: Picture, members: set[str]) -> set[str]:
    """The channels that touch nobody but the members."""
    touching: dict[str, set[str]] = defaultdict(set)
    for one in picture.links:
        touching[one.source].add(one.target)
        touching[one.target].add(one.source)
    return {n.id for n in picture.nodes if n.kind is NodeKind.CHANNEL and touching[n.id] and touching[n.id] <= members}


def _near(picture: Picture, focus: set[str], depth: int) -> set[str]:
    """The ids within some services' distance of the focus; a channel lies as far as the service that it was reached from."""
    kinds = {n.id: n.kind for n in picture.nodes}
    beside: dict[str, set[str]] = defaultdict(set)
    for one in picture.links:
        beside[one.source].add(one.target)
        beside[one.target].add(one.source)
    reached = {n.id for n in picture.nodes if n.label in focus and n.kind in PARTIES}
    edge = set(reached)
    for _ in range(depth):
        step = {other for identifier in edge for other in beside[identifier]} - reached
        conduits = {identifier for identifier in step if kinds[identifier] not in PARTIES}
        beyond = {other for identifier in conduits for other in beside[identifier]} - reached
        edge = (step | beyond) - conduits
        reached |= step | beyond
    return reached


def _keep(picture: Picture, wanted: Callable[[Node], bool]) -> Picture:
    kept = {n.id for n in picture.nodes if wanted(n)}
    links = tuple(k for k in picture.links if k.source in kept and k.target in kept)
    return tidy(replace(picture, nodes=tuple(n for n in picture.nodes if n.id in kept), links=links))
