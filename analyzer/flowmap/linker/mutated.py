"""Whether a mapping may be filled by functions to which it is handed, so that it holds more than the code around it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.terms import Entries, Function, Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def filled_elsewhere(view: View, term: Entries) -> bool:
    """Whether a function of the scan that is handed a mapping of the same scope puts something into it."""
    homes = {v.place.scope for _, v in term.items if v.place is not None}
    return any(_hands_over(view, ref) for ref in homes)


def _hands_over(view: View, ref: ScopeRef) -> bool:
    return view.guarded(("hands over", ref), lambda: _is_handed_over(view, ref), False)


def _is_handed_over(view: View, ref: ScopeRef) -> bool:
    table = view.unit(ref.path).table(ref.index)
    names = {n for n, bound in table.names.items() if any(isinstance(b.value, ir.Mapping) or _is_dict(b.value) for b in bound)}
    for site in table.calls if names else ():
        for number, argument in enumerate(site.call.arguments):
            if isinstance(argument.value, ir.Name) and argument.value.id in names and not argument.stars:
                place = Place(view.symbolic_place(ref).frame, ref, site.position)
                called = [t for t in view.values(site.call.callee, place) if isinstance(t, Function)]
                if any(_fills(view, f, number, argument.keyword) for f in called):
                    return True
    return False


def _is_dict(node: ir.Expression | None) -> bool:
    return isinstance(node, ir.Call) and node.callee == ir.Name("dict")


def _fills(view: View, function: Function, number: int, keyword: str | None) -> bool:
    """Whether a function puts something into what it is given at a position or under a name."""
    parameters = view.scope(function.scope).parameters
    place = number + (function.self is not None)
    name = keyword or (parameters[place].name if place < len(parameters) else None)
    stores = view.unit(function.scope.path).table(function.scope.index).stores
    return any(s.attr is None and s.target == ir.Name(name or "") for s in stores)
