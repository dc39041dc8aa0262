"""Parts of collections and texts: `owner[lower:upper]`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker.rendering import spelled
from flowmap.linker.terms import Elements, Literal, Parameter, Place, Term, Unknown, Value
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def sliced(view: View, owner: Term, index: ir.Slice, place: Place) -> Value:
    """`owner[lower:upper]` and `owner[lower:upper:step]` with constant bounds."""

    def bound(node: ir.Expression | None) -> int | None:
        value = view.values(node, place) if node is not None else ()
        return value[0].value if len(value) == 1 and isinstance(value[0], Literal) and isinstance(value[0].value, int) else None

    lower: ir.Expression | None = index.lower
    step: ir.Expression | None = None
    if isinstance(lower, ir.Binary) and lower.operator == "::":
        step = lower.right
        lower = lower.left
    bounds = [None if n == ir.Constant(None) else n for n in (lower, index.upper, step)]
    known = slice(*(bound(n) for n in bounds))
    certain = all(n is None or b is not None for n, b in zip(bounds, (known.start, known.stop, known.step), strict=True))
    certain = certain and known.step != 0
    if isinstance(owner, Elements):
        return (replace(owner, items=owner.items[known]) if certain and owner.ordered else replace(owner, ordered=False),)
    if isinstance(owner, Literal) and isinstance(owner.value, str) and certain:
        return (Literal(owner.value[known]),)
    if isinstance(owner, Parameter) and _is_batch(index):
        return (owner,)
    return (owner if isinstance(owner, Unknown) else Unknown(f"a part of `{spelled(view, owner)}`"),)


def _is_batch(index: ir.Slice) -> bool:
    """`i : i + size`, as loops take one part of a collection after the other: together that is all of it."""
    return isinstance(index.upper, ir.Binary) and index.upper.operator == "+" and index.upper.left == index.lower
