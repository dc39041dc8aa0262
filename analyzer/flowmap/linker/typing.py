"""The qualified name under which plugins know a value: `kafka.KafkaProducer` for an object of it, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import collections, generics, hooks, promises, slots, stated, subjects
from flowmap.linker.calls import apply
from flowmap.linker.hierarchy import is_abstract
from flowmap.linker.making import making
from flowmap.linker.terms import (
    Class,
    Element,
    Function,
    Instance,
    Literal,
    Made,
    Member,
    Parameter,
    Place,
    Promised,
    Symbol,
    Term,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CHAIN = 80
"""Members and calls that a name may be built from."""
UNDECIDED = "?"
"""In a name: what an argument decides that is not known."""


def names_of(view: View, term: Term, *, closing: bool) -> tuple[str, ...]:
    """All names of the term, most specific first; empty for what no plugin could know. With `closing`, a parameter has the
    names that its annotation promises, or those of what its callers pass."""
    if not closing:
        return _names(view, term, 0)
    return tuple(dict.fromkeys(n for t in meant(view, term) for n in _names(view, t, 0)))


def meant(view: View, term: Term) -> Value:
    """The term, or what it is once nothing waits any more: what annotations promise, or what callers pass."""
    if not depends(term):
        return (term,)
    promised = _promised(view, term)
    if promised and all(_is_strange(view, t) for t in promised):
        passed = view.close((term,))
        return passed if any(view.plain_names_of(t) and not _is_strange(view, t) for t in passed) else promised
    return promised if promised is not None else view.close((term,))


def _is_strange(view: View, term: Term) -> bool:
    """Whether the term hangs on an object of a library class of which plugins say nothing: what callers pass may say more."""
    root = term
    while isinstance(root, Member):
        root = root.owner
    promised = isinstance(root, Made) and root.creation is None and isinstance(root.callee, Symbol)
    return promised and not any(view.knowledge.matching(name) for name in view.plain_names_of(term))


def _names(view: View, term: Term, depth: int) -> tuple[str, ...]:
    if depth > MAX_CHAIN:
        return ()
    match term:
        case Symbol(name=name):
            return (name,)
        case Made(callee=callee):
            suffix = ".__call__" if isinstance(callee, Made | Instance) else ""
            return tuple(_made(view, term, n + suffix) for n in _names(view, callee, depth + 1))
        case Member(owner=Instance() as owner, name=name) if known := stated.method_names(view, owner, name):
            return known
        case Member(owner=owner, name=name):
            return tuple(view.knowledge.type_of(f"{n}.{name}") or f"{n}.{name}" for n in _names(view, owner, depth + 1))
        case Element(owner=owner):
            return tuple(view.knowledge.type_of(f"{n}[]") or f"{n}[]" for n in _names(view, owner, depth + 1))
        case Instance(scope=scope) | Class(scope=scope):
            return _of_class(view, scope, depth)
        case Promised(kinds=kinds):
            return tuple(dict.fromkeys(n for k in kinds for n in _names(view, k, depth + 1)))
        case Function(scope=scope):
            return tuple(kind for kind, _ in view.decorated(scope))
        case _:
            return ()


def _promised(view: View, term: Term) -> Value | None:
    """What the term is if the parameter at its root is what its annotation says; None if that says too little."""
    root = term
    while isinstance(root, Member | Element | Made):
        root = root.callee if isinstance(root, Made) else root.owner
    kinds = root.kinds if isinstance(root, Promised) else _annotated(view, root) if isinstance(root, Parameter) else None
    if not kinds:
        return kinds
    if any(isinstance(k, Instance | Class) and is_abstract(view, k.scope) for k in kinds):
        return None
    return bounded(t for kind in kinds for t in _rooted(view, term, root, kind))


def _annotated(view: View, parameter: Parameter) -> Value | None:
    """What the annotation of a parameter promises: nothing to know if it is a builtin, None if it says too little."""
    declared = next(p for p in view.scope(parameter.scope).parameters if p.name == parameter.name)
    if declared.annotation is None or _is_class_of_library(view, parameter):
        return None
    receiver = Instance(parameter.made) if parameter.made is not None else None
    place = generics.annotation_place(view, view.frame(parameter.scope, None, None, receiver))
    kinds = promises.of_parameter(view, declared, place)
    return kinds or (() if _is_builtin(view, declared.annotation, place) else None)


def _is_class_of_library(view: View, parameter: Parameter) -> bool:
    """Whether a library passes a class to a method that it knows, which is often annotated as if it were an object of it."""
    names = [p.name for p in view.scope(parameter.scope).parameters]
    return isinstance(hooks.of_override(view, parameter.scope, names.index(parameter.name) - 1), Symbol)


def _is_builtin(view: View, annotation: ir.Expression, place: Place) -> bool:
    head = annotation.value if isinstance(annotation, ir.Subscript) else annotation
    if not isinstance(head, ir.Name | ir.Attribute):
        return False
    return all(isinstance(t, Symbol) and t.name.startswith("builtins.") for t in view.values(head, place))


def _rooted(view: View, term: Term, root: Term, kind: Term) -> Value:
    if term == root:
        return (kind,)
    match term:
        case Member(owner=owner, name=name):
            return tuple(t for o in _rooted(view, owner, root, kind) for t in view.attribute(o, name))
        case Element(owner=owner, key=key):
            owners = _rooted(view, owner, root, kind)
            return collections.iterate(view, owners) if key is None else collections.item(view, owners, (Literal(key),))
        case Made(callee=callee, creation=creation) if creation is not None:
            called = making(creation)
            return bounded(t for c in _rooted(view, callee, root, kind) for t in apply(view, c, called, creation))
        case _:
            return ()


def _made(view: View, term: Made, name: str) -> str:
    """The type of what calling something of this name gives."""
    key = f"{name}()"
    known = view.knowledge.type_of(key)
    if known is not None:
        return _discriminated(view, term, key, known) if "{}" in known else known
    last = name.rpartition(".")[2].lstrip("_")
    return name if last[:1].isupper() else key


def _discriminated(view: View, term: Made, key: str, known: str) -> str:
    ref = view.knowledge.discriminated.get(key)
    subject = subjects.of_creation(view, term)
    value = slots.ask(view, ref, subject) if subject is not None else ()
    text = view.text(value)
    return known.replace("{}", text if text is not None else UNDECIDED)


def _of_class(view: View, scope: ScopeRef, depth: int) -> tuple[str, ...]:
    names = [n for t in view.external_bases(scope) for n in _names(view, t, depth + 1)]
    return tuple(dict.fromkeys([*names, *(kind for kind, _ in view.decorated(scope))]))


def decorated(view: View, scope: ScopeRef) -> tuple[tuple[str, Term], ...]:
    """The types that decorators make of a function or class, each with the decorator's term."""
    found: list[tuple[str, Term]] = []
    for term in view.decorators(scope):
        for name in _names(view, term, 0):
            kind = view.knowledge.type_of(f"{name.removesuffix('()')}@")
            if kind is not None:
                found.append((kind, term))
    return tuple(found)
