"""What a plugin's own code may ask of a view, for wiring that no pattern can describe (URL tables, schedules, registries)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.activations import last_name
from flowmap.linker.comparing import compared
from flowmap.linker.drafts import Draft, as_handler
from flowmap.linker.found import Found
from flowmap.linker.mappings import displays, values_under
from flowmap.linker.mounts import Mount
from flowmap.linker.terms import Class, Module, Place, Value
from flowmap.linker.units import ScopeRef
from flowmap.linker.urls import template
from flowmap.model.interaction import Confidence, Endpoint, Handler
from flowmap.model.location import Location
from flowmap.model.project import Document

if TYPE_CHECKING:
    from flowmap.linker.view import View


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

    def put_into(self, name: str) -> Iterator[Found]:
        """Everything put under a key of a variable or attribute of this name, anywhere in the service."""
        view = self._view
        for ref in view.scopes:
            for store in view.unit(ref.path).table(ref.index).stores:
                value, statement = store.binding.value, store.binding.statement
                if store.index is not None and last_name(store.target) == name and value is not None and statement is not None:
                    place = view.symbolic_place(ref, store.binding.position)
                    yield Found(view, view.values(value, place), (ref.path, statement.line, statement.end_line))

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

    def comparisons(self, handler: Handler, name: str) -> Iterator[tuple[str, str, Handler, tuple[str, int, int]]]:
        """What a method compares an attribute of its object with: how, the text, the function that runs then, where."""
        path, _, number = handler.key.rpartition(":")
        for one in compared(self._view, ScopeRef(path, int(number)), name):
            yield one.form, one.text, as_handler(self._view, one.function), (one.path, one.line, one.line)

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
