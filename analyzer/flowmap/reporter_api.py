"""What a reporter is: a pure function from the report to a text or bytes. The CLI writes what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flowmap.model.report import Report

__all__ = ["Report", "Reporter", "Terminal"]


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a text for people is for: columns, and whether colours are wanted."""

    width: int = 100
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Reporter:
    """One output format; `name` is what `--format` and `-o NAME=FILE` take. One for people has `show`, too: the same for a terminal
    that is known. One whose readers open its places (`opened`) gets them from the folder where flowmap runs, not from the
    scanned one."""

    name: str
    description: str
    render: Callable[[Report], str | bytes]
    show: Callable[[Report, Terminal], str] | None = None
    opened: bool = False
