"""`isinstance` and `hasattr` of what is known: literals, collections, objects and members of scanned classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.subjects import given
from flowmap.linker.terms import Class, Elements, Entries, EnumMember, Instance, Link, Literal, Symbol, Template, Term, Value
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View

_ABOVE: dict[type, frozenset[str]] = {
    str: frozenset({"str", "Sequence", "Iterable", "Collection", "Hashable"}),
    bool: frozenset({"bool", "int", "Hashable"}),
    int: frozenset({"int", "Hashable"}),
    float: frozenset({"float", "Hashable"}),
    type(None): frozenset({"NoneType", "Hashable"}),
    list: frozenset({"list", "tuple", "set", "frozenset", "Sequence", "Iterable", "Collection", "Set", "MutableSequence", "deque"}),
    dict: frozenset({"dict", "Mapping", "MutableMapping", "Iterable", "Collection", "OrderedDict", "defaultdict"}),
}
"""Kind of value -> the builtin and abstract types of which it is one; lists, tuples and sets are not told apart."""
_KNOWN = frozenset().union(*_ABOVE.values()) - {"Hashable"} | {"bytes", "bytearray"}
OF_MEMBERS = frozenset({"name", "value"})
"""Attributes of the members of all enumerations."""
_UNTOLD = frozenset({"list", "tuple", "set", "frozenset", "Sequence", "MutableSequence", "Set", "deque"})
"""Types of which a collection may or may not be one."""


def is_instance(view: View, link: Link) -> Value | None:
    """`isinstance(x, T)`, where all alternatives agree."""
    if len(link.arguments) != 2:
        return None
    kinds = [t for term in given(view, link, 1) for t in _spread(view, term)]
    found = {_is_one(view, term, kinds) for term in given(view, link, 0)}
    known = found.pop() if len(found) == 1 else None
    return (Literal(known),) if known is not None else None


def has_attribute(view: View, link: Link) -> Value | None:
    """`hasattr(x, "name")`, where all alternatives agree."""
    name = view.text(given(view, link, 1)) if len(link.arguments) == 2 else None
    found = {_has(view, term, name) for term in given(view, link, 0)} if name is not None else {None}
    known = found.pop() if len(found) == 1 else None
    return (Literal(known),) if known is not None else None


def _has(view: View, term: Term, name: str) -> bool | None:
    """Whether something has an attribute; of an object that only what others may add to it could have, nobody can tell."""
    match term:
        case EnumMember(scope=scope):
            return True if name in OF_MEMBERS or _defines(view, scope, name) else None
        case Literal() | Template() | Entries():
            kind = _python_type(term)
            alike = kind is not str or hasattr(str, name) is hasattr(bytes, name)  # texts and bytes are not told apart
            return hasattr(kind, name) if alike else None
        case Instance(scope=scope):
            return True if _defines(view, scope, name) else None
        case _:
            return None


def _defines(view: View, ref: ScopeRef, name: str) -> bool:
    classes = (t.scope for t in view.mro(ref) if isinstance(t, Class))
    return any(name in view.unit(c.path).table(c.index).names for c in classes)


def _spread(view: View, term: Term) -> Value:
    known = collections.elements(view, term) if isinstance(term, Elements) else None
    return tuple(t for item in known.items for t in view.force(item)) if known is not None else (term,)


def _is_one(view: View, term: Term, kinds: list[Term]) -> bool | None:
    answers = [_is(view, term, kind) for kind in kinds]
    return True if True in answers else None if None in answers or not answers else False


def _is(view: View, term: Term, kind: Term) -> bool | None:
    match term, kind:
        case (Instance(scope=scope), Class()):
            return kind in view.mro(scope) or (None if view.external_bases(scope) else False)
        case (EnumMember(scope=scope), Class()):
            return Class(scope) == kind
        case (Literal() | Template() | Elements() | Entries(), Class()):
            return False
        case (EnumMember(), Symbol()):
            return None
        case (Instance(scope=scope), Symbol(name=name)):
            return False if _short(name) in _KNOWN and not view.external_bases(scope) else None
        case (Literal() | Template() | Elements() | Entries(), Symbol(name=name)) if _short(name) in _KNOWN:
            own = _ABOVE[_python_type(term)]
            if isinstance(term, Elements) and _short(name) in _UNTOLD:
                return None
            return _short(name) in own
        case _:
            return None


def _short(name: str) -> str:
    module, _, last = name.rpartition(".")
    return last if module in {"builtins", "typing", "collections", "collections.abc"} else ""


def _python_type(term: Term) -> type:
    match term:
        case Literal(value=value):
            return type(value)
        case Entries():
            return dict
        case Elements():
            return list
        case _:
            return str
