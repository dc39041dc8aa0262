"""Code that several services have: what it does is done by those that come to it, where the scan can tell.

A service has all modules that it imports, and of a shared module it may use one function of twenty. A site in shared code that
nothing of its own leads to is another's, if there is another that something leads to it from; and where nothing at all leads to
it, another's in whose code something does, even if nobody is seen to start that; nobody's, if nothing so much as names the
method in which it stands, and the service comes to others of its class. A service that would be left with nothing keeps the sites
whose destination nobody can tell. Shared are the files outside a service's own folder; where several services are started from one
folder, those that more than one of them has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from flowmap.linker.around_requests import around_requests
from flowmap.linker.branches import untaken
from flowmap.linker.commands import is_started
from flowmap.linker.contexts import frame_scope
from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.listed import Listed
from flowmap.linker.reach import is_led_to, starts_above
from flowmap.linker.units import ScopeRef
from flowmap.linker.view import View
from flowmap.model.interaction import Handler, Role
from flowmap.model.location import Location
from flowmap.model.project import Service

Deed = tuple[Role, str, Location, str | None, str]
"""What is done at a place: the same line may publish other things for another service."""


def common_files(services: Iterable[Service], files: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Service -> those of its files that others started from the same folder have too; without the file that it starts with, unless
    others start with that as well."""
    by_root: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        by_root[service.root].append(service)
    found: dict[str, frozenset[str]] = {}
    for together in by_root.values():
        for service in together:
            others = frozenset[str]().union(*(files[s.name] for s in together if s is not service))
            own = {service.entry} - {s.entry for s in together if s is not service}
            found[service.name] = (files[service.name] & others) - own if service.entry else frozenset()
    return found


class Standing(Protocol):
    """Anything that stands in a function: a draft, an effect."""

    @property
    def location(self) -> Location: ...

    @property
    def scope(self) -> ScopeRef: ...

    @property
    def handler(self) -> Handler | None: ...


D = TypeVar("D", bound=Standing)


@dataclass(frozen=True, slots=True)
class Reach:
    """What leads to the sites of a service. `common` are the files that it has in common with others of its folder."""

    service: Service
    view: View
    common: frozenset[str] = frozenset()

    def is_lent(self, path: str) -> bool:
        """Whether the service shares a file with others."""
        root = self.service.root
        outside = root not in {".", ""} and not path.startswith(f"{root}/") and path != self.service.entry
        return outside or path in self.common

    def coming_to(self, drafts: Iterable[D], handlers: frozenset[str], others: frozenset[str] = frozenset()) -> list[D]:
        """Those to whose sites something of the service's own (also a collection that it puts functions into), something that runs
        on import, or a handler leads: one of `handlers`, or of a subscription that it comes to itself. Who hands one of these or of
        `others`, the handlers of anybody else, to a library does not run it."""
        found = list(drafts)
        asked = [d for d in found if self.is_lent(d.location.path) and d.scope.path in self.view.files]
        lent = [d for d in asked if not self._is_left_out(d)]
        all_handlers = handlers | handlers_of(lent)

        def runs_anyway(ref: ScopeRef) -> bool:
            return ref.index == 0 or not self.is_lent(ref.path) or is_started(self.view, ref)

        listed = Listed(self.view, lambda path: not self.is_lent(path))

        def is_start(ref: ScopeRef) -> bool:
            return runs_anyway(ref) or key_of(ref) in all_handlers or listed.has(ref)

        above = starts_above(self.view, [d.scope for d in lent], is_start, all_handlers | others, decided=True)
        awake, known = handlers, -1
        come: list[D] = []
        while len(awake) != known:
            known = len(awake)
            come = [d for d in lent if any(runs_anyway(ref) or key_of(ref) in awake or listed.has(ref) for ref in above[d.scope])]
            awake |= handlers_of(come)
        not_asked = {id(d) for d in found} - {id(d) for d in asked}
        here = not_asked | {id(d) for d in come}
        return [d for d in found if id(d) in here]

    def _is_left_out(self, deed: Standing) -> bool:
        """Whether it stands in a branch that the service does not take with what it is given: another that runs the same may."""
        if deed.scope.path != deed.location.path:
            return False
        calls = self.view.unit(deed.scope.path).table(deed.scope.index).calls
        here = [site for site in calls if site.call.span.line == deed.location.line]
        return bool(here) and untaken(self.view, deed.scope, here[0].position)


def _deed(draft: Draft) -> Deed:
    return draft.role, draft.transport, draft.location, draft.channel, draft.endpoint.operation if draft.endpoint else ""


def _call(draft: Draft) -> tuple[Role, str, Location]:
    """The call of the library itself, wherever its destination is decided."""
    return draft.role, draft.transport, draft.via[-1].location if draft.via else draft.location


def handlers_of(drafts: Iterable[Standing]) -> frozenset[str]:
    """What messages and requests start."""
    return frozenset(d.handler.key for d in drafts if d.handler is not None)


def told_apart(found: list[tuple[Reach, list[Draft]]]) -> list[list[Draft]]:
    """The drafts of each service without those of shared code that only others come to, or that only others call."""
    lent = {_deed(d) for reach, drafts in found for d in drafts if reach.is_lent(d.location.path) and d.role is not Role.SERVE}
    if not lent:
        return [drafts for _, drafts in found]
    come: list[set[Deed]] = []
    led: list[set[Deed]] = []
    served = handlers_of(d for _, drafts in found for d in drafts if d.role is Role.SERVE)
    beside = {
        reach.service.name: around_requests(reach.view) for reach, drafts in found if any(d.role is Role.SERVE for d in drafts)
    }
    served = served.union(*beside.values())
    for reach, drafts in found:
        asked = [d for d in drafts if _deed(d) in lent]
        own = (d for d in drafts if d.role is Role.SERVE or not reach.is_lent(d.location.path))
        starts = handlers_of(own) | beside.get(reach.service.name, frozenset())
        come.append({_deed(d) for d in reach.coming_to(asked, starts, served)})
        led.append({_deed(d) for d in asked if d.scope.path in reach.view.files and is_led_to(reach.view, d.scope, served)})
    anybody, somehow = set().union(*come), set().union(*led)
    called = {_call(d) for _, drafts in found for d in drafts if not d.unreached}
    led_to = {
        _call(d)
        for (_, drafts), own in zip(found, come, strict=True)
        for d in drafts
        if d.via and ((deed := _deed(d)) not in lent or deed in own)
    }
    kept = [
        [
            d
            for d in drafts
            if (deed := _deed(d)) not in lent
            or deed in own
            or not (
                deed in anybody
                or (deed in somehow and deed not in here)
                or (d.unreached and _call(d) in called)
                or (not d.via and _call(d) in led_to)
                or (_class_of(reach.view, d) in used and not reach.view.callers.is_named(frame_scope(reach.view, d.scope)))
            )
        ]
        for (reach, drafts), own, here in zip(found, come, led, strict=True)
        for used in [{_class_of(reach.view, d) for d in drafts if _deed(d) in own} - {None}]
    ]
    return [own or _untold(drafts) for (_, drafts), own in zip(found, kept, strict=True)]


def _class_of(view: View, draft: Draft) -> ScopeRef | None:
    """The class in whose method a site stands."""
    if draft.scope.path not in view.files:
        return None
    owner = ScopeRef(draft.scope.path, view.scope(frame_scope(view, draft.scope)).parent)
    return owner if owner.index > 0 and view.scope(owner).kind == "class" else None


def _untold(drafts: list[Draft]) -> list[Draft]:
    """What a service of which nothing else is known may do in shared code: the sites whose destination nobody can tell."""
    return [d for d in drafts if d.reason and d.role is not Role.SERVE and not d.unreached]
