"""The effects of each service: what it does with what it keeps, what leads there, and what it publishes in the same run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller
from flowmap.linker.adding import Adding
from flowmap.linker.captured import CONNECTOR
from flowmap.linker.contexts import frame_scope
from flowmap.linker.effects import Deed, deeds
from flowmap.linker.lasting import Lasting, Sent
from flowmap.linker.leading import Known, Leading
from flowmap.linker.shared import Reach
from flowmap.linker.steps import Reached
from flowmap.linker.units import ScopeRef
from flowmap.model.effect import Beside, Effect
from flowmap.model.interaction import Role
from flowmap.model.location import Location
from flowmap.plugin_api import Plugin

if TYPE_CHECKING:
    from flowmap.linker.view import View


def kept(reach: Reach, plugins: tuple[Plugin, ...], known: Known) -> list[tuple[Deed, Effect]]:
    """The effects of a service, each with what it was found as; those in code that it shares with others only where something of
    its own leads to them."""
    pairs = list(known)
    view = reach.view
    handlers = frozenset(i.handler.key for _, i in pairs if i.handler is not None)
    found = deeds(view, plugins)
    if not found:
        return []
    here = reach.coming_to(found, handlers)
    triggers = Leading(view, [_reached(view, n, d) for n, d in enumerate(here)], pairs).triggers()
    beside = Lasting(view, here, _sent(pairs)).meet()
    adding = Adding(view, handlers)
    return [(d, _effect(reach.service.name, d, triggers.get(n, set()), beside, adding)) for n, d in enumerate(here)]


def _reached(view: View, number: int, deed: Deed) -> Reached:
    way = () if deed.site is None else (Caller(deed.scope, deed.site),)
    return Reached(number, frame_scope(view, deed.scope), way)


def _effect(
    service: str,
    deed: Deed,
    triggers: set[str],
    beside: dict[Deed, list[Beside]],
    adding: Adding,
) -> Effect:
    pattern = deed.pattern
    met = sorted(set(beside.get(deed, ())), key=lambda b: (b.steps, b.interaction, b.after))
    return Effect(
        pattern.does,
        service,
        deed.plugin,
        deed.location,
        deed.function,
        deed.confidence,
        deed.about,
        pattern.lasts,
        deed.repeatable,
        tuple(sorted(triggers)),
        tuple(met),
        deed.ends,
        pattern.transport,
        bool(triggers) and adding.adds(deed),
    )


def _sent(pairs: Known) -> list[Sent]:
    """What is published outside of the process, once per place; a row that a connector takes is part of what is written."""
    found: dict[tuple[ScopeRef, Location], Sent] = {}
    for draft, interaction in pairs:
        apart = interaction.local or interaction.unreached or draft.actor or draft.plugin == CONNECTOR
        if interaction.role is Role.PUBLISH and not apart:
            key = (draft.scope, draft.location)
            known = found.get(key) or Sent(draft.scope, draft.location, (), tuple(h.location for h in draft.via))
            found[key] = replace(known, ids=(*known.ids, interaction.id))
    return list(found.values())
