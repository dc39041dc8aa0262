"""Whether a regular expression of scanned code can be tried at all: on names that are chosen so, some take very long."""

from __future__ import annotations

MOST_REPEATS = 4
"""Pieces of a pattern that may stand for any length: each multiplies the time by the length of the name."""
LONGEST_PATTERN, LONGEST_NAME = 500, 500


def is_quick(pattern: str, name: str) -> bool:
    """Whether matching takes no long time: nothing that repeats is made of what repeats or branches, and little repeats at all."""
    if len(pattern) > LONGEST_PATTERN or len(name) > LONGEST_NAME:
        return False
    repeats, place = 0, 0
    open_groups = [False]  # for each group around a place whether something in it repeats or branches
    inner = False  # whether the piece before the place is a group in which something does
    while place < len(pattern):
        sign = pattern[place]
        if sign in "*+{":
            repeats += 1
            if inner or repeats > MOST_REPEATS:
                return False
            open_groups[-1] = True
        elif sign == "|":
            open_groups[-1] = True
        elif sign == "(":
            open_groups.append(False)
        inner = sign == ")" and open_groups[-1]
        if sign == ")" and len(open_groups) > 1:
            open_groups.pop()
            open_groups[-1] |= inner
        place = _behind(pattern, place)
    return True


def _behind(pattern: str, place: int) -> int:
    """The place behind a character, what a backslash stands before, or a set."""
    if pattern[place] == "\\":
        return place + 2
    if pattern[place] == "[":
        end = pattern.find("]", place + 2)
        return end + 1 if end > 0 else len(pattern)
    return place + 1
