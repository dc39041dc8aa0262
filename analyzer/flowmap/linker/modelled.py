"""Classes that describe messages: dataclasses, pydantic and msgspec models, attrs, named tuples, typed dicts, with their fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker import promises
from flowmap.linker.activations import last_name
from flowmap.linker.classes import body_place
from flowmap.linker.fields import field_call
from flowmap.linker.hierarchy import declared
from flowmap.linker.mappings import walk
from flowmap.linker.parameters import decorator_names
from flowmap.linker.slots import keyword_value
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Class, Elements, Instance, Literal, Symbol
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.location import Location
from flowmap.model.summary import Assign, Define

if TYPE_CHECKING:
    from flowmap.linker.view import View

BASES = {"BaseModel", "Struct", "NamedTuple", "TypedDict", "SQLModel", "Record", "GenericModel", "DataClassJsonMixin", "Schema"}
"""Last names of the library classes whose subclasses declare fields."""
NEUTRAL = {"ABC", "Generic", "Protocol", "object", "Enum", "Hashable"}
"""Last names of those that bring no fields."""
DECORATORS = {"dataclass", "define", "frozen", "attrs", "attr", "s", "mutable", "dataclass_json"}
EXTRAS = {"allow", "alias_generator", "tag", "tag_field", "rename"}
"""What the settings of a model say when its messages have other fields than it declares."""
NAMES = ("alias", "serialization_alias", "validation_alias", "name")
"""Where the description of a field says what it is called in messages."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A field of a class. `names` are those that it may have in messages, its own last; `needed`: it has no default."""

    names: tuple[str, ...]
    annotation: ir.Expression | None
    owner: ScopeRef
    where: Location
    needed: bool


@dataclass(frozen=True, slots=True)
class Modelled:
    """A class by its fields; `open` where its messages may have others."""

    fields: tuple[Declared, ...]
    open: bool

    def named(self, name: str) -> Declared | None:
        """The field that is an attribute, or is called so in messages."""
        return next((f for f in self.fields if name in f.names), None)


def modelled(view: View, ref: ScopeRef) -> Modelled | None:
    """The fields of a class that declares them; None for any other."""
    return view.guarded(("modelled", ref), lambda: _modelled(view, ref), None)


def _modelled(view: View, ref: ScopeRef) -> Modelled | None:
    bases = [b.scope for b in view.mro(ref) if isinstance(b, Class)]
    outside = {t.name.rpartition(".")[2] for t in view.external_bases(ref) if isinstance(t, Symbol)}
    unknown = any(not isinstance(t, Symbol) for t in view.external_bases(ref))
    if view.is_enum(ref) or not (outside & BASES or any(decorator_names(view.scope(b)) & DECORATORS for b in bases)):
        return None
    found = [f for name, owner in declared(view, ref).items() if (f := _field(view, owner, name)) is not None]
    computed = [f for b in bases for f in _computed(view, b)]
    made = any("__init__" in view.unit(b.path).table(b.index).names for b in bases)
    more = unknown or made or bool(outside - BASES - NEUTRAL) or any(_allows_more(view, b) for b in bases)
    return Modelled((*found, *computed), more)


def _field(view: View, owner: ScopeRef, name: str) -> Declared | None:
    statement = next(
        s for s in reversed(view.scope(owner).statements) if isinstance(s, Assign) and s.annotation and s.target == ir.Name(name)
    )
    if name.startswith("_") or name == "model_config":
        return None
    call = field_call(view.named(name, body_place(view, owner))) if isinstance(statement.value, ir.Call) else None
    said = [t for key in NAMES for t in (keyword_value(view, key, call) if call is not None else ())]
    aliases = [t.value for t in said if isinstance(t, Literal) and isinstance(t.value, str)]
    where = view.unit(owner.path).location(statement.line, statement.end_line)
    return Declared((*dict.fromkeys(aliases), name), statement.annotation, owner, where, _is_needed(statement))


def _is_needed(statement: Assign) -> bool:
    if _may_be_none(statement.annotation):
        return False
    match statement.value:
        case None:
            return True
        case ir.Call(callee=callee, arguments=arguments) if last_name(callee) in {"Field", "field", "attrib", "ib"}:
            first = next((a.value for a in arguments if a.keyword is None), None)
            given = any(a.keyword in {"default", "default_factory", "factory"} for a in arguments)
            return not given and (first is None or first == ir.Constant(None))
        case _:
            return False


def _may_be_none(annotation: ir.Expression | None) -> bool:
    nodes = walk(annotation) if annotation is not None else ()
    return any(last_name(n) in {"Optional", "NotRequired"} or n == ir.Constant(None) for n in nodes)


def _computed(view: View, ref: ScopeRef) -> Iterator[Declared]:
    """The methods that are written down like fields."""
    for statement in view.scope(ref).statements:
        scope = view.unit(ref.path).scope(statement.scope) if isinstance(statement, Define) else None
        if scope is not None and "computed_field" in decorator_names(scope):
            where = view.unit(ref.path).location(scope.line, scope.end_line)
            yield Declared((scope.name,), scope.returns, ref, where, needed=False)


def _allows_more(view: View, ref: ScopeRef) -> bool:
    """Whether a class says that its messages have other fields, or other names for them."""
    scope, unit = view.scope(ref), view.unit(ref.path)
    if any(a.keyword in EXTRAS for a in scope.arguments):
        return True
    for statement in scope.statements:
        if isinstance(statement, Define):
            inner = unit.scope(statement.scope)
            if inner.name == "Config" and any(_say_more(_said(s)) for s in inner.statements):
                return True
            if "model_serializer" in decorator_names(inner) or inner.name in {"__getattr__", "__iter__"}:
                return True
        elif isinstance(statement, Assign) and statement.target == ir.Name("model_config") and _say_more(expressions(statement)):
            return True
    return False


def _said(statement: object) -> tuple[ir.Expression, ...]:
    return (statement.target, statement.value) if isinstance(statement, Assign) and statement.value is not None else ()


def _say_more(nodes: Iterable[ir.Expression]) -> bool:
    for inner in (n for node in nodes for n in walk(node)):
        if isinstance(inner, ir.Call) and any(a.keyword in EXTRAS for a in inner.arguments):
            return True
        if last_name(inner) in EXTRAS or (isinstance(inner, ir.Constant) and inner.value in EXTRAS):
            return True
    return False


def inner_class(view: View, field: Declared) -> tuple[ScopeRef | None, bool]:
    """The class that describes what is in a field, and whether that stands in a list; None if no class of the scan does."""
    value = promises.instance_of(view, field.annotation, body_place(view, field.owner))
    for term in value:
        if isinstance(term, Instance):
            return term.scope, False
        if isinstance(term, Elements):
            inside = [t for i in term.items for t in view.force(i) if isinstance(t, Instance)]
            return (inside[0].scope if inside else None), True
    return None, False


def spelled(annotation: ir.Expression | None) -> str:
    """The name of a type as it is written, less what says that it may be missing; "" if that is no plain name."""
    match annotation:
        case ir.Name(id=name) | ir.Attribute(attr=name):
            return {"Any": "", "List": "list", "Dict": "dict", "EmailStr": "str"}.get(name, name)
        case ir.Binary(left=left, operator="|", right=right):
            named = [t for t in (spelled(left), spelled(right)) if t]
            return named[0] if len(named) == 1 else ""
        case ir.Subscript(value=generic, index=index):
            first = index.elements[0] if isinstance(index, ir.Sequence) and index.elements else index
            name = spelled(generic)
            return spelled(first) if name in {"Optional", "Annotated", "Required", "NotRequired"} else name
        case _:
            return ""
