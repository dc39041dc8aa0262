"""What is said where a file holds more than is read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.model.project import Diagnostic

if TYPE_CHECKING:
    from flowmap.model.location import Location


def cut(most: int, what: str, first: Location) -> Diagnostic:
    """There are more than `most`; `first` is where the first one stands that is left out."""
    return Diagnostic(f"more than {most:,} {what}; the rest, from here on, is not read", first)
