"""Pictures as mermaid source, for Markdown that is rendered where it is read. No layout happens here.

Thick solid arrows wait, dotted ones do not; shapes tell services, channels and what lies outside apart. Texts from the scanned
code are written as character references wherever mermaid, Markdown or HTML could read more into them.
"""

from __future__ import annotations

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import EdgeKind
from flowmap.model.picture import Badge, Link, Message, MessageKind, Node, NodeKind, Picture, Sequence
from flowmap.reporter_api import Report, Reporter
from flowmap.reporters.palette import LOOKS, MARKS
from flowmap.views.choreography import choreography
from flowmap.views.summing import summed
from flowmap.visible import shortened, visible

_PLAIN = frozenset(" _./,(){}-=!?'")
_SHAPES = {
    NodeKind.SERVICE: ('["', '"]'),
    NodeKind.GROUP: ('[["', '"]]'),
    NodeKind.EXTERNAL: ('[/"', '"/]'),
    NodeKind.PRODUCT: ('[("', '")]'),
    NodeKind.CHANNEL: ('(["', '"])'),
    NodeKind.ENDPOINT: ('["', '"]'),
    NodeKind.HANDLER: ('["', '"]'),
}
_ARROWS = {EdgeKind.COORDINATION: "==>", EdgeKind.COLLABORATION: "-.->"}
_LABEL = 60
_LABELS = 3
_BLANK = "#32;"
"""A label that shows nothing; mermaid refuses one that is nothing."""


def flowchart(picture: Picture) -> str:
    """A picture as a flowchart."""
    kinds = {NodeKind.SERVICE, NodeKind.CHANNEL, *(node.kind for node in picture.nodes)}
    lines = ["flowchart LR", *(f"  classDef {kind.name.lower()} {_style(kind)}" for kind in NodeKind if kind in kinds)]
    lines += ["  classDef finding fill:#ffffff,stroke:#5c5c5c,color:#262626"] if picture.badges else []
    for cluster in picture.clusters:
        lines.append(f'  subgraph {cluster.id}["{text(cluster.label) or _BLANK}"]')
        lines += [f"    {_node(node)}" for node in picture.nodes if node.cluster == cluster.id]
        lines.append("  end")
    lines += [f"  {_node(node)}" for node in picture.nodes if not node.cluster]
    lines += [f"  {_link(link)}" for link in picture.links]
    return "\n".join([*lines, *_legend(picture)]) + "\n"


def _style(kind: NodeKind) -> str:
    look = LOOKS[kind]
    dash = ",stroke-dasharray:5 4" if kind is NodeKind.EXTERNAL else ""
    return f"fill:{look.fill},stroke:{look.line},color:{look.text},stroke-width:{look.width}px{dash}"


def _node(node: Node) -> str:
    opening, closing = _SHAPES[node.kind]
    parts = [text(node.label) or _BLANK, text(node.detail), _badge_line(node.badges)]
    return f"{node.id}{opening}{'<br/>'.join(p for p in parts if p)}{closing}:::{node.kind.name.lower()}"


def _link(link: Link) -> str:
    labels = [text(label) for label in link.labels[:_LABELS]]
    more = [f"#43;{len(link.labels) - _LABELS} more"] if len(link.labels) > _LABELS else []
    parts = [*labels, *more, "(a guess)" if link.guess else "", _badge_line(link.badges)]
    label = "<br/>".join(p for p in parts if p)
    middle = f'|"{label}"|' if label else ""
    return f"{link.source} {_ARROWS[link.kind]}{middle} {link.target}"


def _legend(picture: Picture) -> list[str]:
    kinds = {link.kind for link in picture.links}
    if not kinds and not picture.badges:
        return []
    lines = ['  subgraph legend["legend"]']
    if EdgeKind.COORDINATION in kinds:
        lines += ['    legend_caller["caller"]:::service ==>|"waits for"| legend_callee["callee"]:::service']
    if EdgeKind.COLLABORATION in kinds:
        lines += ['    legend_publisher["publisher"]:::service -.->|"does not wait"| legend_channel(["channel"]):::channel']
    lines += [f'    legend_{b.code.lower()}["{_mark(b)} {text(b.slug)}{_doubt(b)}"]:::finding' for b in picture.badges]
    return [*lines, "  end"]


def _badge_line(badges: tuple[Badge, ...]) -> str:
    """The findings of one place in one line."""
    return " ".join(_mark(b) for b in badges)


def _mark(badge: Badge) -> str:
    return f"{MARKS[badge.severity]} {text(badge.text)}"


def _doubt(badge: Badge) -> str:
    return " (cannot tell)" if badge.unsure else ""


def text(raw: str) -> str:
    """A text that means nothing but itself inside a quoted label or a message."""
    shown = shortened(visible(raw), _LABEL).strip()
    return "".join(c if _harmless(shown, n) else f"#{ord(c)};" for n, c in enumerate(shown))


def _harmless(shown: str, at: int) -> bool:
    """Letters, digits and a few signs, where Markdown does not make a list, a rule or emphasis of them."""
    character, before, after = shown[at], shown[at - 1 : at], shown[at + 1 : at + 2]
    if character.isalnum():
        return True
    if character in "-=" and not before:
        return False
    if character == "." and after in ("", " "):
        return False
    if character == "_" and not (before.isalnum() and after.isalnum()):
        return False
    return character in _PLAIN


def sequence_diagram(sequence: Sequence) -> str:
    """A sequence as a sequence diagram. A box on a lifeline lasts as long as somebody waits for it."""
    lines = ["sequenceDiagram"]
    for party in sequence.participants:
        word = "participant" if party.kind is NodeKind.SERVICE else "actor"
        lines.append(
            f"  {word} {party.id} as {'<br/>'.join(filter(None, (text(party.label) or _BLANK, _badge_line(party.badges))))}"
        )
    ends: dict[int, list[str]] = {}
    for number, message in enumerate(sequence.messages):
        lines.append(f"  {_message(message)}")
        if message.kind is MessageKind.COORDINATION and message.until > number:
            lines.append(f"  activate {message.target}")
            ends.setdefault(message.until, []).append(message.target)
        lines += [f"  deactivate {target}" for target in reversed(ends.get(number, []))]
    lines += _remarks(sequence)
    return "\n".join(lines) + "\n"


def _message(message: Message) -> str:
    label = " ".join(filter(None, (text(message.label), _badge_line(message.badges)))) or _BLANK
    if message.kind is MessageKind.NOTE:
        return f"Note right of {message.source}: {label}"
    arrow = "->>" if message.kind is MessageKind.COORDINATION else "--)"
    return f"{message.source}{arrow}{message.target}: {label}"


def _remarks(sequence: Sequence) -> list[str]:
    if not sequence.participants:
        return []
    first, last = sequence.participants[0].id, sequence.participants[-1].id
    over = first if first == last else f"{first},{last}"
    codes = [f"{_mark(b)} {text(b.slug)}{_doubt(b)}" for b in sequence.badges]
    return [f"  Note over {over}: {'<br/>'.join(['solid arrow: waits · dotted arrow: does not wait', *codes])}"]


def render(report: Report) -> str:
    """The choreography of a scan."""
    return flowchart(summed(choreography(FlowGraph(report.flow), report.findings, report.root)))


REPORTER = Reporter("mermaid", "the choreography as a mermaid flowchart", render)
