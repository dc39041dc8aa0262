"""Sequences as DOT with every position fixed, so that the one drawing engine serves for them too.

Columns are as wide as the texts between them need, estimated; rows have one height. The engine is `neato`, which leaves pinned
nodes alone.
"""

from __future__ import annotations

import graphviz  # type: ignore[import-untyped]

from flowmap.model.flow import EdgeKind
from flowmap.model.picture import Message, MessageKind, Node, NodeKind, Sequence
from flowmap.reporters.dot import arrow_words, badge_cells, badge_words, markup, new_graph, node_label
from flowmap.reporters.palette import LINKS, LOOKS

ENGINE = "neato"
_LETTER = 5.6
"""Points that a letter of the message font takes at most, on average."""
_ROW = 34
_NARROW = 110
_BAR = 7
"""Half the width of a bar; bars that stand on one another are shifted by it."""
_HEAD = 62
"""Points from the middle of the participants' boxes down to the first row."""
_LABEL = 56
_SHAPES = {NodeKind.EXTERNAL: ("box", "filled,dashed"), NodeKind.PRODUCT: ("cylinder", "filled")}
_LINES = {
    MessageKind.COORDINATION: (EdgeKind.COORDINATION, "solid", "normal", "2.2"),
    MessageKind.COLLABORATION: (EdgeKind.COLLABORATION, "dashed", "vee", "1.3"),
}


def sequence_source(sequence: Sequence) -> str:
    """A sequence as DOT for the engine `neato`."""
    graph = new_graph(sequence.title, _legend(sequence))
    graph.attr("graph", splines="line", outputorder="edgesfirst", inputscale="72", layout=ENGINE)
    columns = _columns(sequence)
    bottom = _y(len(sequence.messages))
    for party in sequence.participants:
        _lifeline(graph, party, columns[party.id], bottom)
    _bars(graph, sequence, columns)
    for number, message in enumerate(sequence.messages):
        _row(graph, message, number, columns)
    return str(graph.source)


def _width(text: str) -> float:
    return min(len(text), _LABEL) * _LETTER


def _columns(sequence: Sequence) -> dict[str, float]:
    """The middle of each lifeline, in points from the left."""
    order = [p.id for p in sequence.participants]
    gap = {p.id: max(_NARROW, _width(p.label) * 1.3 + 40) for p in sequence.participants}
    for message in sequence.messages:
        left, right = sorted((order.index(message.source), order.index(message.target)))
        room = _width(message.label) + 46 + 30 * len(message.badges)
        if right == left:
            gap[order[left]] = max(gap[order[left]], room + 20)
        elif (have := sum(gap[name] for name in order[left:right])) < room:
            for name in order[left:right]:
                gap[name] += (room - have) / (right - left)
    return {name: sum(gap[before] for before in order[:n]) for n, name in enumerate(order)}


def _y(row: float) -> float:
    return -_HEAD - _ROW * row


def _point(graph: graphviz.Digraph, name: str, x: float, y: float) -> str:
    graph.node(name, label="", shape="point", width="0.01", height="0.01", style="invis", pos=f"{x:.1f},{y:.1f}!")
    return name


def _lifeline(graph: graphviz.Digraph, party: Node, x: float, bottom: float) -> None:
    look = LOOKS[party.kind]
    shape, style = _SHAPES.get(party.kind, ("box", "filled"))
    graph.node(
        party.id,
        label=node_label(party),
        shape=shape,
        style=style,
        fillcolor=look.fill,
        color=look.line,
        fontcolor=look.text,
        penwidth=str(look.width),
        pos=f"{x:.1f},0!",
    )
    end = _point(graph, f"{party.id}_end", x, bottom)
    graph.edge(party.id, end, arrowhead="none", color="#9aa5b1", style="dotted", penwidth="1")


def _bars(graph: graphviz.Digraph, sequence: Sequence, columns: dict[str, float]) -> None:
    """A bar on the callee's lifeline for as long as its caller waits."""
    for number, message in enumerate(sequence.messages):
        if message.kind is not MessageKind.COORDINATION:
            continue
        top, bottom = _y(number), _y(message.until) - _ROW * 0.45
        x = columns[message.target] + _BAR * _depth(sequence, number)
        graph.node(
            f"bar_{number}",
            label="",
            shape="box",
            style="filled",
            fillcolor="#cfe0f3",
            color=LINKS[EdgeKind.COORDINATION],
            fixedsize="true",
            width=f"{2 * _BAR / 72:.3f}",
            height=f"{(top - bottom) / 72:.3f}",
            pos=f"{x:.1f},{(top + bottom) / 2:.1f}!",
        )


def _depth(sequence: Sequence, number: int) -> int:
    """How many bars stand on the same lifeline already when one begins."""
    earlier = sequence.messages[:number]
    target = sequence.messages[number].target
    return sum(m.kind is MessageKind.COORDINATION and m.target == target and m.until >= number for m in earlier)


def _row(graph: graphviz.Digraph, message: Message, number: int, columns: dict[str, float]) -> None:
    left, right, y = columns[message.source], columns[message.target], _y(number)
    label = _label(message)
    if message.kind is MessageKind.NOTE:
        middle = left + 24 + _room(message) / 2
        look = {"shape": "note", "style": "filled", "fillcolor": "#fffbe6", "color": "#8a8a8a", "fontsize": "10"}
        graph.node(f"note_{number}", label, pos=f"{middle:.1f},{y:.1f}!", margin="0.12,0.02", **look)
        return
    kind, style, head, width = _LINES[message.kind]
    line = {"style": style, "penwidth": width, "color": LINKS[kind], "arrowsize": "0.8"}
    if left == right:
        right = left + 30
        corner = _point(graph, f"out_{number}", right, y), _point(graph, f"back_{number}", right, y - 12)
        graph.edge(_point(graph, f"from_{number}", left, y), corner[0], arrowhead="none", **line)
        graph.edge(*corner, arrowhead="none", **line)
        graph.edge(corner[1], _point(graph, f"to_{number}", left + _BAR, y - 12), arrowhead=head, **line)
        middle = right + 12 + _room(message) / 2
    else:
        side = _BAR if right < left else -_BAR
        inset = side if message.kind is MessageKind.COORDINATION else 0
        start, end = _point(graph, f"from_{number}", left, y), _point(graph, f"to_{number}", right + inset, y)
        graph.edge(start, end, arrowhead=head, **line)
        middle, y = (left + right) / 2, y + 10
    graph.node(f"label_{number}", label, shape="plain", fontsize="10", fontcolor=LINKS[kind], pos=f"{middle:.1f},{y:.1f}!")


def _room(message: Message) -> float:
    return _width(message.label) + 30 * len(message.badges)


def _label(message: Message) -> str:
    cells = f"<TD>{markup(message.label, _LABEL)}</TD>" if message.label else ""
    cells += badge_cells(message.badges)
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="3" CELLPADDING="0"><TR>{cells or "<TD></TD>"}</TR></TABLE>>'


def _legend(sequence: Sequence) -> list[str]:
    kinds = {_LINES[m.kind][0] for m in sequence.messages if m.kind in _LINES}
    words = "  ·  ".join(arrow_words(kinds))
    return [*([words] if words else []), *badge_words(sequence.badges)]
