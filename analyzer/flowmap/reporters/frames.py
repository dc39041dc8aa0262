"""Source lines around a place, with a mark under what is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text

from flowmap.model.location import Location
from flowmap.visible import visible

_LINES = 3
_TAB = 4
_COMMENT = re.compile(r"\s{2,}#.*$")


def frame(location: Location, sources: Mapping[str, bytes], style: str) -> list[Text]:
    """The first lines of a place and a mark; nothing if the source is not at hand. Lines longer than the paper are cut."""
    lines = re.split(r"\r\n|\r|\n", sources.get(location.path, b"").decode("utf-8-sig", "replace"))
    if not 1 <= location.line <= len(lines) or location.path not in sources:
        return []
    last = min(location.end_line, location.line + _LINES - 1, len(lines))
    shown = [(n, _shown(lines[n - 1]).rstrip()) for n in range(location.line, last + 1)]
    indent = min((len(text) - len(text.lstrip()) for _, text in shown if text.strip()), default=0)
    gutter = len(str(last))
    first = lines[location.line - 1]
    found: list[Text] = []
    for number, text in shown:
        found.append(_row(f"{number:>{gutter}}", text[indent:]))
        if number == location.line:
            found.append(_mark(" " * gutter, text[indent:], len(_shown(first[: location.column - 1])) - indent, style))
    if location.end_line > last:
        found.append(_row(" " * gutter, "…"))
    return found


def _shown(text: str) -> str:
    return visible(text.expandtabs(_TAB))


def _row(gutter: str, text: str) -> Text:
    return Text(f"{gutter} │ ", style="dim", no_wrap=True, overflow="ellipsis").append(text, style="not dim")


def _mark(gutter: str, text: str, column: int, style: str) -> Text:
    """A line of carets below what is meant: from the column to the end of the line or to the comment that ends it."""
    start = min(max(column, len(text) - len(text.lstrip())), max(len(text) - 1, 0))
    before, below = cell_len(text[:start]), max(cell_len(_COMMENT.sub("", text[start:])), 1)
    return Text(f"{gutter} │ {' ' * before}", style="dim", no_wrap=True, overflow="crop").append(
        "^" * below, style=f"not dim {style}"
    )
