"""What a reporter is: a pure function from the report to a text or bytes. The CLI writes what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flowmap.model.flow import Report

__all__ = ["Report", "Reporter"]


@dataclass(frozen=True, slots=True)
class Reporter:
    """One output format; `name` is what `--format` and `-o NAME=FILE` take."""

    name: str
    description: str
    render: Callable[[Report], str | bytes]
