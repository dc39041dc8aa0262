"""What a plugin's own code may ask of a view, for wiring that no pattern can describe (URL tables, schedules, registries)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker import collections, slots, subjects
from flowmap.linker.activations import last_name
from flowmap.linker.classes import body_place
from flowmap.linker.dotted import function_at, path_of
from flowmap.linker.drafts import Draft, as_handler
from flowmap.linker.mappings import displays, values_under
from flowmap.linker.mounts import Mount
from flowmap.linker.rendering import render
from flowmap.linker.terms import (
    Class,
    Entries,
    Function,
    Instance,
    Literal,
    Made,
    Member,
    Module,
    Place,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.units import ScopeRef
from flowmap.linker.urls import template
from flowmap.model.interaction import Confidence, Endpoint, Handler
from flowmap.model.location import Location
from flowmap.model.project import Document

if TYPE_CHECKING:
    from flowmap.linker.view import View


@dataclass(frozen=True, slots=True)
class Found:
    """A value in the program, with the place (path, line, end line) that it comes from, and the name or attribute that it is
    written as there (`called`; only of elements). The methods never fail: what is not there is empty."""

    view: View
    value: Value
    where: tuple[str, int, int]
    called: str = ""

    def texts(self) -> list[str]:
        """The texts it can be."""
        return [t.text for t in render(self.view, self.view.close(self.value)) if t.text is not None]

    def items(self) -> Iterator[tuple[str | None, Found]]:
        """The entries of a mapping: key text and value."""
        for term in self.value:
            if isinstance(term, Entries):
                for key, item in term.items:
                    name = self.view.text(self.view.force(key)) if key is not None else None
                    line = getattr(getattr(item.expression, "span", None), "line", None)
                    end = getattr(getattr(item.expression, "span", None), "end_line", None)
                    place = item.place.scope.path if item.place else self.where[0]
                    where = (place, line, end) if line and end else self.where
                    yield name, Found(self.view, self.view.force(item), where)

    def get(self, key: str) -> Found:
        """An entry of a mapping, an attribute of an object, or of a class and else its objects."""
        found: list[Term] = []
        for term in self.value:
            if isinstance(term, Entries):
                found += [t for t in collections.item(self.view, (term,), (Literal(key),)) if t is not None]
            elif not isinstance(term, Literal):
                value = self.view.attribute(term, key)
                unset = all(t == Member(term, key) or isinstance(t, Unknown) for t in value)
                found += self.view.attribute(Instance(term.scope), key) if isinstance(term, Class) and unset else value
        return Found(self.view, tuple(found), self.where)

    def elements(self) -> Iterator[Found]:
        """The elements of a list, and what it took elements from that are not known; a plain value is its own only element."""
        for term in self.value:
            known = collections.elements(self.view, term)
            if known is None:
                yield Found(self.view, (term,), self.where)
            for part in known.parts if known else ():
                yield Found(self.view, (part,), self.where)
            for item in known.items if known else ():
                line = getattr(getattr(item.expression, "span", None), "line", self.where[1])
                end = getattr(getattr(item.expression, "span", None), "end_line", self.where[2])
                path = item.place.scope.path if item.place else self.where[0]
                yield Found(self.view, self.view.close(self.view.force(item)), (path, line, end), last_name(item.expression))

    def argument(self, index: int | None, name: str | None = None) -> Found:
        """An argument of the call that made the object."""
        found: list[Term] = []
        for term in self.value:
            subject = subjects.of_creation(self.view, term)
            if subject is not None:
                found += slots.ask(self.view, api.Argument(index, name), subjects.closed(self.view, subject))
        return Found(self.view, self.view.close(tuple(found)), self.where)

    def call(self, method: str) -> Found:
        """What a method of the class or object gives, called without arguments."""
        found: list[Term] = []
        for term in self.value:
            owner = Instance(term.scope) if isinstance(term, Class) else term
            for function in self.view.attribute(owner, method):
                if isinstance(function, Function):
                    found += self.view.returned(function, ())
        return Found(self.view, tuple(found), self.where)

    def receiver(self) -> Found:
        """The object whose method or attribute this is the result of."""
        found: list[Term] = []
        for term in self.value:
            inner = term.callee if isinstance(term, Made) else term
            if isinstance(inner, Member):
                found.append(inner.owner)
            elif isinstance(inner, Function) and inner.self is not None:
                found.append(inner.self)
        return Found(self.view, tuple(found), self.where)

    def same(self, other: api.Found) -> bool:
        """Whether both can be the same object."""
        return isinstance(other, Found) and bool(set(self.value) & set(other.value))

    def names(self) -> set[str]:
        """The qualified names that plugins know it by."""
        return {n for t in self.value for n in self.view.names_of(t)}

    def handlers(self) -> list[Handler]:
        """The functions and classes among the values, as handlers."""
        return [as_handler(self.view, t.scope) for t in self.value if isinstance(t, Function | Class)]

    def functions(self) -> Iterator[tuple[str, Handler]]:
        """The functions and classes that it is, or whose dotted paths it is, each with that path."""
        for found in (function_at(self.view, t) for t in self.value):
            if found is not None and (path := self.view.text((path_of(self.view, found),))) is not None:
                yield path, as_handler(self.view, found.scope)

    def methods(self) -> Iterator[tuple[str, Handler]]:
        """The methods of a class or of the class of an object, inherited ones included, with private ones left out. An object
        that nobody says more of than its class (`self`) can be of a class below."""
        refs: dict[ScopeRef, None] = {}
        for term in self.value:
            if isinstance(scope := getattr(term, "scope", None), ScopeRef):
                below = self.view.subclasses(scope) if isinstance(term, Instance) and term.creation is None else ()
                refs |= dict.fromkeys(b.scope for own in (scope, *below) for b in self.view.mro(own) if isinstance(b, Class))
        yield from (method for ref in refs for method in _methods(self.view, ref))


def _methods(view: View, ref: ScopeRef) -> Iterator[tuple[str, Handler]]:
    for name in view.unit(ref.path).table(ref.index).names:
        for term in view.named(name, body_place(view, ref)):
            if isinstance(term, Function) and not name.startswith("_"):
                yield name, as_handler(view, term.scope)


class ViewContext:
    """Implements `flowmap.plugin_api.Context` over a view."""

    def __init__(self, view: View) -> None:
        self._view = view

    def assigned(self, name: str) -> Iterator[Found]:
        """Everything assigned to a variable or attribute of this name, anywhere in the service."""
        view = self._view
        for ref in view.scopes:
            table = view.unit(ref.path).table(ref.index)
            for binding in table.names.get(name, ()):
                if binding.kind in {"assign", "augment"} and binding.value is not None and binding.statement is not None:
                    place = view.symbolic_place(ref, binding.position)
                    where = (ref.path, binding.statement.line, binding.statement.end_line)
                    yield Found(view, view.values(binding.value, place), where)
            for store in table.stores:
                if store.attr == name and store.binding.value is not None and store.binding.statement is not None:
                    place = view.symbolic_place(ref, store.binding.position)
                    where = (ref.path, store.binding.statement.line, store.binding.statement.end_line)
                    yield Found(view, view.values(store.binding.value, place), where)

    def entries(self, key: str) -> Iterator[Found]:
        """The values under this constant key in any dict display or item assignment of the service."""
        for value, where in values_under(self._view, key):
            yield Found(self._view, value, where)

    def displays(self, *keys: str) -> Iterator[Found]:
        """Every dict display of the service that has all of these constant keys."""
        for value, where in displays(self._view, keys):
            yield Found(self._view, value, where)

    def calls(self, name: str) -> Iterator[tuple[Found, Found]]:
        """Calls whose callee ends with this name: (callee, the call's result)."""
        view = self._view
        for ref in view.scopes:
            for site in view.unit(ref.path).table(ref.index).calls:
                if last_name(site.call.callee) == name:
                    place = Place(view.symbolic_place(ref).frame, ref, site.position)
                    span = site.call.span
                    where = (ref.path, span.line, span.end_line)
                    yield (
                        Found(view, view.values(site.call.callee, place), where),
                        Found(view, view.values(site.call, place), where),
                    )

    def registrations(self, start: str, end: str) -> Iterator[tuple[str, Found]]:
        """Calls of library functions whose name starts and ends so."""
        view = self._view
        for ref in view.scopes:
            for site in view.unit(ref.path).table(ref.index).calls:
                name = last_name(site.call.callee)
                if name.startswith(start) and name.endswith(end):
                    place = Place(view.symbolic_place(ref).frame, ref, site.position)
                    yield name, Found(view, view.values(site.call, place), (ref.path, site.call.span.line, site.call.span.end_line))

    def decorated(self, target: str) -> Iterator[tuple[Found, Handler, Found]]:
        """What a library decorator stands on: the decorator, the function, the class around it (empty if there is none)."""
        view = self._view
        for ref in view.scopes:
            scope = view.scope(ref)
            for term in view.decorators(ref) if scope.decorators and scope.kind == "function" else ():
                if target in {n.removesuffix("()") for n in view.plain_names_of(term)}:
                    owner = ScopeRef(ref.path, scope.parent)
                    where = (ref.path, scope.head, scope.line)
                    cls: Value = (Class(owner),) if view.scope(owner).kind == "class" else ()
                    yield Found(view, (term,), where), as_handler(view, ref), Found(view, cls, where)

    def decorating(self, cls: api.Found, target: str) -> Iterator[Found]:
        """The decorators of this name that stand on a class of the scan."""
        for scope in (t.scope for t in cls.value if isinstance(t, Class)) if isinstance(cls, Found) else ():
            for term in self._view.decorators(scope):
                if target in {n.removesuffix("()") for n in self._view.plain_names_of(term)}:
                    yield Found(self._view, (term,), (scope.path, self._view.scope(scope).head, self._view.scope(scope).line))

    def subclasses(self, base: str) -> Iterator[Found]:
        """The classes of the service that stand below a library class."""
        view = self._view
        for ref in view.scopes:
            scope = view.scope(ref)
            if scope.kind == "class" and any(base in view.plain_names_of(t) for t in view.external_bases(ref)):
                yield Found(view, (Class(ref),), (ref.path, scope.line, scope.line))

    def module(self, dotted: str) -> Found | None:
        """A scanned module by the name that settings give it."""
        path = self._view.modules.path(dotted)
        return Found(self._view, (Module(path),), (path, 1, 1)) if path is not None else None

    def documents(self) -> Iterable[Document]:
        """The API documents that code of the service names by their files."""
        return self._view.surroundings.documents


def placed(view: View, plugin: api.Plugin) -> Iterator[Mount]:
    """What a plugin's own code puts into one another."""
    for one in plugin.places(ViewContext(view)) if plugin.places is not None else ():
        parents = one.parent.value if isinstance(one.parent, Found) else (None,)
        for child in one.child.value if isinstance(one.child, Found) else ():
            yield from (Mount(parent, child, one.prefix, False, _location(view, one.child.where)) for parent in parents)


def _location(view: View, where: tuple[str, int, int]) -> Location:
    """A place in the program, or in a document beside it."""
    unit = view.units.get(where[0])
    return unit.location(*where[1:]) if unit is not None else Location(*where)


def wired(view: View, plugin: api.Plugin) -> Iterator[Draft]:
    """The findings of a plugin's own code as drafts."""
    for wiring in plugin.recognise(ViewContext(view)) if plugin.recognise is not None else ():
        handler = wiring.handler if isinstance(wiring.handler, Handler) else None
        yield Draft(
            role=wiring.role,
            transport=wiring.transport,
            plugin=plugin.name,
            confidence=Confidence.DERIVED,
            location=_location(view, wiring.where),
            function=handler.name if handler else "",
            scope=ScopeRef(wiring.where[0], 0),
            channel=wiring.channel,
            exchange=wiring.exchange,
            event=wiring.event,
            kind=wiring.kind,
            match=plugin.match,
            handler=handler,
            route=wiring.route,
            space=wiring.space,
            public=wiring.public,
            timed=wiring.timed,
            endpoint=Endpoint(_operation(wiring)) if wiring.operation is not None else None,
            reason=wiring.unresolved or "",
        )


def _operation(wiring: api.Wiring) -> str:
    operation = wiring.operation or ""
    if wiring.transport != "http":
        return operation
    method, _, path = operation.partition(" ")
    return f"{method} {template(path)}"
