"""The neighbourhood of a difference as a mermaid flowchart: green is new, red and dashed is gone, orange is another thing, and what
breaks says so. Colour says nothing that a sign or a word does not say, too."""

from __future__ import annotations

from flowmap.model.difference import Difference, How
from flowmap.model.flow import EdgeKind
from flowmap.model.picture import NodeKind
from flowmap.reporters.mermaid import text
from flowmap.reporters.palette import LOOKS
from flowmap.views.neighbourhood import Neighbourhood, Spot, Way, neighbourhood

_SHAPES = {NodeKind.SERVICE: ('["', '"]'), NodeKind.EXTERNAL: ('[/"', '"/]'), NodeKind.CHANNEL: ('(["', '"])')}
_ARROWS = {EdgeKind.COORDINATION: "==>", EdgeKind.COLLABORATION: "-.->"}
_SIGNS = {How.ADDED: "#43; ", How.REMOVED: "#8722; ", How.CHANGED: "~ "}
_NODES = {
    How.ADDED: "fill:#dafbe1,stroke:#116329,color:#0b2b14,stroke-width:2px",
    How.REMOVED: "fill:#ffebe9,stroke:#a4161a,color:#3d0a0c,stroke-width:2px,stroke-dasharray:5 4",
}
_LINES = {
    How.ADDED: "stroke:#116329,stroke-width:3px",
    How.REMOVED: "stroke:#a4161a,stroke-width:2px,stroke-dasharray:6 4",
    How.CHANGED: "stroke:#9a4a00,stroke-width:3px",
}
_BREAKS = "stroke:#a4161a,stroke-width:4px"
_LABELS = 3


def picture(found: Difference) -> str:
    """The flowchart; nothing if there is nothing to draw."""
    near = neighbourhood(found)
    if not near.spots:
        return ""
    ids = {key: f"n{number}" for number, key in enumerate(near.spots, 1)}
    lines = ["flowchart LR", *_classes(near)]
    lines += [f"  {ids[key]}{_node(spot)}" for key, spot in near.spots.items()]
    lines += [f"  {ids[way.source]} {_link(way)} {ids[way.target]}" for way in near.ways]
    lines += [f"  linkStyle {number} {style}" for number, way in enumerate(near.ways) if (style := _style(way))]
    if near.left_out:
        lines.append(f'  more["and #43;{near.left_out} more, in the tables"]')
    return "\n".join(lines) + "\n"


def _classes(near: Neighbourhood) -> list[str]:
    kinds = [k for k in _SHAPES if any(s.kind is k and s.how not in _NODES for s in near.spots.values())]
    hows = [h for h in _NODES if any(s.how is h for s in near.spots.values())]
    looks = {k: LOOKS[k] for k in kinds}
    plain = [f"  classDef {k.name.lower()} fill:{o.fill},stroke:{o.line},color:{o.text}" for k, o in looks.items()]
    return [*plain, *(f"  classDef {h.value} {_NODES[h]}" for h in hows)]


def _node(spot: Spot) -> str:
    opening, closing = _SHAPES[spot.kind]
    sign = _SIGNS[spot.how] if spot.how is not None else ""
    label = f"{sign}{text(spot.label) or '#32;'}" + (f"<br/>{text(spot.detail)}" if spot.detail else "")
    return f"{opening}{label}{closing}:::{spot.how.value if spot.how in _NODES else spot.kind.name.lower()}"


def _link(way: Way) -> str:
    labels = [text(label) for label in way.labels[:_LABELS]]
    labels += [f"#43;{len(way.labels) - _LABELS} more"] if len(way.labels) > _LABELS else []
    sign = _SIGNS[way.how].strip() if way.how is not None else ""
    parts = [f"{way.breaks}{':' if labels else ''}" if way.breaks else "", sign, "<br/>".join(labels)]
    label = " ".join(p for p in parts if p)
    return f'{_ARROWS[way.kind]}|"{label}"|' if label else _ARROWS[way.kind]


def _style(way: Way) -> str:
    return _BREAKS if way.breaks else _LINES[way.how] if way.how is not None else ""
