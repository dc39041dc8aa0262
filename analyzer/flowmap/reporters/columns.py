"""Names in columns of a known width: broken where a name has a joint and never inside a word if that can be helped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

_JOINT = re.compile(r"(?<=[._\-/:])")


def stacked(names: Iterable[str], width: int) -> str:
    """The names with commas, in lines of at most `width` columns; a name that is longer goes on in the next line."""
    lines = [""]
    listed = list(names)
    for number, name in enumerate(listed):
        comma = "," if number < len(listed) - 1 else ""
        joined = f"{lines[-1]} {name}{comma}".lstrip()
        if cell_len(joined) <= width:
            lines[-1] = joined
            continue
        pieces = broken(f"{name}{comma}", width)
        lines += pieces if lines[-1] else []
        lines = lines if lines != [""] else pieces
    return "\n".join(lines)


def broken(name: str, width: int) -> list[str]:
    """One name in lines: broken at a space, else behind a dot, dash, slash or the like, else anywhere."""
    lines = [""]
    for word in name.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines += _parts(word, width)
    return [line for line in lines if line] or [""]


def _parts(word: str, width: int) -> list[str]:
    lines = [""]
    for part in _JOINT.split(word):
        if cell_len(lines[-1] + part) <= width:
            lines[-1] += part
        else:
            lines += [part[n : n + width] for n in range(0, len(part), width)]
    return lines


def shares(wanted: Sequence[int], available: int, least: int = 8) -> list[int]:
    """Widths of columns: what each wants if there is room for all, else the widest give way first."""
    given = list(wanted)
    while sum(given) > available and max(given) > least:
        widest = max(given)
        below = max((g for g in given if g < widest), default=least)
        count = given.count(widest)
        spare = sum(given) - available
        new = max(below, least, widest - -(-spare // count))
        given = [new if g == widest else g for g in given]
    return given
