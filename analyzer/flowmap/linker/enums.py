"""Enumerations: their members, what a member is worth, how it is written, and what its class adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.classes import assigned_in, body_place, class_attribute
from flowmap.linker.making import ready
from flowmap.linker.terms import (
    Class,
    Elements,
    EnumMember,
    Function,
    Link,
    Literal,
    Made,
    Member,
    Passed,
    Symbol,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.model.declaring import Enumeration

if TYPE_CHECKING:
    from flowmap.linker.view import View

ENUMS = {"enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag", "strenum.StrEnum"}
TEXT_BASES = {"builtins.str", "enum.StrEnum", "strenum.StrEnum"}
WRITTEN_BY_VALUE = {"enum.StrEnum", "enum.IntEnum", "enum.IntFlag", "strenum.StrEnum"}


def _has_base(view: View, ref: ScopeRef, names: set[str]) -> bool:
    return any(isinstance(t, Symbol) and t.name in names for t in view.external_bases(ref))


def _stated(view: View, ref: ScopeRef) -> Enumeration | None:
    """What a plugin says of the library class that makes an enumeration of the class."""
    known = view.knowledge.enumerations
    return next((known[t.name] for t in view.external_bases(ref) if isinstance(t, Symbol) and t.name in known), None)


def is_enum(view: View, ref: ScopeRef) -> bool:
    """Whether the class is an enumeration."""
    return _has_base(view, ref, ENUMS) or _stated(view, ref) is not None


def is_text_enum(view: View, ref: ScopeRef) -> bool:
    """Whether the members of the enumeration are texts themselves."""
    stated = _stated(view, ref)
    return _has_base(view, ref, TEXT_BASES) or (stated is not None and stated.texts)


def is_member(view: View, ref: ScopeRef, name: str) -> bool:
    """Whether the name is a member of the enumeration whose body this is."""
    bindings = view.unit(ref.path).table(ref.index).names.get(name, [])
    return any(b.kind == "assign" for b in bindings) and not name.startswith("_")


def members(view: View, ref: ScopeRef) -> tuple[EnumMember, ...]:
    """All members, in source order."""
    none: tuple[EnumMember, ...] = ()
    names = view.unit(ref.path).table(ref.index).names
    return view.guarded(("members", ref), lambda: tuple(EnumMember(ref, n) for n in names if is_member(view, ref, n)), none)


def by_value(view: View, ref: ScopeRef, wanted: Value) -> list[EnumMember]:
    """The members that are worth one of some terms, in source order."""
    nothing: dict[Term, list[int]] = {}
    index = view.guarded(("values", ref), lambda: _indexed(view, ref), nothing)
    known = members(view, ref)
    return [known[n] for n in sorted({n for t in wanted for n in index.get(t, ())})]


def _indexed(view: View, ref: ScopeRef) -> dict[Term, list[int]]:
    found: dict[Term, list[int]] = {}
    for number, member in enumerate(members(view, ref)):
        for term in value(view, member):
            found.setdefault(term, []).append(number)
    return found


def by_name(view: View, ref: ScopeRef, key: Term) -> Value:
    """`E[key]`; any member where the name is not known."""
    if isinstance(key, Literal) and isinstance(key.value, str):
        known = isinstance(key.value, str) and is_member(view, ref, key.value)
        return (EnumMember(ref, key.value) if known else Unknown(f"`{view.scope(ref).name}` has no member `{key.value}`"),)
    return bounded(members(view, ref))


def value(view: View, member: EnumMember) -> Value:
    """`member.value`; `auto()` of a text enumeration is the name in lower case, or what the class makes of the name."""
    found = view.named(member.name, body_place(view, member.scope))
    if not any(isinstance(t, Made) and t.callee == Symbol("enum.auto") for t in found):
        return bounded(t for f in found for t in _less_label(view, f)) if _stated(view, member.scope) is not None else found
    maker = _method(view, member, "_generate_next_value_")
    if maker is not None:
        named = Function(maker.scope, maker.closure, None if maker.self is None else Literal(member.name))
        rest = Link(None, (Passed(ready((Literal(member.name),))),), (hash(member),))
        return view.apply(named, Link(None, ()) if named.self is not None else rest, None)
    return (Literal(member.name.lower()),) if is_text_enum(view, member.scope) else (Unknown("a number"),)


def _less_label(view: View, term: Term) -> Value:
    pair = isinstance(term, Elements) and term.ordered and not term.open and len(term.items) == 2
    return view.force(term.items[0]) if isinstance(term, Elements) and pair else (term,)


def listed(view: View, ref: ScopeRef, name: str) -> Value:
    """`E.values` and `E.names` of an enumeration of choices; empty for any other."""
    if name not in {"values", "names"} or _stated(view, ref) is None:
        return ()
    items = (value(view, m) if name == "values" else (Literal(m.name),) for m in members(view, ref))
    return (Elements(tuple(ready(i) for i in items)),)


def _method(view: View, member: EnumMember, name: str) -> Function | None:
    """A method that the class itself (or a scanned base) defines, bound to the member."""
    found = class_attribute(view, member.scope, name, member)
    return next((t for t in found if isinstance(t, Function)), None)


def attribute(view: View, member: EnumMember, name: str) -> Value:
    """`member.name`: its value and name, what its class defines, what its constructor assigns, else the value's own."""
    if name in {"value", "_value_"}:
        return value(view, member)
    if name in {"name", "_name_"}:
        return (Literal(member.name),)
    if name == "__class__":
        return (Class(member.scope),)
    found = class_attribute(view, member.scope, name, member) or _constructed(view, member, name)
    return found or tuple(Member(t, name) for t in value(view, member))


def _constructed(view: View, member: EnumMember, name: str) -> Value:
    """What the enumeration's `__init__` assigns to `self.name`, called with the member's value (a tuple: its items)."""
    stores = view.self_stores(member.scope).get(name, ())
    given = [t for v in value(view, member) for t in (v.items if isinstance(v, Elements) else (ready((v,)),))]
    made_by = Link(None, tuple(Passed(g) for g in given), (hash(member),))
    return bounded(t for s in stores for t in assigned_in(view, s, made_by, member))


def text(view: View, member: EnumMember, conversion: str) -> Value:
    """The member as `str()` (conversion "s") or a format ("") writes it. A format of a text enumeration is its value: so it
    was for years, and so its authors mean it."""
    own = _method(view, member, "__str__") or (_method(view, member, "__format__") if not conversion else None)
    if own is not None:
        return view.returned(own, ())
    by_value = _has_base(view, member.scope, WRITTEN_BY_VALUE) or _stated(view, member.scope) is not None
    if by_value or (not conversion and is_text_enum(view, member.scope)):
        return value(view, member)
    return (Literal(f"{view.scope(member.scope).name}.{member.name}"),)
