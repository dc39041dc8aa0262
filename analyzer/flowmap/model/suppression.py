"""What a team has decided to live with: findings of some rules at some place, and where that is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.location import Location


class How(StrEnum):
    """Where a suppression is written: in a comment, or in the configuration."""

    INLINE = "inline"
    CONFIGURATION = "configuration"


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that are set apart. `rules` are codes, beginnings of codes or slugs as they are written, none for all rules.

    A comment means the findings that have its line among their evidence, and needs no reason. What the configuration writes
    always has one, and means the findings that meet each of its conditions: one of their `services`, what they are about
    (`subjects`), and the path of the place where they are reported, each as globs; a condition that is empty is met.
    """

    how: How
    location: Location
    rules: tuple[str, ...]
    reason: str = ""
    services: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unused:
    """A name of a rule in a suppression (empty: all rules) that no finding needs; `known` if there is such a rule."""

    suppression: Suppression
    rule: str
    known: bool = True
