"""A value in the program as a plugin's own code sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker import collections, slots, subjects
from flowmap.linker.activations import last_name
from flowmap.linker.classes import body_place
from flowmap.linker.dotted import function_at, path_of
from flowmap.linker.drafts import as_handler
from flowmap.linker.rendering import render
from flowmap.linker.terms import Class, Entries, Function, Instance, Literal, Made, Member, Term, Unknown, Value
from flowmap.linker.units import ScopeRef
from flowmap.model.interaction import Handler

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

    def needs(self, method: str) -> list[str]:
        """The parameters that a method has to be given, the first one left out."""
        functions = [t for t in self.get(method).value if isinstance(t, Function)]
        parameters = self.view.scope(functions[0].scope).parameters[1:] if functions else ()
        return [p.name for p in parameters if p.default is None and p.kind in {"normal", "positional"}]

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
