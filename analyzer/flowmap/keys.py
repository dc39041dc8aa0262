"""Where a key stands in a TOML file, which the parser does not tell, and how people write it."""

from __future__ import annotations

import re
from typing import TypeAlias

Place: TypeAlias = tuple[str | int, ...]
"""The names of tables and keys from the outside in, and the numbers of what stands in a list."""

_HEADER = re.compile(r"^\s*\[(\[)?\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def spelled(place: Place) -> str:
    """A key as people write it."""
    return ".".join(f"[{part}]" if isinstance(part, int) else part for part in place).replace(".[", "[")


def _parts(dotted: str) -> Place:
    return tuple(p.strip().strip("\"'").replace("_", "-") for p in dotted.split("."))


def line_of(text: str, place: Place) -> int:
    """The line on which a key stands, or the nearest table around it."""
    wanted = tuple(p.replace("_", "-") if isinstance(p, str) else p for p in place)
    table: Place = ()
    counts: dict[Place, int] = {}
    best, length = 1, 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1]:
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            here = table
        elif key := _KEY.match(line):
            here = (*table, *_parts(key[1]))
        else:
            continue
        if len(here) > length and wanted[: len(here)] == here:
            best, length = number, len(here)
    return best
