"""What has changed in the messages of the channels that are in both graphs: fields that are set and fields that are read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.difference import Conduit, Detail, FieldChange, How, Proof, Side
from flowmap.model.interaction import Interaction
from flowmap.model.location import Evidence
from flowmap.model.payload import Field
from flowmap.views.conduits import Ends, conduits, fields_of, is_understood, types_of

ALWAYS, SOMETIMES = "always", "sometimes"
_DOES = {Side.SET: "sets", Side.READ: "reads"}


@dataclass(frozen=True, slots=True)
class _Known:
    """What the sites at one end of a channel do with a field."""

    field: tuple[tuple[Interaction, Field], ...]
    often: str

    @property
    def type(self) -> str:
        """Its types, as far as they are known."""
        return types_of(f for _, f in self.field)

    @property
    def services(self) -> tuple[str, ...]:
        """Who sets or reads it."""
        return tuple(sorted({s.service for s, _ in self.field}))


def field_changes(old: FlowGraph, new: FlowGraph) -> Iterator[FieldChange]:
    """The fields that came, went, or are something else, channel by channel."""
    then, now = conduits(old), conduits(new)
    for conduit in sorted(then.keys() & now.keys()):
        for side in Side:
            sites = [_sites(c[conduit], side) for c in (then, now)]
            if all(sites):
                yield from _changes(conduit, side, sites[0], sites[1])


def _sites(ends: Ends, side: Side) -> list[Interaction]:
    found = ends.publishers if side is Side.SET else ends.subscribers
    return list(found.values())


def _changes(conduit: Conduit, side: Side, before: list[Interaction], after: list[Interaction]) -> Iterator[FieldChange]:
    then, now = _known(before, side), _known(after, side)
    gone, come = _outermost(then.keys() - now.keys()), _outermost(now.keys() - then.keys())
    for name in sorted({*gone, *come, *(then.keys() & now.keys())}):
        was, becomes = then.get(name), now.get(name)
        if was is not None and becomes is not None:
            if details := tuple(_details(side, was, becomes)):
                shown = Proof(_places(name, side, was), _places(name, side, becomes))
                yield FieldChange(How.CHANGED, conduit, side, name, becomes.services, becomes.type, details=details, proof=shown)
        elif becomes is not None:
            sure = not any(_hides(s, name) for s in before)
            shown = Proof((), _places(name, side, becomes))
            yield FieldChange(How.ADDED, conduit, side, name, becomes.services, becomes.type, sure, proof=shown)
        elif was is not None:
            sure = not any(_hides(s, name) for s in after)
            shown = Proof(_places(name, side, was), ())
            yield FieldChange(How.REMOVED, conduit, side, name, was.services, was.type, sure, proof=shown)


def _hides(site: Interaction, name: str) -> bool:
    return site.payload is None or site.payload.hides(name)


def _known(sites: list[Interaction], side: Side) -> dict[str, _Known]:
    return {name: _Known(tuple(found), often(sites, found) if side is Side.SET else "") for name, found in fields_of(sites).items()}


def often(sites: Iterable[Interaction], found: Collection[tuple[Interaction, Field]]) -> str:
    """Whether everybody who publishes sets a field in every message, as far as they are understood."""
    always = {s.id for s, f in found if f.always}
    return ALWAYS if all(s.id in always for s in (*(s for s in sites if is_understood(s)), *(s for s, _ in found))) else SOMETIMES


def _details(side: Side, was: _Known, now: _Known) -> Iterator[Detail]:
    if was.type and now.type and was.type != now.type:
        yield Detail("type", was.type, now.type)
    if side is Side.SET and was.often != now.often:
        yield Detail("set", was.often, now.often)


def _outermost(names: Iterable[str]) -> set[str]:
    """The fields that stand in none of the others."""
    every = set(names)
    return {n for n in every if not any(n.startswith((f"{o}.", f"{o}[]")) for o in every if o != n)}


def _places(name: str, side: Side, known: _Known) -> tuple[Evidence, ...]:
    """Where each service sets or reads a field."""
    first: dict[str, tuple[Interaction, Field]] = {}
    for site, field in sorted(known.field, key=lambda pair: (pair[0].service, pair[1].location)):
        first.setdefault(site.service, (site, field))
    return tuple(Evidence(f.location, f"{s.service} {_DOES[side]} {name}", s.function) for s, f in first.values())
