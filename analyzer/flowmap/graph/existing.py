"""Which channels are there: what deployment files make and what brokers list, beside what the code says."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flowmap.graph.matching import FAMILIES, family
from flowmap.model.interaction import Interaction, Match
from flowmap.model.project import Existing

_ALIKE = 0.8
_MOST_COMPARED, _LONGEST = 2_000, 300
"""Names that are compared with one, and characters of each."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a channel: where it is made or listed, or else how many others of its transport are, and the one of these
    whose name is nearest, if it is near."""

    made: tuple[Existing, ...]
    others: int
    near: Existing | None = None


class Inventory:
    """The channels that are there, by transport and name."""

    def __init__(self, existing: Sequence[Existing]) -> None:
        self._existing = existing

    @cached_property
    def _known(self) -> dict[str, dict[str, list[Existing]]]:
        found: dict[str, dict[str, list[Existing]]] = defaultdict(dict)
        for one in self._existing:
            found[FAMILIES.get(one.transport, one.transport)].setdefault(one.channel, []).append(one)
        return found

    def standing(self, site: Interaction) -> Standing | None:
        """What is known of the channel of a site; None where nothing is known of its transport, or where the site names no channel
        but a pattern, a part of a name, or a key of an exchange."""
        known = self._known.get(family(site), {})
        name = site.channel or ""
        if not known or not name or "{}" in name or site.match is not Match.EXACT or site.exchange:
            return None
        if name in known:
            return Standing(tuple(known[name]), len(known) - 1)
        compared = [k for k in known if len(k) <= _LONGEST][:_MOST_COMPARED] if len(name) <= _LONGEST else []
        near = difflib.get_close_matches(name, compared, n=1, cutoff=_ALIKE)
        return Standing((), len(known), known[near[0]][0] if near else None)
