"""What becomes of messages that nobody can handle, as deployment files say it."""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.model.location import Location


@dataclass(frozen=True, slots=True)
class Disposal:
    """A queue or subscription that a deployment file makes, and whether it has an end there for messages that nobody can handle
    (`ends`): they go to a queue of their own, or are tried only so many times."""

    transport: str
    channel: str
    location: Location
    ends: bool
