"""The program as one service sees it: its files, its environment, and every question the linker answers about them.

A view adds the questions to the memo and the frames; the meaning of each construct lives in the modules beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from flowmap.linker import calls, classes, enums, fields, filling, hierarchy, imports, names, promises, protocols, storage
from flowmap.linker.activations import ROUNDS, Caller
from flowmap.linker.attributes import attribute_of, item_of
from flowmap.linker.callers import Callers
from flowmap.linker.closing import close
from flowmap.linker.environment import environment_read
from flowmap.linker.evaluate import evaluate
from flowmap.linker.frames import Frames
from flowmap.linker.knowledge import Knowledge
from flowmap.linker.layers import Layer, Wrapping, all_wrapping, laid_around
from flowmap.linker.modules import Modules
from flowmap.linker.settings_classes import settings_field
from flowmap.linker.surroundings import ALONE, Surroundings
from flowmap.linker.tables import Binding, Store
from flowmap.linker.terms import (
    Class,
    Creation,
    Deferred,
    Element,
    Elements,
    EnumMember,
    Frame,
    Instance,
    Link,
    Literal,
    Made,
    Member,
    Passed,
    Place,
    Symbol,
    Term,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.typing import UNDECIDED, decorated, meant, names_of
from flowmap.linker.units import ScopeRef, Units
from flowmap.model import expression as ir


class View(Frames):
    """Read-only to the outside; everything it remembers follows from its arguments."""

    def __init__(
        self,
        units: Units,
        files: frozenset[str],
        environment: Mapping[str, str],
        knowledge: Knowledge,
        surroundings: Surroundings = ALONE,
    ) -> None:
        super().__init__(units)
        self.surroundings = surroundings
        self.files = files
        self.environment = environment
        self.knowledge = knowledge
        self.callers = Callers(self)

    # files and scopes

    @cached_property
    def scopes(self) -> tuple[ScopeRef, ...]:
        """All scopes of the view's files."""
        return tuple(ScopeRef(path, i) for path in sorted(self.files) for i in range(len(self.unit(path).summary.scopes)))

    # values

    def values(self, node: ir.Expression, place: Place) -> Value:
        """Everything `node` can be worth at `place`."""
        key = (id(node), place.frame.id, place.mark) if place.overlay else (id(node), place.frame.id)
        return self.counted(key, lambda: evaluate(self, node, place))

    def force(self, item: Deferred) -> Value:
        """The value of a deferred expression."""
        if item.expression is None or item.place is None:
            return item.value
        return self.values(item.expression, item.place)

    def close(self, value: Value, rounds: int = ROUNDS) -> Value:
        """The value with everything that waits for a caller replaced by what all callers give."""
        return close(self, value, rounds)

    def callers_of(self, ref: ScopeRef) -> tuple[Caller, ...]:
        """Who calls a function."""
        return self.callers.of(ref, ROUNDS)

    def texts(self, value: Value) -> Value:
        """The value as it is written into a text: enumeration members by their values, library objects by their names."""
        return bounded(t for term in value for t in self._written(term))

    def _written(self, term: Term) -> Value:
        if isinstance(term, EnumMember):
            return self.enum_value(term)
        if isinstance(term, Made | Member | Element | Instance):
            return self.given(term) or (term,)
        return (term,)

    def given(self, term: Term) -> Value:
        """The name that a library object stands for, where a plugin says so."""
        return self.guarded(("given", term), lambda: storage.given(self, term), ())

    def text(self, value: Value) -> str | None:
        """The one text of a value, if it is one."""
        texts = self.texts(value)
        return texts[0].value if len(texts) == 1 and isinstance(texts[0], Literal) and isinstance(texts[0].value, str) else None

    # names, attributes, items

    def symbol(self, name: str) -> Symbol:
        return Symbol(self.knowledge.canonical(name))

    def named(self, name: str, place: Place) -> Value:
        return names.lookup(self, name, place)

    def bound(self, binding: Binding, place: Place) -> Value:
        return names.bound_value(self, binding, place)

    def member(self, path: str, name: str) -> Value:
        return imports.module_member(self, path, name)

    def module_by_text(self, importer: str, dotted: str, package: str | None) -> Value:
        """The module that a text names, as `importlib.import_module` finds it from a file."""
        return imports.by_text(self, importer, dotted, package)

    def module_name_value(self, path: str, name: str) -> Value:
        """What the body of a module itself binds a name to."""
        return names.in_module(self, path, name)

    def attribute(self, term: Term, name: str) -> Value:
        return attribute_of(self, term, name)

    def subscript(self, owner: Term, key: Term) -> Value:
        """`owner[key]` of something that is no known collection."""
        return item_of(self, owner, key)

    def stored(self, term: Term, name: str) -> Value:
        return storage.stored_attribute(self, term, name)

    @property
    def attribute_stores(self) -> storage.AttributeStores:
        """All `x.name = value` of the view, by name."""
        return self._stores[0]

    @property
    def item_stores(self) -> storage.ItemStores:
        """All `x[key] = value` of the view, by what the key is worth."""
        return self._stores[1]

    @property
    def _stores(self) -> tuple[storage.AttributeStores, storage.ItemStores]:
        nothing: tuple[storage.AttributeStores, storage.ItemStores] = ({}, {})
        return self.aside(("stores",), lambda: storage.all_stores(self), nothing)

    def filled(self, value: Value, path: str, name: str) -> Value:
        """The collections under a name of a module, with what functions of the module put into them."""
        return filling.filled_name(self, value, path, name)

    def filled_attribute(self, value: Value, instance: Instance, name: str) -> Value:
        """The collections in an attribute, with what methods put into them."""
        return filling.filled_attribute(self, value, instance, name)

    def filled_item(self, value: Value, owner: Term, key: Term) -> Value:
        """The collections under a key of a library object, with what functions put into them."""
        return filling.filled_item(self, value, owner, key)

    def iterated(self, term: Term) -> Elements | None:
        """What an iteration over an enumeration class or an object of a scanned class meets."""
        return protocols.iterated(self, term)

    # classes

    def mro(self, ref: ScopeRef) -> tuple[Term, ...]:
        """The class and its bases, nearest first."""
        return self.guarded(("mro", ref), lambda: hierarchy.linearise(self, ref), (Class(ref),))

    def external_bases(self, ref: ScopeRef) -> tuple[Term, ...]:
        return hierarchy.external_bases(self, ref)

    @cached_property
    def _subclasses(self) -> dict[ScopeRef, list[ScopeRef]]:
        return hierarchy.below(self, [r for r in self.scopes if self.scope(r).kind == "class"])

    def subclasses(self, ref: ScopeRef) -> list[ScopeRef]:
        """Scanned classes below this one, at any depth; below a protocol stand the classes that have its methods."""
        return self._subclasses.get(ref, [])

    def self_stores(self, ref: ScopeRef) -> dict[str, list[tuple[ScopeRef, Store]]]:
        """`self.name = value` in the methods of a class: name -> (method, store)."""
        return self.guarded(("stores", ref), lambda: storage.self_stores(self, ref), {})

    def self_additions(self, ref: ScopeRef) -> dict[str, list[tuple[ScopeRef, Store]]]:
        """What the methods of a class put into `self.name`: name -> (method, store)."""
        return self.guarded(("additions", ref), lambda: storage.self_additions(self, ref), {})

    def base_arguments(self, instance: Instance) -> tuple[Passed, ...]:
        """The arguments with which the library base of a scanned class is constructed."""
        return classes.base_arguments(self, instance)

    def enclosing_instance(self, place: Place | None, function: ScopeRef | None) -> Term | None:
        """`self` at a place, or the object whose method a decorated function is."""
        return classes.enclosing_instance(self, place, function)

    @cached_property
    def modules(self) -> Modules:
        """The names of the view's files."""
        return Modules(self.units, self.files, self.surroundings.root)

    def is_enum(self, ref: ScopeRef) -> bool:
        return enums.is_enum(self, ref)

    def is_text_enum(self, member: EnumMember) -> bool:
        return enums.is_text_enum(self, member.scope)

    def enum_members(self, ref: ScopeRef) -> tuple[EnumMember, ...]:
        return enums.members(self, ref)

    def enum_value(self, member: EnumMember) -> Value:
        return enums.value(self, member)

    def field(self, instance: Instance, name: str) -> Value | None:
        """A dataclass, model or settings field; None if it is none."""
        settings = settings_field(self, instance, name)
        return settings if settings is not None else fields.field_value(self, instance, name)

    # calls

    def returned(self, function: Term, arguments: tuple[()]) -> Value:
        return calls.apply(self, function, Link(None, arguments), None)

    def apply(self, callee: Term, made_by: Link, creation: Creation | None) -> Value:
        """What a call gives."""
        return calls.apply(self, callee, made_by, creation)

    def layers(self, ref: ScopeRef) -> tuple[Layer, ...]:
        """What the scan's own decorators lay around a function, outermost first."""
        return self.guarded(("layers", ref), lambda: laid_around(self, ref), ())

    @property
    def wrapping(self) -> Wrapping:
        """Function -> the functions around which it is laid."""
        return self.aside(("wrapping",), lambda: all_wrapping(self), {})

    def outcome(self, frame: Frame) -> Value:
        """What the function of a frame returns."""
        return self.guarded(("outcome", frame.id), lambda: calls.outcome(self, frame), ())

    def entered(self, value: Value) -> Value:
        return calls.entered(self, value)

    def annotated(self, annotation: ir.Expression | None, place: Place) -> Value:
        return promises.instance_of(self, annotation, place)

    def definition_of(self, name: str, place: Place) -> tuple[ir.Expression, Place] | None:
        """The expression that a module-level name is defined as, wherever that is."""
        return imports.definition(self, name, place.scope.path)

    def environment_read(self, term: Made | Element, made_by: Link | None = None) -> Value:
        return environment_read(self, term, made_by)

    # library names

    def is_known(self, term: Term) -> bool:
        """Whether a plugin has something to say of a term, once it is known what decides its type too."""
        return any(self.knowledge.speaks_of(n) or UNDECIDED in n for n in self.plain_names_of(term))

    def decorated(self, ref: ScopeRef) -> tuple[tuple[str, Term], ...]:
        """The library types that decorators make of a function, with the decorator."""
        return self.guarded(("decorated", ref), lambda: decorated(self, ref), ())

    def names_of(self, term: Term) -> tuple[str, ...]:
        """The names under which plugins know the term, callers consulted."""
        return names_of(self, term, closing=True)

    def meant(self, term: Term) -> Value:
        """What a term that waits for callers is in the end."""
        return meant(self, term)

    def plain_names_of(self, term: Term) -> tuple[str, ...]:
        """The same without a look at callers: cheap enough for every call."""
        return names_of(self, term, closing=False)

    def decorators(self, ref: ScopeRef) -> tuple[Term, ...]:
        """The decorators of a function or class, evaluated."""
        return self.guarded(("decorators", ref), lambda: self._decorators(ref), ())

    def _decorators(self, ref: ScopeRef) -> tuple[Term, ...]:
        place = self.symbolic_place(ScopeRef(ref.path, max(self.scope(ref).parent, 0)))
        return bounded(t for node in self.scope(ref).decorators for t in self.values(node, place))
