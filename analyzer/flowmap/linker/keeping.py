"""The effects of each service: what it does with what it keeps, what leads there, and what it publishes in the same run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.effects import Deed, deeds
from flowmap.linker.lasting import Lasting, Sent
from flowmap.linker.reach import starts_above
from flowmap.linker.shared import Reach
from flowmap.linker.units import ScopeRef
from flowmap.model.effect import Beside, Effect
from flowmap.model.interaction import Interaction, Role
from flowmap.model.location import Location
from flowmap.plugin_api import Plugin

Known = Iterable[tuple[Draft, Interaction]]
"""The interactions of a service, each with the draft that it was."""


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
    starts: dict[str, list[str]] = defaultdict(list)
    for _, interaction in pairs:
        if interaction.handler is not None:
            starts[interaction.handler.key].append(interaction.id)
    above = starts_above(view, [d.scope for d in here], lambda ref: key_of(ref) in starts)
    beside = Lasting(view, here, _sent(pairs)).meet()
    return [(d, _effect(reach.service.name, d, above, starts, beside)) for d in here]


def _effect(
    service: str,
    deed: Deed,
    above: dict[ScopeRef, list[ScopeRef]],
    starts: dict[str, list[str]],
    beside: dict[Deed, list[Beside]],
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
        tuple(sorted({i for ref in above[deed.scope] for i in starts[key_of(ref)]})),
        tuple(met),
    )


def _sent(pairs: list[tuple[Draft, Interaction]]) -> list[Sent]:
    """What is published outside of the process, once per place."""
    found: dict[tuple[ScopeRef, Location], Sent] = {}
    for draft, interaction in pairs:
        if interaction.role is Role.PUBLISH and not (interaction.local or interaction.unreached or draft.actor):
            key = (draft.scope, draft.location)
            known = found.get(key) or Sent(draft.scope, draft.location, (), tuple(h.location for h in draft.via))
            found[key] = replace(known, ids=(*known.ids, interaction.id))
    return list(found.values())
