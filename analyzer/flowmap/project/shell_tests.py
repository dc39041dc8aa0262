"""`[ ... ]`, `[[ ... ]]` and `test` over words that are known, and the variables that commands print."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

_VARIABLE = re.compile(r"\^?([A-Za-z_]\w*)=")
_NUMBERS: Mapping[str, Callable[[int, int], bool]] = {
    "-eq": operator.eq,
    "-ne": operator.ne,
    "-gt": operator.gt,
    "-ge": operator.ge,
    "-lt": operator.lt,
    "-le": operator.le,
}


def holds(words: tuple[str | None, ...]) -> bool | None:
    """Whether a test succeeds; None if that hangs on a word that is not known (None), or on files."""
    globs = words[:1] == ("[[",)
    inner = [w for w in words[1:] if w not in {"]", "]]"}]
    return _either(inner, globs=globs)


def _either(words: list[str | None], *, globs: bool) -> bool | None:
    for separators, ends in (({"||", "-o"}, True), ({"&&", "-a"}, False)):
        at = next((n for n, w in enumerate(words) if w in separators), -1)
        if at >= 0:
            sides = (_either(words[:at], globs=globs), _either(words[at + 1 :], globs=globs))
            return ends if ends in sides else None if None in sides else not ends
    if words[:1] == ["!"]:
        inner = _either(words[1:], globs=globs)
        return None if inner is None else not inner
    return _one(words, globs=globs)


def _one(words: list[str | None], *, globs: bool) -> bool | None:
    match words:
        case [] | [""]:
            return False
        case ["-z", str() as text]:
            return text == ""
        case ["-n", str() as text]:
            return text != ""
        case [str() as text] if not text.startswith("-"):
            return True
        case [str() as one, "=" | "==" | "!=" as sign, str() as other]:
            same = fnmatchcase(one, other) if globs else one == other
            return same is (sign != "!=")
        case [str() as one, str() as sign, str() as other] if sign in _NUMBERS and one.isdigit() and other.isdigit():
            return _NUMBERS[sign](int(one), int(other))
        case _:
            return None


def printed_variable(words: list[str]) -> str:
    """What stands behind the `$` for a `$(command)` that prints a variable, or looks one up in a file of variables; else empty."""
    if words[:1] == ["grep"]:
        return next((f"{{{match[1]}}}" for w in words if (match := _VARIABLE.match(w))), "")
    return f"{{{words[1]}}}" if words[:1] == ["printenv"] and len(words) > 1 and words[1].isidentifier() else ""
