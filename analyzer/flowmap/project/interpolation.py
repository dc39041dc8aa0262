"""`$NAME` and `${NAME:-default}` in compose files, Dockerfiles, env files and shell words, replaced by the values that are known.

What shells do beyond that (`$(command)`, `${NAME%suffix}`, `$1`) is left in the text as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR = re.compile(r":?[-+?]")
_BRACE = re.compile(r"[{}]")
_DEEPEST = 20
_LONGEST = 5_000
"""Characters between the braces of a reference."""


@dataclass(frozen=True, slots=True)
class Interpolated:
    """The text with all known values in it; `missing` are the names without value or default, which stand as empty texts."""

    text: str
    missing: tuple[str, ...] = ()


def interpolate(text: str, variables: Mapping[str, str], depth: int = 0) -> Interpolated:
    """Replace all references in `text`; `$$` is a dollar sign."""
    if "$" not in text or depth > _DEEPEST:
        return Interpolated(text)
    done: list[str] = []
    missing: list[str] = []
    at = 0
    while (dollar := text.find("$", at)) >= 0:
        done.append(text[at:dollar])
        piece, at = _reference(text, dollar, variables, depth)
        done.append(piece.text)
        missing += piece.missing
    done.append(text[at:])
    return Interpolated("".join(done), tuple(missing))


def _reference(text: str, dollar: int, variables: Mapping[str, str], depth: int) -> tuple[Interpolated, int]:
    """What the reference at `dollar` stands for, and where the text goes on."""
    if text.startswith("$$", dollar):
        return Interpolated("$"), dollar + 2
    if plain := _NAME.match(text, dollar + 1):
        return _value(plain[0], "", "", variables, depth), plain.end()
    end = _closing(text, dollar + 2) if text.startswith("${", dollar) else -1
    name = _NAME.match(text, dollar + 2) if end >= 0 else None
    if name is None:
        return Interpolated("$"), dollar + 1
    operator = _OPERATOR.match(text, name.end(), end)
    rest = operator.end() if operator else name.end()
    if operator is None and rest != end:
        return Interpolated(text[dollar : end + 1]), end + 1
    return _value(name[0], operator[0] if operator else "", text[rest:end], variables, depth), end + 1


def _closing(text: str, start: int) -> int:
    """Where the brace that was opened before `start` is closed; -1 if nowhere near."""
    open_braces = 1
    for brace in _BRACE.finditer(text, start, start + _LONGEST):
        open_braces += 1 if brace[0] == "{" else -1
        if open_braces == 0:
            return brace.start()
        if open_braces > _DEEPEST:
            break
    return -1


def _value(name: str, operator: str, word: str, variables: Mapping[str, str], depth: int) -> Interpolated:
    value = variables.get(name)
    present = value is not None and (value != "" or not operator.startswith(":"))
    if operator.endswith("+"):
        return interpolate(word, variables, depth + 1) if present else Interpolated("")
    if present:
        return Interpolated(value or "")
    if operator.endswith("-"):
        return interpolate(word, variables, depth + 1)
    return Interpolated("", (name,))
