"""What a format is, a reporter being one of the report: a pure function to a text or bytes. The CLI writes what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flowmap.model.report import Report

__all__ = ["Format", "Report", "Reporter", "Terminal"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a text for people is for: columns, and whether colours are wanted."""

    width: int = 100
    colour: bool = False


@dataclass(frozen=True, slots=True)
class Format(Generic[T]):
    """One output format of something; `name` is what `--format` and `-o NAME=FILE` take. One for people has `show`, too: the same
    for a terminal that is known. One whose readers open its places (`opened`) gets them from the folder where flowmap runs, not
    from the scanned one."""

    name: str
    description: str
    render: Callable[[T], str | bytes]
    show: Callable[[T, Terminal], str] | None = None
    opened: bool = False


class Reporter(Format[Report]):
    """An output format of the report."""

    __slots__ = ()
