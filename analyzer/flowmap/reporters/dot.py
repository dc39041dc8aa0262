"""Pictures as DOT source for Graphviz. Nothing is laid out here; what a team's own tools make of the source is theirs.

Waiting is a thick solid line with a filled head, not waiting a dashed line with an open one, mostly through a channel's node.
"""

from __future__ import annotations

import html
from typing import cast

import graphviz  # type: ignore[import-untyped]

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import EdgeKind
from flowmap.model.picture import Badge, Link, Node, NodeKind, Picture
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.palette import BADGES, LINKS, LOOKS, MARKS, UNSURE
from flowmap.views.choreography import choreography
from flowmap.views.summing import summed
from flowmap.visible import shortened, visible

FONT = "Helvetica,Arial,sans-serif"
_SHAPES = {
    NodeKind.SERVICE: {"shape": "box", "style": "filled"},
    NodeKind.GROUP: {"shape": "box", "style": "filled", "peripheries": "2"},
    NodeKind.EXTERNAL: {"shape": "box", "style": "filled,dashed"},
    NodeKind.PRODUCT: {"shape": "cylinder", "style": "filled"},
    NodeKind.CHANNEL: {"shape": "box", "style": "filled,rounded"},
    NodeKind.ENDPOINT: {"shape": "box", "style": "filled"},
    NodeKind.HANDLER: {"shape": "box", "style": "filled"},
}
_LINES = {
    EdgeKind.COORDINATION: {"style": "solid", "penwidth": "2.2", "arrowhead": "normal", "arrowsize": "0.9"},
    EdgeKind.COLLABORATION: {"style": "dashed", "penwidth": "1.3", "arrowhead": "vee", "arrowsize": "0.8"},
}
_LABEL = 44
_LABELS = 3
_SMALL = "9"
_PER_ROW = 4


def dot_source(picture: Picture) -> str:
    """A picture as DOT."""
    graph = new_graph(picture.title, _legend(picture))
    graph.attr("graph", rankdir="LR", nodesep="0.25", ranksep="0.55", concentrate="false")
    for cluster in picture.clusters:
        with graph.subgraph(name=f"cluster_{cluster.id}") as frame:
            assert frame is not None
            frame.attr("graph", label=plain(cluster.label), style="rounded", color="#9aa5b1", fontcolor="#3d4752", fontsize="11")
            for node in picture.nodes:
                if node.cluster == cluster.id:
                    _add_node(frame, node)
    for node in picture.nodes:
        if not node.cluster:
            _add_node(graph, node)
    for link in picture.links:
        _add_link(graph, link)
    return str(graph.source)


def new_graph(title: str, legend: list[str]) -> graphviz.Digraph:
    """An empty graph with the fonts of all pictures and a head: the title, and below it the legend, all ready markup."""
    head = [f'<FONT POINT-SIZE="16"><B>{markup(title, 2 * _LABEL)}</B></FONT>', *legend]
    cells = "".join(f'<TR><TD ALIGN="LEFT">{row}</TD></TR>' for row in head)
    label = f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="1" CELLPADDING="2">{cells}</TABLE>>'
    graph = graphviz.Digraph()
    graph.attr("graph", label=label, labelloc="t", labeljust="l", fontname=FONT, fontsize="10", fontcolor="#262626")
    graph.attr("graph", bgcolor="white", pad="0.25")
    graph.attr("node", fontname=FONT, fontsize="11", margin="0.12,0.06", height="0.3", width="0.3")
    graph.attr("edge", fontname=FONT, fontsize=_SMALL)
    return graph


def plain(raw: str) -> str:
    """A text as an attribute that is neither HTML nor an escape sequence to Graphviz."""
    return _attribute(shortened(visible(raw), _LABEL * 2))


def markup(raw: str, length: int = _LABEL) -> str:
    """A text inside an HTML-like label."""
    return html.escape(shortened(visible(raw), length), quote=True)


def _add_node(graph: graphviz.Digraph, node: Node) -> None:
    look = LOOKS[node.kind]
    graph.node(
        node.id,
        label=node_label(node),
        tooltip=_tooltip(node.label, node.places),
        fillcolor=look.fill,
        color=look.line,
        fontcolor=look.text,
        penwidth=str(look.width),
        **_SHAPES[node.kind],
    )


def node_label(node: Node) -> str:
    """The name, what else is to say, and the findings, one below the other."""
    rows = [f"<B>{markup(node.label)}</B>"]
    if node.detail:
        rows.append(f'<FONT POINT-SIZE="{_SMALL}">{markup(node.detail)}</FONT>')
    cells = "".join(f"<TR><TD>{row}</TD></TR>" for row in rows) + _badge_rows(node.badges)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="1" CELLPADDING="1">{cells}</TABLE>>'


def badge_cells(badges: tuple[Badge, ...]) -> str:
    """A coloured cell per finding."""
    return "".join(_badge(b) for b in badges)


def _badge_rows(badges: tuple[Badge, ...]) -> str:
    return "".join(f"<TR>{_badge(b)}</TR>" for b in badges)


def _badge(badge: Badge) -> str:
    look = UNSURE if badge.unsure else BADGES[badge.severity]
    words = f"<B>{MARKS[badge.severity]} {markup(badge.text)}</B>"
    frame = f'BGCOLOR="{look.fill}" BORDER="1" STYLE="{"dashed" if badge.unsure else "solid"}" COLOR="{look.line}"'
    return f'<TD {frame}><FONT POINT-SIZE="{_SMALL}" COLOR="{look.text}">{words}</FONT></TD>'


def _add_link(graph: graphviz.Digraph, link: Link) -> None:
    attributes = {**_LINES[link.kind], "color": LINKS[link.kind], "fontcolor": LINKS[link.kind]}
    if label := link_label(link):
        attributes["label"] = label
    attributes["tooltip"] = attributes["labeltooltip"] = _tooltip(", ".join(link.labels) or link.kind.value, link.places)
    graph.edge(link.source, link.target, **attributes)


def link_label(link: Link) -> str:
    """What travels on the arrow, and the findings about it; empty if there is nothing to say."""
    rows = [markup(label) for label in link.labels[:_LABELS]]
    if len(link.labels) > _LABELS:
        rows.append(f"+{len(link.labels) - _LABELS} more")
    if link.guess:
        rows.append("<I>a guess</I>")
    cells = "".join(f'<TR><TD ALIGN="LEFT">{row}</TD></TR>' for row in rows) + _badge_rows(link.badges)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">{cells}</TABLE>>' if cells else ""


def _tooltip(title: str, places: tuple[str, ...]) -> str:
    """What an SVG shows under the pointer."""
    return _attribute(*(visible(line) for line in (title, *places)))


def _attribute(*lines: str) -> str:
    """Lines as one string; its type tells the library that it is no markup even if it looks so."""
    return cast("str", graphviz.nohtml("\\n".join(graphviz.escape(line) for line in lines)))


_ARROW_WORDS = {EdgeKind.COORDINATION: ("━━━▶", "waits for the answer"), EdgeKind.COLLABORATION: ("- - - &gt;", "does not wait")}
_SHAPE_WORDS = {
    NodeKind.CHANNEL: "rounded: channel",
    NodeKind.GROUP: "double frame: several services",
    NodeKind.EXTERNAL: "dashed frame: outside the scan",
    NodeKind.PRODUCT: "cylinder: product",
}


def _legend(picture: Picture) -> list[str]:
    """What needs explaining of what the picture really has: arrows and shapes, then the findings."""
    arrows = arrow_words({link.kind for link in picture.links})
    shapes = [words for kind, words in _SHAPE_WORDS.items() if any(node.kind is kind for node in picture.nodes)]
    words = "  ·  ".join([*arrows, *shapes])
    return [words, *badge_words(picture.badges)] if words else badge_words(picture.badges)


def arrow_words(kinds: set[EdgeKind]) -> list[str]:
    """The kinds of arrows, each with its meaning."""
    return [f'<FONT COLOR="{LINKS[k]}"><B>{_ARROW_WORDS[k][0]}</B></FONT> {_ARROW_WORDS[k][1]}' for k in _ARROW_WORDS if k in kinds]


def badge_words(badges: tuple[Badge, ...]) -> list[str]:
    """The findings with their names, a few to a row."""
    words = [f"<B>{MARKS[b.severity]} {markup(b.text)}</B> {markup(b.slug)}{' (cannot tell)' if b.unsure else ''}" for b in badges]
    return ["  ·  ".join(words[n : n + _PER_ROW]) for n in range(0, len(words), _PER_ROW)]


def render(report: Report) -> str:
    """The choreography of a scan."""
    return dot_source(summed(choreography(FlowGraph(report.flow), report.findings, report.root)))


REPORTER = Reporter("dot", "the choreography as Graphviz source", render)
