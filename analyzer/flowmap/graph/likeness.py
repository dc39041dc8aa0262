"""Whether two names that differ were probably meant to be the same one, and by what they differ.

Names that are near as letters but far in meaning (`locked`, `unlocked`; `paid`, `said`; `task-1`, `task-2`) are different names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from flowmap.naming import is_known, words

_VERSION = re.compile(r"(?<![a-z0-9])v\d+(?![a-z0-9])")
_OPPOSITES = ("un", "re", "de", "dis", "in", "im", "non", "pre", "post", "sub")
_PREFIX = 2
"""Words that may stand in front of one of the names only."""
LONGEST = 60
"""Letters of a word that is compared letter by letter."""


def difference(one: str, other: str) -> str | None:
    """By what two names differ, as the end of a sentence (`differ by ...`); None if they are the same or are not alike."""
    first, second = _parts(one), _parts(other)
    if one == other or first.digits != second.digits:
        return None
    if first.plain == second.plain:
        return "case" if one.lower() == other.lower() else "separators"
    if first.words == second.words:
        return "version" if first.words and _VERSION.search(f"{one} {other}".lower()) else None
    return _by_words(first.words, second.words) if first.words and second.words else None


def clues(name: str) -> frozenset[tuple[object, ...]]:
    """Two names that are alike have at least one of these in common, so that not every name has to be compared with every other."""
    parts = _parts(name)
    found: set[tuple[object, ...]] = {("plain", parts.plain), ("spelling", *map(_spelling, parts.words))}
    found.update(("words", *parts.words[front:]) for front in range(min(_PREFIX, len(parts.words) - 1) + 1))
    for place, word in enumerate(parts.words):
        others = (*parts.words[:place], *parts.words[place + 1 :])
        found.update({("begins", place, word[:2], *others), ("ends", place, word[-2:], *others)})
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name without case and separators, its words, and the numbers in it that are no versions."""

    plain: str
    words: tuple[str, ...]
    digits: tuple[str, ...]


@lru_cache(maxsize=8192)
def _parts(name: str) -> _Parts:
    plain = "".join(c for c in name.lower() if c.isalnum() or c in "{}")
    digits = re.findall(r"\d+", _VERSION.sub("", re.sub(r"[_.:/-]", " ", name.lower())))
    return _Parts(plain, tuple(words(name)), tuple(digits))


def _by_words(first: tuple[str, ...], second: tuple[str, ...]) -> str | None:
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
    allowed = 0 if len(short) < 5 or len(short) > LONGEST else 1 if len(short) < 9 else 2
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
