"""Text from scanned code inside Markdown: no sign in it means anything."""

from __future__ import annotations

import re

from flowmap.visible import visible

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~!&$]")


def escaped(text: str) -> str:
    """The text as it stands there: on one line, no mark-up, no HTML, no mention of people or issues."""
    plain = _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", visible(text))
    return plain.replace("@", "&#64;").replace("://", "&#58;//")


def code(text: str) -> str:
    """The text in a code span; a cell of a table ends at no sign in it."""
    return f"<code>{escaped(text)}</code>"
