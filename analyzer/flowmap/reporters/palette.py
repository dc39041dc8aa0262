"""The colours and signs that all pictures share. Colour never carries a meaning alone: shapes, line styles and words do.

Text on its ground has a contrast of at least 7:1, lines on white of at least 4.5:1; blue and orange stay apart for all common
forms of colour blindness.
"""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.model.flow import EdgeKind, Severity
from flowmap.model.picture import NodeKind


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a ground, its border and the text on it; the width of the border in points."""

    fill: str
    line: str
    text: str
    width: float = 1.2


LOOKS = {
    NodeKind.SERVICE: Look("#e3eefa", "#1b4f8a", "#0b2545", 1.6),
    NodeKind.GROUP: Look("#d3e3f5", "#1b4f8a", "#0b2545", 2.2),
    NodeKind.EXTERNAL: Look("#f4f4f4", "#5c5c5c", "#262626"),
    NodeKind.PRODUCT: Look("#efe9f7", "#5b3e96", "#2d1a55"),
    NodeKind.CHANNEL: Look("#fff3d6", "#8a5300", "#3d2600"),
    NodeKind.ENDPOINT: Look("#e3eefa", "#1b4f8a", "#0b2545"),
    NodeKind.HANDLER: Look("#e3eefa", "#1b4f8a", "#0b2545"),
}
LINKS = {EdgeKind.COORDINATION: "#1b4f8a", EdgeKind.COLLABORATION: "#9a4a00"}
BADGES = {
    Severity.ERROR: Look("#a4161a", "#a4161a", "#ffffff"),
    Severity.WARNING: Look("#ffd166", "#8a5300", "#1f1300"),
    Severity.ADVICE: Look("#dfe7ef", "#47586b", "#15202b"),
}
UNSURE = Look("#ffffff", "#5c5c5c", "#262626")
"""Of a finding that a blind spot may refute."""
MARKS = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.ADVICE: "●"}
"""A sign per severity that every common font has."""
