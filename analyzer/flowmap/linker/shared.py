"""Code that several services have: what it does is done by those that come to it, where the scan can tell.

A service has all modules that it imports, and of a shared module it may use one function of twenty. A site in code outside its own
folder that nothing of its own leads to is another's, if there is another that something leads to it from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.reach import starts_above
from flowmap.linker.units import ScopeRef
from flowmap.linker.view import View
from flowmap.model.interaction import Role
from flowmap.model.location import Location
from flowmap.model.project import Service

Deed = tuple[Role, str, Location, str | None, str]
"""What is done at a place: the same line may publish other things for another service."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What leads to the sites of a service."""

    service: Service
    view: View

    def is_lent(self, path: str) -> bool:
        """Whether a file lies outside the service's own folder."""
        root = self.service.root
        return root not in {".", ""} and not path.startswith(f"{root}/") and path != self.service.entry

    def coming_to(self, drafts: Iterable[Draft], handlers: frozenset[str]) -> list[Draft]:
        """The drafts to whose sites something of the service's own, something that runs on import, or a handler leads."""
        found = list(drafts)
        lent = [d.scope for d in found if self.is_lent(d.location.path) and d.scope.path in self.view.files]

        def is_start(ref: ScopeRef) -> bool:
            return ref.index == 0 or not self.is_lent(ref.path) or key_of(ref) in handlers

        above = starts_above(self.view, lent, is_start)
        return [d for d in found if not self.is_lent(d.location.path) or above.get(d.scope) != []]


def _deed(draft: Draft) -> Deed:
    return draft.role, draft.transport, draft.location, draft.channel, draft.endpoint.operation if draft.endpoint else ""


def handlers_of(drafts: Iterable[Draft]) -> frozenset[str]:
    """What messages and requests start."""
    return frozenset(d.handler.key for d in drafts if d.handler is not None)


def told_apart(found: list[tuple[Reach, list[Draft]]]) -> list[list[Draft]]:
    """The drafts of each service without those of shared code that only others come to."""
    lent = {_deed(d) for reach, drafts in found for d in drafts if reach.is_lent(d.location.path) and d.role is not Role.SERVE}
    if not lent:
        return [drafts for _, drafts in found]
    come: list[set[Deed]] = []
    for reach, drafts in found:
        asked = (d for d in drafts if _deed(d) in lent)
        come.append({_deed(d) for d in reach.coming_to(asked, handlers_of(drafts))})
    anybody = set().union(*come)
    return [
        [d for d in drafts if (deed := _deed(d)) not in lent or deed in own or deed not in anybody]
        for (_, drafts), own in zip(found, come, strict=True)
    ]
