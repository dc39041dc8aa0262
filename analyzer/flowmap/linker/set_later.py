"""Fields of a message that are set one by one after it is made: `placed = Placed()`, `placed.id = order.id`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker.making import deferred, ready
from flowmap.linker.terms import Deferred, Literal, Made, Place
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def fields_set(view: View, made: Made) -> tuple[tuple[Deferred | None, Deferred], ...]:
    """The fields, with what they are set to, that are set on an object in the function that makes it and by the name that it has
    there; one that only a branch sets is there perhaps."""
    if made.creation is None:
        return ()
    place = made.creation.place
    table = view.unit(place.scope.path).table(place.scope.index)
    makings = {n: b for n, bindings in table.names.items() for b in bindings if b.value is made.creation.call and not b.path}
    return tuple(
        (
            replace(ready((Literal(store.attr),)), perhaps=store.binding.block != makings[store.target.id].block),
            deferred(store.binding.value, Place(place.frame, place.scope, store.binding.position)),
        )
        for store in (table.stores if makings else ())
        if store.attr is not None and store.binding.value is not None and not store.binding.path
        if isinstance(store.target, ir.Name) and store.target.id in makings
    )
