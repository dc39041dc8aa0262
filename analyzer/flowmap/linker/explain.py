"""What is said of one line of the scan, and how it came to be known: the sites on it are recognised once more, in views that
remember what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from flowmap import plugin_api as api
from flowmap.linker.asked import contexts, recognised
from flowmap.linker.binding import bindings
from flowmap.linker.derive import Tracer
from flowmap.linker.drafts import Asked
from flowmap.linker.knowledge import Knowledge, compile_knowledge
from flowmap.linker.mounts import Mount, mounts
from flowmap.linker.observed import Observed
from flowmap.linker.program import Program
from flowmap.linker.recognise import drafts_of, view_of
from flowmap.linker.sites import Site, find_sites, location_of
from flowmap.linker.unrecognised import calls_on
from flowmap.model.derivation import Derivation, Explanation
from flowmap.model.interaction import Interaction, Role
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Service
from flowmap.model.remedies import remedy

MAX_SERVICES = 8
"""Services for which the same line is followed."""
MAX_CONTEXTS = 12
"""Ways to reach one call, from the same line, that are traced."""
NEAREST = 3
"""Sites of the file that are named where a line has none."""
NO_STEPS = "found by the plugin's own code or declared in a deployment file: there are no steps to show"
NOTHING_SAID = "this call is looked at, and gives nothing: a condition of the pattern does not hold, or no destination is given"
STORED = "the destination stands in an object that is made here, stored, and sent later"


def explain(
    program: Program, plugins: tuple[api.Plugin, ...], interactions: tuple[Interaction, ...], spot: Location
) -> Explanation:
    """The explanation of a line; `interactions` are those of the whole program."""
    knowledge = compile_knowledge(plugins)
    seeing = [s for s in program.services if spot.path in program.files[s.name]]
    mine = {s.name: [i for i in interactions if i.service == s.name and _touches(i.location, i.via, spot)] for s in seeing}
    busy = [s for s in seeing if mine[s.name]][:MAX_SERVICES] or seeing[:1]
    served = frozenset(i.operation.partition(" ")[2] for i in interactions if i.role is Role.SERVE and i.operation)
    eyes = [_Eye(program, s, knowledge, plugins, served, mine[s.name]) for s in busy]
    every = [d for eye in eyes for d in eye.derivations(spot)]
    found = list(_together([d for d in every if d.remark != NOTHING_SAID] or every))
    near = sorted((i for i in interactions if i.location.path == spot.path), key=lambda i: abs(i.location.line - spot.line))
    return Explanation(
        spot,
        tuple(s.name for s in seeing),
        tuple(found),
        calls_on(eyes[0].view, spot) if eyes and not found else (),
        tuple(dict.fromkeys((f"{i.role.value} {i.transport}", i.location) for i in near))[:NEAREST],
    )


def _touches(location: Location, via: tuple[Evidence, ...], spot: Location) -> bool:
    """Whether a site is decided on the line, or its way down to the library leads over it."""
    return any(_covers(place, spot) for place in (location, *(hop.location for hop in via)))


def _covers(place: Location, spot: Location) -> bool:
    return place.path == spot.path and place.line <= spot.line <= place.end_line


def _together(found: Iterable[Derivation]) -> Iterator[Derivation]:
    """The derivations, those that differ in nothing but the service as one."""
    groups: dict[object, list[Derivation]] = {}
    for one in found:
        said = tuple((i.role, i.channel, i.exchange, i.event, i.operation, i.target, i.unresolved) for i in one.interactions)
        groups.setdefault((one.location, one.via, one.plugin, one.contexts, said, one.remark, one.remedies), []).append(one)
    for group in groups.values():
        yield replace(group[0], services=tuple(dict.fromkeys(s for d in group for s in d.services)))


@dataclass(frozen=True, slots=True)
class _Way:
    """From where something is decided down to the library call; `role` is None for what only binds a queue."""

    location: Location
    via: tuple[Evidence, ...]
    asked: Asked | None
    role: str | None = None

    @property
    def end(self) -> tuple[Location, tuple[Evidence, ...], str | None]:
        return self.location, self.via, self.role


class _Eye:
    """One service's sight of the program, with its interactions on the line (`own`) and the paths that the scan serves."""

    def __init__(
        self,
        program: Program,
        service: Service,
        knowledge: Knowledge,
        plugins: tuple[api.Plugin, ...],
        served: frozenset[str],
        own: list[Interaction],
    ) -> None:
        self.service = service
        self.view = view_of(Observed, program, service, knowledge)
        self._sources = {f.path: f.content for f in program.project.files}
        self._plugins = plugins
        self._served = served
        self._left = own

    def derivations(self, spot: Location) -> Iterator[Derivation]:
        """What the service has on the line."""
        places = {i.via[-1].location if i.via else i.location for i in self._left}
        for site in find_sites(self.view, self._plugins, {spot.path, *(p.path for p in places)}):
            here = location_of(self.view, site.caller)
            if here in places or _covers(here, spot):
                self.view.ask(here.path, here.line)
                yield from self._of_site(site, here, spot)
        groups: dict[object, list[Interaction]] = {}
        for one in self._left:
            groups.setdefault((one.role, one.location, one.via), []).append(one)
        for own in groups.values():
            first = own[0]
            yield Derivation((self.service.name,), tuple(own), first.location, first.via, first.plugin, remark=NO_STEPS)

    def _of_site(self, site: Site, here: Location, spot: Location) -> Iterator[Derivation]:
        """One derivation for each way from where something is decided down to the call."""
        groups: dict[object, list[_Way]] = {}
        for way in self._ways(site):
            if _touches(way.location, way.via, spot):
                groups.setdefault(way.end, []).append(way)
        for group in groups.values():
            location, via, role = group[0].end
            own = [i for i in self._left if (i.location, i.via) == (location, via) and role in (None, i.role.value)]
            self._left = [i for i in self._left if i not in own]
            if own or role is None:
                yield self._derivation(site, group, tuple(own))
        if not groups and _covers(here, spot) and not isinstance(site.pattern, api.Mounts):
            yield Derivation((self.service.name,), (), here, (), site.plugin.name, remark=NOTHING_SAID)

    @cached_property
    def _table(self) -> list[Mount]:
        """The mounts of the view, found by themselves: the rest of its sites is of no use here."""
        only = [replace(p, patterns=tuple(x for x in p.patterns if isinstance(x, api.Mounts))) for p in self._plugins]
        return mounts(self.view, find_sites(self.view, tuple(p for p in only if p.patterns)))

    def _ways(self, site: Site) -> Iterator[_Way]:
        """All ways that lead to the call; under which prefixes a router is mounted is no question here."""
        if isinstance(site.pattern, api.Binds):
            for where in (b.where for b in bindings(self.view, site)):
                yield _Way(where["location"], where["via"], where["asked"])
        for draft in drafts_of(self.view, site, [], self._served):
            yield _Way(draft.location, draft.via, draft.asked, draft.role.value)

    def _derivation(self, site: Site, group: list[_Way], own: tuple[Interaction, ...]) -> Derivation:
        tracer, first = Tracer(self.view, self.service, self._sources), group[0]
        ways = list(dict.fromkeys(w.asked for w in group if w.asked is not None))[:MAX_CONTEXTS]
        return Derivation(
            (self.service.name,),
            own,
            first.location,
            first.via,
            site.plugin.name,
            recognised(self.view, site, ways[0]) if ways else "",
            tuple(dict.fromkeys(c for a in ways for c in contexts(tracer, site, a, lambda: self._table))),
            STORED if any(a.caller != site.caller for a in ways) else "",
            tuple(dict.fromkeys(remedy(i.unresolved, self.service) for i in own if i.unresolved)),
        )
