"""Methods that a library runs on objects of classes below its own, as plugins state them (`Runs`): `validate` of a serializer where
one is made and asked whether it is valid, `perform_create` of a view where that hands a request on to the library.

Who uses a class is who makes an object of it or calls it by name, whose methods hand work on to what they inherit, and whose class
names it in its body (`serializer_class = OrderSerializer`), for it is the library that uses it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from flowmap.linker.knowledge import wildcard
from flowmap.linker.mappings import walk
from flowmap.linker.names import is_super
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Class, Symbol
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.hosting import Runs
from flowmap.model.summary import Define, Import

if TYPE_CHECKING:
    from flowmap.linker.view import View

ASKING = {"isinstance", "issubclass", "super", "cast"}
"""Functions that are told a class and make nothing of it."""
SELF = "self."
REQUESTS = {"request", "req"}
"""Names of objects whose data is not that of an object of the class."""

Namings: TypeAlias = dict[ScopeRef, dict[tuple[ScopeRef, bool], None]]
"""Class -> the scopes that name it, and whether a decorator does."""


@dataclass(slots=True)
class _Asked:
    """What uses the objects of some classes for the sake of one statement of a plugin."""

    run: Runs
    seen: set[ScopeRef] = field(default_factory=set)


class Hosted:
    """Where the methods of a view run because a library runs them, asked by method."""

    def __init__(self, view: View) -> None:
        self._view = view

    def of(self, target: ScopeRef) -> dict[ScopeRef, tuple[str, ...]]:
        """The functions in which the method runs so, and the classes whose objects a library uses itself, each with those of its
        methods for which alone it does so (none: for all)."""
        view, scope = self._view, self._view.scope(target)
        owner = ScopeRef(target.path, scope.parent)
        if not view.knowledge.runs or scope.parent <= 0 or scope.kind != "function" or view.scope(owner).kind != "class":
            return {}
        found: dict[ScopeRef, list[Runs]] = {}
        for cls in (owner, *view.subclasses(owner)):
            for run in self._stated(cls):
                if self._is_run(run, cls, target):
                    for ref in self._users(cls, _Asked(run)):
                        found.setdefault(ref, []).append(run)
        return {ref: self._methods_of(ref, runs) for ref, runs in found.items() if ref != target}

    def _methods_of(self, user: ScopeRef, runs: Iterable[Runs]) -> tuple[str, ...]:
        """The methods of a class for which alone a library runs something on its behalf."""
        own = [[name.removeprefix(SELF) for name in run.by if name.startswith(SELF)] for run in runs]
        if self._view.scope(user).kind != "class" or not all(own):
            return ()
        return tuple(sorted({name for names in own for name in names}))

    def _stated(self, cls: ScopeRef) -> tuple[Runs, ...]:
        nothing: tuple[Runs, ...] = ()
        return self._view.guarded(("hosted", cls), lambda: self._all_stated(cls), nothing)

    def _all_stated(self, cls: ScopeRef) -> tuple[Runs, ...]:
        names = [t.name for t in self._view.external_bases(cls) if isinstance(t, Symbol)]
        return tuple(r for r in self._view.knowledge.runs if any(wildcard(r.base).match(n) for n in names))

    def _is_run(self, run: Runs, cls: ScopeRef, method: ScopeRef) -> bool:
        """Whether the plugin's statement is about this method of the class."""
        name = self._view.scope(method).name
        for stated in run.methods:
            if stated.startswith("@"):
                decorators = self._view.decorators(method) if self._view.scope(method).decorators else ()
                if any(n.removesuffix("()") == stated[1:] for t in decorators for n in self._view.plain_names_of(t)):
                    return True
            elif stated.endswith("{}"):
                start = stated.removesuffix("{}")
                if name.startswith(start) and self._declares(cls, name.removeprefix(start)):
                    return True
            elif wildcard(stated).match(name):
                return True
        return False

    def _declares(self, cls: ScopeRef, name: str) -> bool:
        return any(name in self._view.unit(b.path).table(b.index).names for b in self._classes(cls))

    def _classes(self, cls: ScopeRef) -> list[ScopeRef]:
        return [b.scope for b in self._view.mro(cls) if isinstance(b, Class)]

    def _methods(self, cls: ScopeRef) -> dict[str, ScopeRef]:
        found: dict[str, ScopeRef] = {}
        for base in self._classes(cls):
            for statement in self._view.scope(base).statements:
                if isinstance(statement, Define) and self._view.unit(base.path).scope(statement.scope).kind == "function":
                    ref = ScopeRef(base.path, statement.scope)
                    found.setdefault(self._view.scope(ref).name, ref)
        return found

    def _users(self, cls: ScopeRef, asked: _Asked) -> Iterator[ScopeRef]:
        if cls in asked.seen:
            return
        asked.seen.add(cls)
        yield cls
        methods = self._methods(cls)
        for name, ref in methods.items():
            if any(self._is_run(r, cls, ref) for r in self._stated(cls)):
                continue
            if (asked.run.always and not name.startswith("_")) or (self._hands_on(ref, methods) and self._wants(ref, asked.run)):
                yield ref
        for ref, decorating in self._namings.get(cls, {}):
            if not decorating or asked.run.always:
                yield from self._through(ref, asked)

    def _through(self, ref: ScopeRef, asked: _Asked) -> Iterator[ScopeRef]:
        """Those who use a class because this scope names it."""
        view = self._view
        owner = ScopeRef(ref.path, view.scope(ref).parent)
        if view.scope(ref).kind == "class":
            inside = view.scope(ref).parent > 0 and view.scope(owner).kind == "class"  # `class Meta`
            home = owner if inside else ref
            for cls in (home, *view.subclasses(home)):
                yield from self._users(cls, asked)
        elif self._is_hook(owner, ref) and not self._attributes(ref) & self._telling[_library(asked.run)]:
            for cls in (owner, *view.subclasses(owner)):
                yield from self._users(cls, asked)
        elif asked.run.always or self._wants(ref, asked.run):
            yield ref

    def _is_hook(self, owner: ScopeRef, ref: ScopeRef) -> bool:
        if owner.index <= 0 or self._view.scope(owner).kind != "class":
            return False
        return any(self._is_run(r, c, ref) for c in (owner, *self._view.subclasses(owner)) for r in self._stated(c))

    @cached_property
    def _telling(self) -> dict[str, set[str]]:
        """Library -> what tells apart for what a function uses its objects."""
        found: dict[str, set[str]] = {}
        for run in self._view.knowledge.runs:
            found.setdefault(_library(run), set()).update(run.by)
        return found

    def _wants(self, ref: ScopeRef, run: Runs) -> bool:
        """Whether a function asks an object for what makes the library run the method; one that tells nothing may."""
        told = self._attributes(ref) & self._telling[_library(run)] if run.by else set()
        return not told or not told.isdisjoint(run.by)

    def _attributes(self, ref: ScopeRef) -> set[str]:
        """The attributes that a function names, those of `self` and `super()` with `self.` before them."""
        nothing: set[str] = set()
        return self._view.guarded(("attributes named", ref), lambda: set(self._all_attributes(ref)), nothing)

    def _all_attributes(self, ref: ScopeRef) -> Iterator[str]:
        first = next((p.name for p in self._view.scope(ref).parameters), "")
        for node in self._nodes(ref):
            if isinstance(node, ir.Attribute):
                own = is_super(node.value) or (isinstance(node.value, ir.Name) and node.value.id == first)
                of_request = isinstance(node.value, ir.Name | ir.Attribute) and _last(node.value) in REQUESTS
                if not of_request:
                    yield f"{SELF}{node.attr}" if own else node.attr

    def _hands_on(self, ref: ScopeRef, methods: dict[str, ScopeRef]) -> bool:
        """Whether a method calls one of its object that no scanned class has."""
        first = next((p.name for p in self._view.scope(ref).parameters), "")
        for node in self._nodes(ref):
            match node:
                case ir.Call(callee=ir.Attribute(value=ir.Name(id=name), attr=attr)) if name == first and attr not in methods:
                    return True
                case ir.Call(callee=ir.Attribute(value=owner)) if is_super(owner):
                    return True
        return False

    def _nodes(self, ref: ScopeRef) -> Iterator[ir.Expression]:
        return (node for s in self._view.scope(ref).statements for e in expressions(s) for node in walk(e))

    @property
    def _namings(self) -> Namings:
        nothing: Namings = {}
        return self._view.aside(("classes named",), self._all_namings, nothing)

    @cached_property
    def _names(self) -> set[str]:
        """The names under which classes of which a plugin states something may be used."""
        view = self._view
        names = {view.scope(ref).name for ref in view.scopes if view.scope(ref).kind == "class" and self._stated(ref)}
        statements = (s for ref in view.scopes for s in view.scope(ref).statements)
        return names | {s.alias for s in statements if isinstance(s, Import) and s.alias and s.name in names}

    def _all_namings(self) -> Namings:
        found: Namings = {}
        for ref in self._view.scopes:
            if self._view.scope(ref).kind == "module":
                continue
            for node, scope, decorating in self._written(ref):
                if _last(node) in self._names:
                    self._view.ask(ref.path, self._view.scope(ref).line)
                    for term in self._view.values(node, self._view.symbolic_place(scope)):
                        if isinstance(term, Class):
                            found.setdefault(term.scope, {})[ref, decorating] = None
        return found

    def _written(self, ref: ScopeRef) -> Iterator[tuple[ir.Expression, ScopeRef, bool]]:
        """The names in a scope that may be used classes, each with the scope that it is evaluated in, and whether a decorator
        stands there; what a decorated function declares to be given is made for it."""
        scope = self._view.scope(ref)
        yield from ((n, ref, False) for s in scope.statements for e in expressions(s) for n in _used(e))
        if scope.decorators:
            around = ScopeRef(ref.path, max(scope.parent, 0))
            yield from ((n, around, True) for d in scope.decorators for n in _used(d))
            declared = (p.annotation for p in scope.parameters if p.annotation is not None)
            yield from ((n, around, False) for d in declared for n in _used(d))


def _library(run: Runs) -> str:
    return run.base.partition(".")[0]


def _last(node: ir.Expression) -> str:
    match node:
        case ir.Name(id=name) | ir.Attribute(attr=name):
            return name
        case _:
            return ""


def _used(node: ir.Expression) -> Iterator[ir.Expression]:
    """The names inside an expression, dotted ones as a whole: what is called, called a method of, or handed on."""
    todo = [node]
    while todo:
        inner = todo.pop()
        match inner:
            case ir.Name():
                yield inner
            case ir.Call(callee=ir.Name(id=name)) if name in ASKING:
                continue
            case ir.Call(callee=ir.Attribute(value=owner) as callee, arguments=arguments):
                yield callee
                todo += (owner, *(a.value for a in arguments))
            case ir.Attribute(value=owner):
                yield inner
                if not isinstance(owner, ir.Name | ir.Attribute):
                    todo.append(owner)
            case _:
                todo += ir.children(inner)
