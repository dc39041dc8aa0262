"""Events and what they bring about: who announces what, who hears it, and what is announced because of that.

A reaction may take a call or a task in between; what counts is that one announcement follows from the other. Nothing here draws
or judges.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.interaction import Interaction, Kind, Role

MAX_WALK = 2000
"""Sites that are looked at behind one event."""
MAX_SEQUELS = 500
"""Events from which on the rest is followed."""
Key: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Announcement:
    """An event as one service announces it: the sites that publish it, and the subscriptions that receive it. `depth` is the
    number of events that lead to it, on the shortest way from the one that began."""

    service: str
    name: str
    sites: tuple[Interaction, ...]
    received: tuple[Interaction, ...]
    depth: int = 0

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.service, self.sites[0].transport, self.name

    @property
    def listeners(self) -> frozenset[str]:
        """The services that receive it."""
        return frozenset(s.service for s in self.received)


@dataclass(frozen=True, slots=True)
class Sequel:
    """All announcements that follow from one to which no other leads, in the order in which they are reached. `also` are others
    that bring about the same; `after` gives what each brings about, by their keys."""

    start: Announcement
    also: tuple[Announcement, ...]
    announcements: tuple[Announcement, ...]
    after: dict[Key, tuple[Key, ...]] = field(repr=False)

    @property
    def services(self) -> tuple[str, ...]:
        """Who announces or hears something, in order of appearance."""
        return tuple(dict.fromkeys(name for a in self.announcements for name in (a.service, *(s.service for s in a.received))))

    @property
    def sites(self) -> tuple[Interaction, ...]:
        """All sites that take part."""
        return tuple(s for a in self.announcements for s in (*a.sites, *a.received))

    def place(self, announcement: Announcement) -> int:
        """Where an announcement stands in the order."""
        return self.announcements.index(announcement)

    def before(self, announcement: Announcement) -> tuple[Announcement, ...]:
        """The announcements that lead to one, at however many removes; those that it leads to itself are not among them."""
        leading: dict[Key, list[Key]] = defaultdict(list)
        for key, following in self.after.items():
            for other in following:
                leading[other].append(key)
        behind = _reached(announcement.key, self.after)
        ahead = _reached(announcement.key, leading) - behind
        return tuple(a for a in self.announcements if a.key in ahead)

    def way_to(self, announcement: Announcement) -> tuple[Announcement, ...]:
        """A shortest way from the start to an announcement, both included."""
        way = [announcement]
        while way[0].depth:
            before = way[0].depth - 1
            way.insert(0, next(a for a in self.announcements if a.depth == before and way[0].key in self.after[a.key]))
        return tuple(way)

    def behind(self, announcement: Announcement) -> tuple[Announcement, ...]:
        """The announcements that follow from one, at however many removes."""
        found = _reached(announcement.key, self.after)
        return tuple(a for a in self.announcements if a.key in found)


def sequels(graph: FlowGraph) -> tuple[Sequel, ...]:
    """The sequel of every event that begins something, those that bring about the same taken together and those that bring about
    nothing last; circles that nothing leads into begin at their first announcement. Bounded in number."""
    known = {a.key: a for a in _announcements(graph)}
    after = {key: tuple(_following(graph, a, known)) for key, a in known.items()}
    led_to = {k for key, following in after.items() for k in following if k != key}
    found: dict[tuple[Key, ...], list[Sequel]] = defaultdict(list)
    met: set[Key] = set()
    for key in sorted(known, key=lambda k: (k in led_to, not after[k], k))[:MAX_SEQUELS]:
        if key not in led_to or key not in met:
            sequel = _sequel(known, after, key)
            met.update(a.key for a in sequel.announcements)
            behind = tuple(sorted(a.key for a in sequel.announcements[1:]))
            found[behind or (key,)].append(sequel)
    return tuple(replace(first, also=tuple(c.start for c in others)) for first, *others in found.values())


def _announcements(graph: FlowGraph) -> Iterator[Announcement]:
    groups: dict[Key, list[Interaction]] = defaultdict(list)
    for site in graph.role(Role.PUBLISH):
        name = site.event or site.channel
        if name is not None and site.kind is Kind.EVENT:
            groups[site.service, site.transport, name].append(site)
    for (service, _, name), sites in groups.items():
        received = dict.fromkeys(s for p in sites for s in graph.subscribers_of(p))
        yield Announcement(service, name, tuple(sites), tuple(received))


def _following(graph: FlowGraph, announcement: Announcement, known: Iterable[Key]) -> Iterator[Key]:
    """What the handlers of an event announce, themselves or through those whom they call and the tasks that they start."""
    there = set(known)
    waiting, seen = list(announcement.received), {s.id for s in announcement.received}
    found: dict[Key, None] = {}
    while waiting and len(seen) < MAX_WALK:
        for site in graph.triggered_by(waiting.pop(0)):
            key = (site.service, site.transport, site.event or site.channel or "")
            if site.role is Role.PUBLISH and site.kind is Kind.EVENT:
                found.update({key: None} if key in there else {})
                continue
            reached = graph.endpoints_of(site) if site.role is Role.CALL else graph.subscribers_of(site)
            waiting += [r for r in reached if r.id not in seen]
            seen.update(r.id for r in reached)
    yield from found


def _sequel(known: dict[Key, Announcement], after: dict[Key, tuple[Key, ...]], start: Key) -> Sequel:
    depths = {start: 0}
    waiting = [start]
    for key in waiting:
        for following in after[key]:
            if following not in depths:
                depths[following] = depths[key] + 1
                waiting.append(following)
    placed = [replace(known[key], depth=depth) for key, depth in depths.items()]
    return Sequel(placed[0], (), tuple(placed), {key: after[key] for key in depths})


def _reached(start: Key, links: dict[Key, tuple[Key, ...]] | dict[Key, list[Key]]) -> set[Key]:
    found: set[Key] = set()
    waiting = list(links.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += links.get(key, ())
    return found
