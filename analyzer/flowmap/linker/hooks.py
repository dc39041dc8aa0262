"""Functions that an object of a library is to call: `client.on_message = f`, `@client.on_message()`, `client.add_callback(f)`, a
method `on_message` of a class below the library's. Who knows the object knows its functions, and the other way round."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from flowmap.linker.classes import method_frame
from flowmap.linker.making import passed
from flowmap.linker.parameters import decorator_names
from flowmap.linker.stated import CALLED, stated_scopes
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Frame, Function, Instance, Made, Member, Parameter, Place, Symbol, Term, Unknown, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CALLS = 200
"""Calls of one name that are looked at."""
ROUNDS = 3
"""How often what a function is given may keep a further function."""


def held(view: View, owner: Term, name: str) -> Value:
    """What is kept under a name of an object: assigned to its attribute, decorated by it, handed to its method of that name
    (functions and objects of scanned classes), or what its own class keeps there, a method too."""
    if depends(owner):
        return (Member(owner, name),)
    found = [*view.stored(owner, name)]
    found += (Function(ref) for other, ref in _decorated(view).get(name, ()) if other == owner)
    found += (t for other, value in _handed(view, name) if other == owner for t in value)
    if isinstance(owner, Instance):
        own = [t for t in view.attribute(owner, name) if not (isinstance(t, Unknown) or t == Member(owner, name))]
        found += [t for t in own if isinstance(t, Function)] if found else own
    return bounded(found)


def given(view: View, function: ScopeRef, index: int) -> Term | None:
    """What a library passes to a function that one of its objects keeps, at a position behind `self`; where that is an object of
    the same type, it is the one that keeps it."""
    known = _kept(view).get(function)
    return _passed(view, known, index) if known is not None else None


def of_override(view: View, method: ScopeRef, index: int) -> Term | None:
    """What a library passes to a method that its base class has too, at a position behind `self`: an object, or a class."""
    scope = view.scope(method)
    owner = ScopeRef(method.path, scope.parent)
    for base in view.external_bases(owner) if scope.parent > 0 and view.scope(owner).kind == "class" else ():
        for name in view.plain_names_of(base):
            types = view.knowledge.given.get(f"{name}.{scope.name}", ())
            if 0 <= index < len(types) and types[index]:
                kind = types[index]
                return Symbol(kind.removeprefix("type ")) if kind.startswith("type ") else Made(Symbol(kind))
    return None


def _passed(view: View, kept: tuple[Term, str], index: int) -> Term | None:
    owner, hook = kept
    types = view.knowledge.given[hook]
    if not 0 <= index < len(types) or not types[index]:
        return None
    return owner if types[index] in view.plain_names_of(owner) else Made(Symbol(types[index]))


def calls_of(view: View, owner: Term, names: tuple[str, ...], subject: Subject) -> list[Subject]:
    """The calls of methods of an object, wherever they stand: in the frame that made the object or in which it is used, where they
    belong to that."""
    found: list[Subject] = []
    for ref, site in (c for name in names for c in view.callers.named(name)[:MAX_CALLS]):
        place = Place(_frame_for(view, ref, owner, subject), ref, site.position)
        same = [t for t in view.values(site.call.callee, place) if isinstance(t, Member) and is_same(t.owner, owner)]
        found += [Subject(passed(site.call.arguments, place), t, place, final=subject.final) for t in same]
    return found


def _frame_for(view: View, ref: ScopeRef, owner: Term, subject: Subject) -> Frame:
    """The activation of a function that has to do with an object: the one that made it, one on the same receiver."""
    creation = owner.creation if isinstance(owner, Made) else None
    for place in (creation.place if creation is not None else None, subject.place):
        if place is not None and place.frame.scope == ref:
            return place.frame
        receiver = place.frame.receiver if place is not None else None
        if isinstance(receiver, Instance) and ref in (
            f.scope for f in view.attribute(receiver, view.scope(ref).name) if isinstance(f, Function)
        ):
            return method_frame(view, receiver, ref)
    return view.symbolic_place(ref).frame


def is_same(one: Term, other: Term) -> bool:
    """Whether two are one object, whoever may have called the function in which one of them is made; of a scanned class it may be
    any where it is not known which."""
    if one == other:
        return True
    match one, other:
        case Made(creation=first), Made(creation=second) if first is not None and second is not None:
            return first.call is second.call and any(c.place.frame.link is None for c in (first, second))
        case Instance(scope=mine, creation=made), Instance(scope=theirs, creation=of_other):
            return mine == theirs and (made is None or of_other is None or made.call is of_other.call)
        case _:
            return False


def called_themselves(view: View, targets: Collection[str]) -> set[str]:
    """Names that may have what is called itself and is then one of the targets: functions, because of what their decorators make of
    them, and objects of a class for whose `__call__` a plugin speaks."""
    made = {kind for key, kind in view.knowledge.types.items() if key.endswith("@")}
    decorated = {view.scope(ref).name for ref in view.scopes if view.scope(ref).decorators} if made & set(targets) else set()
    methods = [ref for ref, name in stated_scopes(view).items() if name in targets and view.scope(ref).name == CALLED]
    return decorated | view.callers.kept_objects(ScopeRef(ref.path, view.scope(ref).parent) for ref in methods)


def _kept(view: View) -> Mapping[ScopeRef, tuple[Term, str]]:
    """The functions that objects of libraries keep, each with the object and the name by which plugins know the place."""
    nothing: dict[ScopeRef, tuple[Term, str]] = {}
    return view.aside(("kept by libraries",), lambda: _all_kept(view), nothing)


def _all_kept(view: View) -> dict[ScopeRef, tuple[Term, str]]:
    """The same, worked out in rounds: a function that one object keeps may be given another one that keeps functions too."""
    found: dict[ScopeRef, tuple[Term, str]] = {}
    keeping = list(_keeping(view))
    for _ in range(ROUNDS):
        known = len(found)
        for owner, name, ref in keeping:
            there = _parameter_given(view, owner, found) if isinstance(owner, Parameter) else owner
            for kept in _hooks(view, (there,), name) if there is not None else ():
                found[ref] = kept
        if len(found) == known:
            break
    return found


def _keeping(view: View) -> Iterator[tuple[Term, str, ScopeRef]]:
    """Objects that may keep functions, each with the name under which it does and the function."""
    hooks = {h.rpartition(".")[2] for h in view.knowledge.given}
    for name in sorted(hooks & view.attribute_stores.keys()):
        for ref, store in view.attribute_stores[name]:
            place = view.symbolic_place(ref, store.binding.position)
            functions = [f for f in view.bound(store.binding, place) if isinstance(f, Function)]
            yield from ((owner, name, f.scope) for owner in view.values(store.target, place) for f in functions)
    for name in sorted(hooks & _decorated(view).keys()):
        yield from ((other, name, function) for other, function in _decorated(view)[name])
    for name in sorted(hooks):
        for other, value in _handed(view, name):
            yield from ((other, name, t.scope) for t in value if isinstance(t, Function))


def _parameter_given(view: View, term: Parameter, kept: Mapping[ScopeRef, tuple[Term, str]]) -> Term | None:
    """What the parameter of a function stands for that an object of a library keeps."""
    if term.scope not in kept:
        return None
    scope = view.scope(term.scope)
    method = view.scope(ScopeRef(term.scope.path, scope.parent)).kind == "class" if scope.parent > 0 else False
    index = next(n for n, p in enumerate(scope.parameters) if p.name == term.name)
    return _passed(view, kept[term.scope], index - method)


def _hooks(view: View, owners: Value, name: str) -> Iterator[tuple[Term, str]]:
    """Those of the objects of which a plugin says what they pass to what stands under the name."""
    for owner in owners:
        known = (f"{kind}.{name}" for kind in view.plain_names_of(owner) if f"{kind}.{name}" in view.knowledge.given)
        yield from ((owner, hook) for hook in known)


def _handed(view: View, name: str) -> Iterator[tuple[Term, Value]]:
    """The objects of which a method of this name is called, each with the functions and scanned objects that it is given."""
    for ref, site in view.callers.named(name)[:MAX_CALLS]:
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        owners = [o for t in view.values(site.call.callee, place) if (o := _keeper(t)) is not None]
        if owners:
            value = tuple(t for a in site.call.arguments for t in view.values(a.value, place) if isinstance(t, Function | Instance))
            yield from ((owner, value) for owner in owners)


def _keeper(method: Term) -> Term | None:
    """The object whose method this is; of a function that stands on a class of a library, that class."""
    match method:
        case Member(owner=owner):
            return owner
        case Symbol(name=name) if "." in name:
            return Symbol(name.rpartition(".")[0])
        case _:
            return None


def _decorated(view: View) -> Mapping[str, list[tuple[Term, ScopeRef]]]:
    """Name of a method that decorates -> its objects, each with a function that it stands on."""
    nothing: dict[str, list[tuple[Term, ScopeRef]]] = {}
    return view.aside(("decorated by objects",), lambda: _all_decorated(view), nothing)


def _all_decorated(view: View) -> dict[str, list[tuple[Term, ScopeRef]]]:
    found: dict[str, list[tuple[Term, ScopeRef]]] = {}
    hooks = {h.rpartition(".")[2] for h in view.knowledge.given}
    for ref in view.scopes:
        if view.scope(ref).kind == "function" and hooks & decorator_names(view.scope(ref)):
            for term in view.decorators(ref):
                inner = term.callee if isinstance(term, Made) else term
                if isinstance(inner, Member):
                    found.setdefault(inner.name, []).append((inner.owner, ref))
    return found
