"""Where something stands in the scanned repository. Lines and columns count from 1, as editors show them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A range of whole lines in one file; `path` is relative to the scan root, with forward slashes."""

    path: str
    line: int
    end_line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One hop of a proof: a place, the function it lies in (empty at module level) and what happens there."""

    location: Location
    what: str
    function: str = ""
