"""Which attributes may hold a function of the scan, so that calling what is under their name may run one that is named otherwise.

Decided by what is written alone, once for all calls: a call through an attribute that holds only texts, numbers or collections
(`items: list[Item]` beside every `.items()`) need not be followed to what its object is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
from flowmap.linker.promises import CARRIERS, COLLECTIONS, MAPPINGS
from flowmap.linker.tables import Binding
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

PLAIN = {
    "str", "int", "float", "bool", "bytes", "bytearray", "complex", "None", "frozenset", "range", "Literal", "LiteralString",
    "FrozenSet", "AbstractSet", "MutableSet", "MutableSequence", "Deque", "deque", "OrderedDict", "DefaultDict", "Counter",
    "datetime", "date", "time", "timedelta", "Decimal", "Fraction", "UUID", "Path", "PurePath", "Pattern", "Match",
} | COLLECTIONS | MAPPINGS  # fmt: skip
"""Names of types whose objects cannot be called, with or without the types of what is in them."""
TRANSPARENT = CARRIERS | {"Union", "Mapped"}
"""Generic types that say no more than what they are given."""
COMPUTED = ir.Constant | ir.Joined | ir.Binary | ir.Compare | ir.Negation | ir.Mapping | ir.Sequence | ir.Comprehension
MAX_NAMES = 4
"""Variables that are assigned one to the next before one is taken for a function."""


class Holding:
    """What is said of the attributes of a view's objects."""

    def __init__(self, view: View) -> None:
        self._view = view
        called = {ScopeRef(r.path, max(view.scope(r).parent, 0)) for r in view.scopes if view.scope(r).name == "__call__"}
        called |= {below for ref in called for below in view.subclasses(ref)}
        self._callable = {view.scope(ref).name for ref in called}
        classes = [ref for ref in view.scopes if view.scope(ref).kind == "class"]
        above = {view.scope(ref).name for ref in classes if not called.isdisjoint(view.subclasses(ref))}
        tables = (view.unit(path).table(0) for path in view.files)
        assigned = {n for table in tables for n, bound in table.names.items() if any(b.kind == "assign" for b in bound)}
        final = {view.scope(ref).name for ref in classes if not view.subclasses(ref)}  # others may stand for classes below them
        self._plain = (PLAIN | final) - self._callable - above - assigned

    def attributes(self) -> set[str]:
        """Those that may hold one: assigned what has a name or is anonymous, or an object that can be called, or fields of a class
        of which the annotation says nothing else."""
        found: set[str] = set()
        for ref in self._view.scopes:
            table = self._view.unit(ref.path).table(ref.index)
            stores = ((s.attr, s.binding) for s in table.stores if s.attr is not None and s.attr not in found)
            found |= {attr for attr, binding in stores if self._stored(ref, binding)}
            if self._view.scope(ref).kind == "class":
                fields = ((n, b) for n, bound in table.names.items() for b in bound if b.annotation is not None)
                found |= {name for name, field in fields if self._declared(field.annotation)}
        return found

    def _stored(self, ref: ScopeRef, binding: Binding) -> bool:
        match binding.value:
            case None:
                return False
            case ir.Call(callee=callee):
                return last_name(callee) in self._callable
            case ir.Name() | ir.Lambda() | ir.Attribute() | ir.Choice() | ir.Conditional():
                return self._declared(binding.annotation) and self._may_be(ref, binding.value, MAX_NAMES)
            case _:
                return False

    def _may_be(self, ref: ScopeRef, value: ir.Expression, names: int) -> bool:
        """Whether an expression may give a function; variables are followed to what they are assigned."""
        match value:
            case ir.Name(id=name):
                return names == 0 or self._named(ref, name, names)
            case ir.Choice(operands=parts):
                return any(self._may_be(ref, p, names) for p in parts)
            case ir.Conditional(then=then, orelse=orelse):
                return self._may_be(ref, then, names) or self._may_be(ref, orelse, names)
            case ir.Call(callee=callee):
                return last_name(callee) not in self._plain
            case _:
                return not isinstance(value, COMPUTED)

    def _named(self, ref: ScopeRef, name: str, names: int) -> bool:
        """The same for a name at a place: what is annotated is what its annotation says."""
        unit, index = self._view.unit(ref.path), ref.index
        while index >= 0:
            declared = next((p for p in unit.scope(index).parameters if p.name == name), None)
            if declared is not None and declared.kind in {"star", "double_star"}:
                return False
            bindings = [*unit.table(index).names.get(name, ()), *unit.late.get((index, name), ())]
            if declared is not None or (bindings and unit.scope(index).kind != "class"):
                given = declared is not None and self._declared(declared.annotation)
                return given or any(self._bound(ScopeRef(ref.path, index), b, names) for b in bindings)
            index = unit.scope(index).parent
        return True

    def _bound(self, ref: ScopeRef, binding: Binding, names: int) -> bool:
        if binding.kind != "assign" or binding.path or binding.value is None or binding.scope != ref.index:
            return True
        return self._declared(binding.annotation) and self._may_be(ref, binding.value, names - 1)

    def _declared(self, annotation: ir.Expression | None) -> bool:
        """Whether what an annotation says can be called."""
        match annotation:
            case ir.Constant(value=None) | ir.Name(id="None"):
                return False
            case ir.Name(id=name) | ir.Attribute(attr=name) | ir.Constant(value=str() as name):
                return "|" in name or name.partition("[")[0].rpartition(".")[2] not in self._plain
            case ir.Binary(left=left, operator="|", right=right):
                return self._declared(left) or self._declared(right)
            case ir.Subscript(value=generic, index=index) if last_name(generic) in TRANSPARENT:
                inner = index.elements if isinstance(index, ir.Sequence) else (index,)
                return any(self._declared(part) for part in inner)
            case ir.Subscript(value=generic):
                return self._declared(generic)
            case _:
                return True
