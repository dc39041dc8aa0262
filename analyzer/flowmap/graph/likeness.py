"""Whether two names that differ were probably meant to be the same one, and by what they differ.

Names that are near as letters but far in meaning (`locked`, `unlocked`; `paid`, `said`; `task-1`, `task-2`) are different names.
"""

from __future__ import annotations

import re
from itertools import zip_longest

from flowmap.naming import is_known, words

_VERSION = re.compile(r"(?<![a-z0-9])v\d+(?![a-z0-9])")
_OPPOSITES = ("un", "re", "de", "dis", "in", "im", "non", "pre", "post", "sub")
_PREFIX = 2
"""Words that may stand in front of one of the names only."""


def difference(one: str, other: str) -> str | None:
    """By what two names differ, as the end of a sentence (`differ by ...`); None if they are the same or are not alike."""
    if one == other or _digits(one) != _digits(other):
        return None
    if _plain(one) == _plain(other):
        return "case" if one.lower() == other.lower() else "separators"
    first, second = words(one), words(other)
    if first == second:
        return "version" if first and _VERSION.search(f"{one} {other}".lower()) else None
    return _by_words(first, second) if first and second else None


def _digits(name: str) -> list[str]:
    """The numbers in a name that are no versions."""
    return re.findall(r"\d+", _VERSION.sub("", re.sub(r"[_.:/-]", " ", name.lower())))


def _plain(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum() or c in "{}")


def _by_words(first: list[str], second: list[str]) -> str | None:
    apart = [(a, b) for a, b in zip_longest(first, second, fillvalue="") if a != b]
    if len(first) == len(second):
        found = {_of_words(a, b) for a, b in apart}
        return found.pop() if len(found) == 1 and (len(apart) == 1 or found == {"spelling"}) else None
    short, long = sorted((first, second), key=len)
    front = long[: len(long) - len(short)]
    if long[-len(short) :] == short and len(front) <= _PREFIX and len(short) > 1:
        return f"the prefix `{' '.join(front)}`"
    return None


def _of_words(one: str, other: str) -> str | None:
    short, long = sorted((one, other), key=len)
    if long in (f"{short}s", f"{short}es") or (short.endswith("y") and long == f"{short[:-1]}ies"):
        return "plural"
    if _spelling(one) == _spelling(other):
        return "spelling"
    if len(short) >= 4 and _stem(short) == _stem(long):
        return "inflection"
    if (is_known(one) and is_known(other)) or any(long == f"{front}{short}" for front in _OPPOSITES):
        return None
    allowed = 2 if len(short) >= 9 else 1 if len(short) >= 5 else 0
    edits = _edits(one, other, allowed)
    return f"{'two letters' if edits == 2 else 'a letter'}" if edits <= allowed else None


def _spelling(word: str) -> str:
    """The word as Americans write it."""
    plain = re.sub(r"ll(ed|ing|ment)$", r"l\1", re.sub(r"is(e|ed|es|ing|ation)$", r"iz\1", word))
    return re.sub(r"our(ed|s|ing|ite)?$", r"or\1", plain).replace("fulfill", "fulfil").replace("catalogue", "catalog")


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "d", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)].removesuffix("e")
    return word


def _edits(one: str, other: str, most: int) -> int:
    """Letters to change, add, leave out or swap with their neighbour; more than `most` if there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return row[-1]
