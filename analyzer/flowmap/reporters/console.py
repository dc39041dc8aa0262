"""Renderables to text, for a terminal that is described and never asked. Whoever prints knows the terminal; nobody here does."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.text import Text

from flowmap.model.flow import Severity
from flowmap.model.interaction import OUTSIDE
from flowmap.reporter_api import Terminal
from flowmap.visible import shortened, visible

BOLD, DIM, WAIT, REACT, NAME = "bold", "dim", "bold blue", "magenta", "bold"
SEVERITIES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.ADVICE: "bold cyan"}
_LONGEST = 800
"""Letters of one text that are shown: more is no name that anybody reads."""
_ASCII = str.maketrans(
    {"→": "->", "⇒": "=>", "·": "-", "…": "...", "│": "|", "├": "+", "└": "+", "─": "-", "■": "#", "▲": "!", "●": "*"}
)


def printed(parts: Iterable[RenderableType], terminal: Terminal) -> str:
    """The parts one below the other; a bare text is one line that is never broken, an empty one a blank line.

    The sixteen colours of the terminal's own theme are used, so that any ground will do.
    """
    out = io.StringIO()
    console = Console(
        file=out,
        width=terminal.width,
        force_terminal=terminal.colour,
        color_system="standard" if terminal.colour else None,
        no_color=not terminal.colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


def plain_ascii(text: str) -> str:
    """The text for a terminal that has no more than ASCII: the signs in like ones."""
    return text.translate(_ASCII)


def said(raw: str, style: str = "") -> Text:
    """A text from scanned code, which steers nothing."""
    return Text(visible(raw), style=style)


def party(name: str) -> str:
    """The name of a service, or of somebody outside the scan, who is marked as such."""
    return f"{name.removeprefix(OUTSIDE)} (outside)" if name.startswith(OUTSIDE) else name


def line(*parts: str | Text | tuple[str, str]) -> Text:
    """A line of texts, of texts with a style, and of ready parts; every bare text is made visible."""
    whole = Text()
    for part in parts:
        if isinstance(part, Text):
            whole.append_text(part)
        elif isinstance(part, tuple):
            whole.append(shortened(visible(part[0]), _LONGEST), style=part[1])
        else:
            whole.append(shortened(visible(part), _LONGEST))
    return whole
