"""What follows from one trigger, as a picture that reads from left to right: handlers under the names of their services, channels
between them. Services are no frames here: a frame would pull together what happens early and late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flowmap.graph.channels import Channel, channels
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.trace import Ending, Trace, trace
from flowmap.model.flow import EdgeKind, Finding
from flowmap.model.interaction import OUTSIDE, Interaction, Role
from flowmap.model.picture import Link, Node, NodeKind, Picture
from flowmap.views.badges import Badges, badges
from flowmap.views.choreography import channel_node
from flowmap.views.identifiers import identifiers
from flowmap.views.merging import merged
from flowmap.views.parts import call_kind, link, places

Key: TypeAlias = tuple[str, ...]
START, BETWEEN = "▶", " · "


@dataclass(slots=True)
class _Drawing:
    """What has been drawn so far; nodes by what they stand for, so that what is met twice is one node."""

    graph: FlowGraph
    marks: Badges
    conduits: dict[str, Channel]
    nodes: dict[Key, Node] = field(default_factory=dict)
    links: list[tuple[Key, Key, Link]] = field(default_factory=list)


def traced(graph: FlowGraph, starts: Iterable[Interaction], findings: Iterable[Finding], title: str) -> Picture:
    """The picture of what follows from some sites."""
    conduits = {p.id: c for c in channels(graph) for p in c.publishers}
    drawing = _Drawing(graph, badges(graph, findings), conduits)
    for tree in trace(graph, starts):
        origin = _origin(drawing, tree)
        started = drawing.nodes[origin]
        drawing.nodes[origin] = replace(started, label=f"{START} {started.label.removeprefix(f'{START} ')}")
        _draw(drawing, tree, origin)
    ids = identifiers((key, key[0], key[-1]) for key in drawing.nodes)
    nodes = [replace(node, id=ids[key]) for key, node in drawing.nodes.items()]
    links = merged(replace(one, source=ids[source], target=ids[target]) for source, target, one in drawing.links)
    return Picture(title, tuple(nodes), tuple(links))


def _origin(drawing: _Drawing, tree: Trace) -> Key:
    """The node that a tree hangs on: its endpoint or handler, or the function that publishes or calls."""
    if tree.site.role in (Role.SERVE, Role.SUBSCRIBE):
        return _handler(drawing, tree.sites)
    site = tree.site
    key = ("code", site.service, site.function or site.location.path)
    return _add(drawing, key, Node("", NodeKind.HANDLER, site.service, key[-1], places=places(tree.sites)))


def _draw(drawing: _Drawing, tree: Trace, parent: Key) -> None:
    """A tree below a node; `parent` stands for the handler that does it."""
    if tree.site.role is Role.CALL:
        _draw_call(drawing, tree, parent)
    elif tree.site.role is Role.PUBLISH:
        _draw_publication(drawing, tree, parent)
    else:
        for child in tree.children:
            _draw(drawing, child, parent)


def _draw_call(drawing: _Drawing, tree: Trace, parent: Key) -> None:
    calls = list(tree.sites)
    ends = [_handler(drawing, c.sites) for c in tree.children] or [_called(drawing, tree)]
    for end in ends:
        one = link("", "", call_kind(tree.site), calls, drawing.marks)
        said = drawing.nodes[end].detail.split(BETWEEN)
        drawing.links.append((parent, end, replace(one, labels=tuple(label for label in one.labels if label not in said))))
    for end, child in zip(ends, tree.children, strict=False):
        _draw(drawing, child, end)


def _called(drawing: _Drawing, tree: Trace) -> Key:
    """What stands for a callee of which no endpoint is known."""
    site = tree.site
    if site.target is None:
        return _add(drawing, ("unknown", site.id, "unknown"), Node("", NodeKind.EXTERNAL, "?", site.unresolved or ""))
    if tree.ending is Ending.OUTSIDE:
        name = site.target.removeprefix(OUTSIDE)
        return _add(drawing, ("external", name), Node("", NodeKind.EXTERNAL, name))
    return _add(drawing, ("callee", site.target), Node("", NodeKind.ENDPOINT, site.target, tree.ending.value))


def _draw_publication(drawing: _Drawing, tree: Trace, parent: Key) -> None:
    sites = list(tree.sites)
    middle = _conduit(drawing, tree)
    drawing.links.append((parent, middle, link("", "", EdgeKind.COLLABORATION, sites, drawing.marks)))
    for child in tree.children:
        end = _handler(drawing, child.sites)
        drawing.links.append((middle, end, link("", "", EdgeKind.COLLABORATION, list(child.sites), drawing.marks)))
        _draw(drawing, child, end)
    for external in {e.name for s in sites if (e := drawing.graph.declared_consumer(s)) is not None}:
        end = _add(drawing, ("external", external), Node("", NodeKind.EXTERNAL, external))
        drawing.links.append((middle, end, Link("", "", EdgeKind.COLLABORATION)))


def _conduit(drawing: _Drawing, tree: Trace) -> Key:
    site = tree.site
    known = drawing.conduits.get(site.id)
    if known is None:
        return _add(drawing, ("unknown", site.id, "unknown"), Node("", NodeKind.CHANNEL, "?", site.unresolved or ""))
    node = channel_node("", known, drawing.marks)
    unheard = f"{node.detail} · {tree.ending.value}" if tree.ending is Ending.UNHEARD else node.detail
    key = ("channel", known.transport, known.exchange or "", *known.events, known.name)
    return _add(drawing, key, Node("", node.kind, node.label, unheard, badges=node.badges, places=node.places))


def _handler(drawing: _Drawing, sites: tuple[Interaction, ...]) -> Key:
    """An endpoint, or the function that a message starts."""
    site = sites[0]
    name = site.handler.name if site.handler else site.function
    served = list(dict.fromkeys(s.operation for s in sites if s.operation))
    kind = NodeKind.ENDPOINT if served else NodeKind.HANDLER
    more = f" +{len(served) - 1}" if len(served) > 1 else ""
    does = [f"{served[0]}{more}"] if served else []
    key = ("handler", site.service, site.handler.key if site.handler else site.id, name or "handler")
    detail = BETWEEN.join([*does, *([name] if name else [])])
    return _add(drawing, key, Node("", kind, site.service, detail, places=places(sites)))


def _add(drawing: _Drawing, key: Key, node: Node) -> Key:
    drawing.nodes.setdefault(key, node)
    return key
