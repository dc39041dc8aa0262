"""Calls that no pattern describes, and what their callees are: why a line says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.rendering import reason, spelled
from flowmap.linker.terms import Class, Function, Instance, Place, Symbol, Term, Unknown
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.derivation import CallNote
from flowmap.model.location import Location

if TYPE_CHECKING:
    from flowmap.linker.view import View


def calls_on(view: View, spot: Location) -> tuple[CallNote, ...]:
    """The calls on a line, outer before inner; those of the language itself are left out."""
    found: dict[CallNote, None] = {}
    unit = view.unit(spot.path)
    for index in range(len(unit.summary.scopes)):
        for site in unit.table(index).calls:
            if not site.call.span.line <= spot.line <= site.call.span.end_line:
                continue
            ref = ScopeRef(spot.path, index)
            view.ask(spot.path, spot.line)
            callees = view.values(site.call.callee, Place(view.symbolic_place(ref).frame, ref, site.position))
            if said := "; or ".join(dict.fromkeys(_meaning(view, c) for c in callees if not _is_builtin(c))):
                found[CallNote(_written(site.call.callee), said)] = None
    return tuple(found)


def _is_builtin(term: Term) -> bool:
    return isinstance(term, Symbol) and term.name.startswith("builtins.")


def _meaning(view: View, term: Term) -> str:
    match term:
        case Function(scope=ref) | Class(scope=ref) | Instance(scope=ref):
            scope = view.scope(ref)
            kind = {Function: "a function", Class: "a class", Instance: "an object of a class"}[type(term)]
            return (
                f"{kind} of the scan, `{scope.qualname or 'lambda'}` at {ref.path}:{scope.line}; this call decides no destination"
            )
        case Unknown():
            return f"not known: {reason(view, term)}"
        case _:
            known = "a plugin knows the library, and has no pattern for this call" if view.is_known(term) else "no plugin knows it"
            return f"`{spelled(view, term)}`: {known}"


def _written(node: ir.Expression) -> str:
    """A callee as it stands in the source, arguments left out."""
    match node:
        case ir.Name(id=name):
            return name
        case ir.Attribute(value=value, attr=name):
            return f"{_written(value)}.{name}"
        case ir.Call(callee=callee):
            return f"{_written(callee)}()"
        case ir.Subscript(value=value):
            return f"{_written(value)}[]"
        case ir.Await(value=value):
            return f"(await {_written(value)})"
        case _:
            return "(...)"
