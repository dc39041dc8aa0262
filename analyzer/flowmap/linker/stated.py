"""Functions and classes whose code is there, and of which a plugin says what they mean all the same: its word stands for the code.

Where such a definition is met it counts as a name of a library, so that nothing follows it; what its code does is told by the
pattern, and no second time by what stands in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from flowmap.linker.terms import Class, Function, Instance, Member, Module, Symbol, Term, Value
from flowmap.linker.units import ScopeRef
from flowmap.model.location import Location
from flowmap.model.project import INSTALLED, Diagnostic

if TYPE_CHECKING:
    from flowmap.linker.view import View
    from flowmap.plugin_api import Plugin

EVERY = "*"
"""In front of `.Class.method`: any module; of `.module.Class.method`: any module of that name."""
CALLED = "__call__"
"""The method by which an object is called itself."""


def stated_name(view: View, ref: ScopeRef) -> str | None:
    """The name under which a plugin speaks for a definition; None if none does."""
    if view.scope(ref).name not in view.knowledge.stated:
        return None
    return stated_scopes(view).get(ref)


def stated_scopes(view: View) -> dict[ScopeRef, str]:
    """The definitions of the view for which a plugin speaks."""
    return view.aside(("stated",), lambda: dict(_resolved(view)), {})


def _resolved(view: View) -> Iterator[tuple[ScopeRef, str]]:
    for target in sorted({t for targets in view.knowledge.stated.values() for t in targets}):
        for term in _meant(view, target):
            if isinstance(term, Function | Class):
                yield term.scope, target


def _meant(view: View, dotted: str) -> Value:
    """What a qualified name means in the program: of the longest module that it begins with, an attribute of an attribute. Behind a
    star it is a method of every class of that name."""
    names = dotted.split(".")
    if names[0] == EVERY:
        *module, owner, method = names[1:]
        return tuple(_methods(view, "/".join(module), owner, method))
    for length in range(len(names) - 1, 0, -1):
        path = _module(view, ".".join(names[:length]))
        if path is not None:
            terms: Value = (Module(path),)
            for name in names[length:]:
                terms = tuple(t for owner in terms for t in view.attribute(owner, name))
            return terms
    return ()


def _methods(view: View, module: str, owner: str, method: str) -> Iterator[Function]:
    for ref in view.scopes:
        if module and not f"/{ref.path}".endswith(f"/{module}.py"):
            continue
        above = ScopeRef(ref.path, max(view.scope(ref).parent, 0))
        if view.scope(ref).name == method and view.scope(above).name == owner and view.scope(above).kind == "class":
            yield Function(ref)


def _module(view: View, dotted: str) -> str | None:
    installed = view.units.at(INSTALLED, dotted)
    if installed is not None and installed in view.files:
        return installed
    return view.modules.path(dotted)


def inside_stated(view: View, place: Location) -> bool:
    """Whether a place lies in the code of such a definition."""
    return any(
        ref.path == place.path and view.scope(ref).line <= place.line <= view.scope(ref).end_line for ref in stated_scopes(view)
    )


def unused(plugins: Iterable[Plugin], used: Collection[str]) -> Iterator[Diagnostic]:
    """What somebody stated by hand and nothing is described by, given the targets that are found: most likely a slip."""
    for plugin in plugins:
        targets = [p.target for p in plugin.patterns if plugin.stated and not p.target.startswith(f"{EVERY}.")]
        for target in dict.fromkeys(t for t in targets if t not in used):
            why = "nothing in the scan calls it, or the code imports it by another name"
            yield Diagnostic(f"{plugin.name}: the wrapper {target} is found nowhere: {why}")


def spoken_for(view: View, term: Term) -> Term:
    """A function or class, or the name under which a plugin speaks for it."""
    name = stated_name(view, term.scope) if isinstance(term, Function | Class) else None
    return Symbol(name) if name is not None else term


def of_object(view: View, term: Symbol, owner: ScopeRef, receiver: Instance) -> Term:
    """What is spoken for as it is got through an object: its method, if it stands in the body of the class `owner`."""
    for ref, name in stated_scopes(view).items():
        if name == term.name and ref.path == owner.path and view.scope(ref).parent == owner.index:
            return Member(receiver, view.scope(ref).name)
    return term


def method_names(view: View, instance: Instance, name: str) -> tuple[str, ...]:
    """The names under which plugins speak for a method of the object; empty if none does."""
    method = stated_method(view, instance, name)
    return (stated_scopes(view)[method],) if method is not None else ()


def stated_method(view: View, instance: Instance, name: str) -> ScopeRef | None:
    """The method that the nearest class defines, if it is spoken for."""
    if name not in view.knowledge.stated:
        return None
    owners = [base.scope for base in view.mro(instance.scope) if isinstance(base, Class)]
    known = {(ref.path, view.scope(ref).parent): ref for ref in stated_scopes(view) if view.scope(ref).name == name}
    for owner in owners:
        if name in view.unit(owner.path).table(owner.index).names:
            return known.get((owner.path, owner.index))
    return None
