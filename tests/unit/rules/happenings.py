"""Workflows over events, in a line of text each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from flowmap.model.interaction import Interaction
from flows import publish, subscribe


def workflow(*lines: str, transport: str = "kafka") -> list[Interaction]:
    """The sites of lines like `b: x -> y z`: the service `b` reacts to `x` with `y` and `z`; with nothing before the arrow it
    begins with them, with nothing behind it only listens."""
    heard: dict[str, dict[str, Interaction]] = defaultdict(dict)
    told: dict[tuple[str, str], Interaction] = {}
    for number, line in enumerate(lines, 1):
        service, _, rest = line.rpartition(": ")
        before, _, after = rest.partition("->")
        for name in before.split():
            heard[service].setdefault(name, subscribe(service, name, transport=transport, line=number))
        causes = [heard[service][name].id for name in before.split()]
        for name in after.split():
            site = told.get((service, name), publish(service, name, transport=transport, line=number))
            told[service, name] = replace(site, triggers=(*site.triggers, *causes))
    return [*(s for sites in heard.values() for s in sites.values()), *told.values()]
