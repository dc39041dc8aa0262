"""What gateways write about paths: patterns that take all that stands behind a fixed beginning, and addresses to pass on to."""

from __future__ import annotations

import re

_BEHIND = r"(?:\(/\|\$\)|\(\?:/\|\$\)|/\?)?(?:\(\.[*+]\??\)|\(\?:/\(\.\*\)\)\?|\(\?<\w+>\.\*\)|\(\?P<\w+>\.\*\)|\.\*)?"
_PATTERN = re.compile(rf"\^?(?P<start>(?:[\w/~%@:.-]|\\[./-])*){_BEHIND}\$?")
_REPLACEMENT = re.compile(r"([\w/~%@:.-]*)(?:\$\d|\$\{\w+\}|\$\w+|\\\d)?(?:\?\$args|\?)?")
_WORDS = re.compile(r"\((?:\?:)?(?P<words>[\w.-]+(?:\|[\w.-]+)+)\)(?![?*+{])")
_MOST_WORDS = 20
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.]*://)?(?P<host>[^/\s]+?)(?P<path>/\S*)?")


def fixed_start(pattern: str) -> str | None:
    """The text that a pattern's paths begin with, if all that follows it is free; None if the pattern says more than that."""
    match = _PATTERN.fullmatch(pattern)
    return match["start"].replace("\\", "") if match is not None and match["start"].startswith("/") else None


def spelled_out(pattern: str) -> list[str]:
    """A pattern once per alternative of a group of plain words in it (`^/api/(v1|v2)/`); itself if it has no such group."""
    match = _WORDS.search(pattern)
    if match is None:
        return [pattern]
    return [f"{pattern[: match.start()]}{word}{pattern[match.end() :]}" for word in match["words"].split("|")][:_MOST_WORDS]


def exchanged(pattern: str, replacement: str) -> tuple[str, str] | None:
    """The fixed beginning of paths and what a replacement puts in its place; None if it does anything else."""
    start = fixed_start(pattern)
    given = _REPLACEMENT.fullmatch(replacement)
    return (start, given[1] or "/") if start is not None and given is not None else None


def address(text: str) -> tuple[str, str]:
    """The `host[:port]` and the path of a URL, with or without its scheme; empty texts if it is none."""
    match = _ADDRESS.fullmatch(text)
    return (match["host"], match["path"] or "") if match is not None else ("", "")
