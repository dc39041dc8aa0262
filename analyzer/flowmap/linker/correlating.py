"""Which publications may pass on what ties the messages of one piece of work together, in a header or a property that no payload
shows: something on the way from the handler down to the library speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.contexts import frame_scope
from flowmap.linker.failing import names_in
from flowmap.linker.leading import Known
from flowmap.linker.tables import expressions
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Confidence, Role

if TYPE_CHECKING:
    from flowmap.linker.drafts import Draft
    from flowmap.linker.view import View

TIES = re.compile(r"correlat|causation|conversation|trace|saga|workflow|header|baggage", re.IGNORECASE)
"""What names speak of that carries such an id, or may."""


def carrying(view: View, service: str, known: Known) -> Iterator[Effect]:
    """One effect per publication of a handler on whose way something speaks of such an id."""
    worth: dict[ScopeRef, bool] = {}
    for draft, site in known:
        if site.role is Role.PUBLISH and site.triggers and not site.local:
            way = [ref for ref in _way(view, draft) if ref.path in view.units.by_path]
            for ref in way:
                if ref not in worth:
                    worth[ref] = any(TIES.search(name) for name in _spoken(view, ref))
            if any(worth[ref] for ref in way):
                where = site.location, site.function
                yield Effect(Does.CARRIES, service, "", *where, Confidence.DERIVED, triggers=site.triggers)


def _way(view: View, draft: Draft) -> list[ScopeRef]:
    return list(dict.fromkeys((draft.scope, *(frame_scope(view, c.scope) for c in draft.way))))


def _spoken(view: View, ref: ScopeRef) -> Iterator[str]:
    """The names, texts and keywords of a function."""
    scope = view.scope(ref)
    yield from (p.name for p in scope.parameters)
    for statement in scope.statements:
        for expression in expressions(statement):
            yield from names_in(expression)
            yield from _keywords(expression)
    for store in view.unit(ref.path).table(ref.index).stores:
        yield store.attr or ""


def _keywords(node: ir.Expression) -> Iterator[str]:
    if isinstance(node, ir.Call):
        yield from (a.keyword for a in node.arguments if a.keyword is not None)
    for child in ir.children(node):
        yield from _keywords(child)
