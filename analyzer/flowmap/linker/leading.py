"""Which handlers lead to a site, and how. What a handler does only for others than what starts it, a message of another type, a
request with another method, does not count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from flowmap.linker.drafts import Draft, key_of
from flowmap.linker.reach import all_above, starts_of
from flowmap.linker.steps import Courses, Reached
from flowmap.linker.units import ScopeRef, Turn
from flowmap.model.interaction import Interaction, Role
from flowmap.model.step import Step

if TYPE_CHECKING:
    from flowmap.linker.view import View

Known: TypeAlias = Iterable[tuple[Draft, Interaction]]
"""The interactions of a service, each with the draft that it was."""
ANY = "{}"
"""The method of an endpoint that answers all of them."""


class Leading:
    """What leads to some sites, each known by its number, from the handlers of what is known of the service."""

    def __init__(self, view: View, sites: Sequence[Reached], known: Known) -> None:
        self._handlers = list(_handlers(known))
        keys = {key for _, _, key in self._handlers}
        self._ways = all_above(view, [site.scope for site in sites])
        above = starts_of(self._ways, lambda ref: key_of(ref) in keys)
        self._below: dict[ScopeRef, list[int]] = defaultdict(list)
        for site in sites:
            for ref in above[site.scope]:
                self._below[ref].append(site.number)
        self._refs = {key_of(ref): ref for ref in self._below}
        self._courses = Courses(view, self._ways, sites)

    def triggers(self) -> dict[int, set[str]]:
        """The ids of what leads to each site that something leads to."""
        found: dict[int, set[str]] = defaultdict(set)
        for ref, beside, ids in self._starts:
            for number in self._courses.reaches(ref, beside) if beside else self._below[ref]:
                found[number].update(ids)
        return found

    def steps(self) -> dict[int, list[Step]]:
        """How the handlers come to each site, as far as that is followed."""
        found: dict[int, list[Step]] = defaultdict(list)
        for ref, beside, ids in self._starts:
            for order, (number, around) in enumerate(self._courses.steps(ref, beside)):
                found[number] += (Step(trigger, order, around) for trigger in ids)
        return found

    @cached_property
    def _starts(self) -> list[tuple[ScopeRef, frozenset[Turn], list[str]]]:
        """The handlers that lead somewhere, each with the turns that it does not take and the ids of what starts it so."""
        found: dict[tuple[ScopeRef, frozenset[Turn]], list[str]] = defaultdict(list)
        for draft, interaction, key in self._handlers:
            if key in self._refs:
                ref = self._refs[key]
                found[ref, draft.beside | self._of_other_methods(ref, interaction)].append(interaction.id)
        return [(ref, beside, ids) for (ref, beside), ids in found.items()]

    def _of_other_methods(self, ref: ScopeRef, interaction: Interaction) -> frozenset[Turn]:
        """The turns of a class that serves several methods which a library takes only for other ones than this endpoint's."""
        endpoint = interaction.endpoint
        if interaction.role is not Role.SERVE or endpoint is None or ref not in self._only:
            return frozenset()
        method = endpoint.operation.partition(" ")[0].lower()
        return frozenset(t for t, methods in self._only[ref] if method != ANY and method not in methods)

    @cached_property
    def _only(self) -> dict[ScopeRef, list[tuple[Turn, tuple[str, ...]]]]:
        """Class -> what a library runs on its behalf only for some of its methods."""
        found: dict[ScopeRef, list[tuple[Turn, tuple[str, ...]]]] = defaultdict(list)
        for target, above in self._ways.items():
            for start, caller in above:
                if caller is not None and caller.methods:
                    found[start].append(((start, target), caller.methods))
        return found


def _handlers(known: Known) -> Iterator[tuple[Draft, Interaction, str]]:
    for draft, interaction in known:
        if interaction.handler is not None:
            yield draft, interaction, interaction.handler.key
