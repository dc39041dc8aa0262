"""Sites by how their names begin, so that not every publisher is compared with every subscriber.

Two names can only meet if the fixed text that the one begins with is the beginning of the other's, or the other way round; whether
they do is for `matching` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from flowmap.graph.matching import family, filled_from
from flowmap.model.interaction import Interaction, Match

_FIXED = re.compile(r"[^{*#>+?\[\\$]*")
"""The beginning of a name in which nothing stands for anything else, whatever the transport."""


class Ends:
    """Sites of one role or several, asked by what may be at their other end."""

    def __init__(self, sites: Iterable[Interaction]) -> None:
        self._sites = [s for s in sites if s.channel is not None]
        self._numbers: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, site in enumerate(self._sites):
            self._numbers[family(site)][_beginning(site)].append(number)
        self._sorted = {transport: sorted(found) for transport, found in self._numbers.items()}

    def near(self, site: Interaction) -> list[Interaction]:
        """Those that a site may meet, in the order in which they were given; all that it does meet are among them."""
        known = self._numbers.get(family(site))
        if known is None or site.channel is None:
            return []
        start = _beginning(site)
        found = [n for size in range(len(start)) for n in known.get(start[:size], ())]
        in_order = self._sorted[family(site)]
        for longer in in_order[bisect_left(in_order, start) :]:
            if not longer.startswith(start):
                break
            found += known[longer]
        return [self._sites[n] for n in sorted(found)]


def _beginning(site: Interaction) -> str:
    if site.match is Match.PREFIXED:
        return ""
    name = filled_from(site.channel or "") if site.match is Match.STOMP else site.channel or ""
    fixed = _FIXED.match(name) if site.match is not Match.REGEX else None
    return fixed.group() if fixed is not None else ""
