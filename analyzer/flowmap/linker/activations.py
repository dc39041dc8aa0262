"""How a call, a callback, a decorator or a definition brings a function to run: which function, in which frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap.linker.branches import is_dead
from flowmap.linker.callbacks import handed_arguments, handed_over
from flowmap.linker.classes import class_attribute, method_frame, mixed_in
from flowmap.linker.layers import handed, running
from flowmap.linker.library import IDENTITIES
from flowmap.linker.loops import loops_around, through
from flowmap.linker.making import create, link, ready
from flowmap.linker.names import is_super
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import Class, Frame, Function, Instance, Link, Partial, Passed, Place, Symbol, Term, Value
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.summary import Define

if TYPE_CHECKING:
    from flowmap.linker.view import View

MANY = 16
"""Places of one call from which on it is worth knowing what is run at which."""
ROUNDS = 3
"""How often the meaning of calls may rest on what other calls pass."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A place from which a function is called. `kind`: call, callback (the function is argument `index`), decorator (of
    `decorated`), closure (the function is defined there, and somebody unknown may call it), step (it runs whenever the scope
    does: it is what a decorator made of that function, a property read there, a context left there), hosted (a library runs it, on
    behalf of the scope, which may be a class whose objects the library uses itself: for all of their methods, or only for
    `methods`)."""

    scope: ScopeRef
    site: CallSite | None
    kind: str = "call"
    index: int | None = None
    keyword: str | None = None
    decorated: ScopeRef | None = None
    methods: tuple[str, ...] = ()


def last_name(node: ir.Expression | None) -> str:
    """The name that an expression ends with, "" if it ends with none."""
    match node:
        case ir.Name(id=name) | ir.Attribute(attr=name):
            return name
        case ir.Call(callee=ir.Name(id="partial"), arguments=arguments) if arguments:
            return last_name(arguments[0].value)
        case _:
            return ""


def callbacks(ref: ScopeRef, site: CallSite, name: str) -> Iterator[Caller]:
    index = 0
    for argument in site.call.arguments:
        if last_name(argument.value) == name and not argument.stars:
            yield Caller(ref, site, "callback", index if argument.keyword is None else None, argument.keyword)
        index += argument.keyword is None


def called(view: View, callee: ir.Expression, place: Place, rounds: int) -> Value:
    """What a callee expression can mean; parameters are looked up at their callers while rounds are left."""
    value = view.values(callee, place)
    if isinstance(callee, ir.Attribute) and is_super(callee.value):
        known = {t.scope for t in value if isinstance(t, Function)}
        value = (*value, *(t for t in mixed_in(view, callee.attr, place) if not isinstance(t, Function) or t.scope not in known))
    return view.close(value, rounds - 1) if rounds and any(depends(t) for t in value) else value


def run_by(view: View, caller: Caller, place: Place, rounds: int) -> list[ScopeRef]:
    """The functions that a call or a callback runs."""
    functions = meant_by(view, caller, place, rounds)
    return list(dict.fromkeys(r.scope for f in functions for r in running(view, f, place.scope)))


def meant_by(view: View, caller: Caller, place: Place, rounds: int) -> list[Function]:
    """The functions that a call or a callback means, as they are written: without what decorators lay around them."""
    assert caller.site is not None
    callee = caller.site.call.callee
    if caller.kind == "callback":
        handed = handed_over(caller.site.call, caller.index, caller.keyword)
        if handed is None or any(_calls_it_itself(t) for t in called(view, callee, place, rounds)):
            return []
        callee = handed[0]
    terms = called(view, callee, place, rounds)
    if caller.kind == "callback":
        handed_on = Function | Partial | Class if is_provider(view, caller.site.call, place) else Function | Partial
        terms = tuple(t for t in terms if isinstance(t, handed_on))
    above = isinstance(callee, ir.Attribute) and is_super(callee.value)
    return [f for term in terms for f in _functions(view, term, above=above)]


def _calls_it_itself(term: Term) -> bool:
    """Whether what a function is handed to is a scanned function, which calls it itself, or one that gives it back to be called."""
    return isinstance(term, Function | Class) or (isinstance(term, Symbol) and term.name in IDENTITIES)


def is_making(caller: Caller) -> bool:
    """Whether the caller does no more than make a partial object of the function."""
    return caller.kind == "callback" and caller.site is not None and last_name(caller.site.call.callee) == "partial"


def partials_run(view: View, caller: Caller, rounds: int) -> set[int]:
    """The arguments, by the identity of their expressions, with which the partial objects were made that a caller runs."""
    if caller.site is None or is_making(caller):
        return set()
    node: ir.Expression = caller.site.call.callee
    if caller.kind == "callback":
        handed = handed_over(caller.site.call, caller.index, caller.keyword)
        node = handed[0] if handed is not None else node
    terms = (t for place in places(view, caller) for t in called(view, node, place, rounds))
    return {id(p.value.expression) for t in terms if isinstance(t, Partial) for p in t.arguments}


def _functions(view: View, term: Term, *, above: bool) -> list[Function]:
    """The functions that calling `term` means; `above` says that it was got by `super()`, which no subclass overrides."""
    match term:
        case Function(self=receiver):
            below = () if above else _overrides(view, term.scope, receiver)
            return [term, *(Function(ref, None, receiver) for ref in below)]
        case Class(scope=scope):
            return [t for t in class_attribute(view, scope, "__init__", Instance(scope)) if isinstance(t, Function)]
        case Instance():
            return [t for t in view.attribute(term, "__call__") if isinstance(t, Function)]
        case Partial(callee=inner):
            return _functions(view, inner, above=above)
        case _:
            return []


def _overrides(view: View, scope: ScopeRef, receiver: Term | None) -> list[ScopeRef]:
    """The methods of subclasses that the same call may run, where only a base of the object is known."""
    if not isinstance(receiver, Instance) or receiver.creation is not None:
        return []
    name = view.scope(scope).name
    found = []
    for ref in view.subclasses(receiver.scope):
        for binding in view.unit(ref.path).table(ref.index).names.get(name, ()):
            if isinstance(binding.statement, Define):
                found.append(ScopeRef(ref.path, binding.statement.scope))
    return found


def places(view: View, caller: Caller, frame: Frame | None = None) -> list[Place]:
    """The place of the call, once per element of the literal loops around it; none if the frame does not come to it."""
    scope = view.scope(caller.scope)
    position = caller.site.position if caller.site else len(scope.statements)
    start = frame or view.symbolic_place(caller.scope).frame
    found = [Place(start, caller.scope, position)]
    if caller.site is None:
        return found
    if frame is not None and is_dead(view, frame, caller.scope, caller.site.block):
        return []
    clauses = [*loops_around(scope, caller.site.block), *caller.site.clauses]
    return view.guarded(("places", caller, start.id), lambda: through(view, found, clauses), found) if clauses else found


def activations(view: View, caller: Caller, target: ScopeRef, rounds: int, frame: Frame | None = None) -> list[Frame]:
    """The frames of `target` that this caller makes, the caller itself running in `frame` (symbolic if None)."""
    found: dict[int, Frame] = {}
    for place in _places_running(view, caller, target, rounds, frame):
        for made in _activated(view, caller, target, place, rounds):
            found[made.id] = made
    return list(found.values())


def _places_running(view: View, caller: Caller, target: ScopeRef, rounds: int, frame: Frame | None) -> list[Place]:
    """The places of a call at which it can run `target`: of a loop over many handlers, the ones where that is the handler."""
    all_places = places(view, caller, frame)
    if len(all_places) <= MANY or caller.kind != "call" or caller.site is None:
        return all_places
    nothing: dict[ScopeRef | None, list[Place]] = {}
    key = ("running", caller, frame.id if frame else 0, rounds)
    known = view.guarded(key, lambda: _by_target(view, caller, all_places, rounds), nothing)
    return [*known.get(target, ()), *known.get(None, ())] if known else all_places


def _by_target(view: View, caller: Caller, where: list[Place], rounds: int) -> dict[ScopeRef | None, list[Place]]:
    """Function -> the places at which it is run; those at which not only functions are called stand under None."""
    assert caller.site is not None
    found: dict[ScopeRef | None, list[Place]] = {}
    for place in where:
        terms = called(view, caller.site.call.callee, place, rounds)
        plain = all(isinstance(t, Function) for t in terms)
        for target in run_by(view, caller, place, rounds) if plain else (None,):
            found.setdefault(target, []).append(place)
    return found


def _activated(view: View, caller: Caller, target: ScopeRef, place: Place, rounds: int) -> list[Frame]:
    if caller.kind in {"step", "hosted"}:
        return []  # nothing is passed; whoever calls what is decorated is a caller of its own
    if caller.kind == "closure":
        return [view.frame(target, None, place.frame)]
    if caller.kind == "decorator":
        return _decorating(view, caller, target, place)
    assert caller.site is not None
    if caller.kind == "callback":
        return _called_back(view, caller, target, place, rounds)
    call = caller.site.call
    made_by = link(call, place)
    return [f for t in called(view, call.callee, place, rounds) for f in _runs(view, t, target, made_by, call, place)]


def _runs(view: View, term: Term, target: ScopeRef, made_by: Link, call: ir.Call, place: Place) -> list[Frame]:
    """The frames of `target` that calling `term` runs."""
    match term:
        case Function():
            runs = [f for f in running(view, term, place.scope) if f.scope == target]
            found = [view.frame(target, handed(made_by, f, term) if f is not term else made_by, f.closure, f.self) for f in runs]
            return found or _overriding(view, term, target, made_by, place)
        case Class(scope=scope):
            instance = Instance(scope, create(call, place))
            inits = [t for t in view.attribute(instance, view.scope(target).name) if isinstance(t, Function) and t.scope == target]
            return [method_frame(view, instance, target)] if inits and view.scope(target).name == "__init__" else []
        case Partial(callee=inner, arguments=first):
            joined = Link(made_by.place, first + made_by.arguments, made_by.key)
            return _runs(view, inner, target, joined, call, place)
        case Instance():
            methods = [t for t in view.attribute(term, "__call__") if isinstance(t, Function)]
            return [f for t in methods for f in _runs(view, t, target, made_by, call, place)]
        case _:
            return []


def _overriding(view: View, function: Function, target: ScopeRef, made_by: Link, place: Place) -> list[Frame]:
    """A method called on `self` or on an object of which only a base is known may be a subclass's own."""
    found: list[Frame] = []
    for ref in _overrides(view, function.scope, function.self):
        method = Function(ref, None, Instance(ScopeRef(ref.path, view.scope(ref).parent)))
        for runs in running(view, method, place.scope):
            if runs.scope == target:
                arguments = made_by if runs is method else handed(made_by, runs, method)
                found.append(view.frame(target, arguments, runs.closure, runs.self))
    return found


def _called_back(view: View, caller: Caller, target: ScopeRef, place: Place, rounds: int) -> list[Frame]:
    """The function handed to somebody outside the scan, who will call it with the arguments that follow."""
    assert caller.site is not None
    call = caller.site.call
    if is_provider(view, call, place):
        return [f for t in view.values(call, place) if isinstance(t, Partial) for f in _provided(view, t, target, call, place)]
    handed_on = handed_over(call, caller.index, caller.keyword)
    if handed_on is None:
        return []
    function, following = handed_on
    found: list[Frame] = []
    for number, arguments in enumerate(handed_arguments(view, call, following, place)):
        made_by = Link(place, arguments, (id(call), place.frame.id, place.mark, caller.index or -1, number))
        for term in called(view, function, place, rounds):
            if isinstance(term, Function | Partial):
                found += _runs(view, term, target, made_by, call, place)
    return found


def is_provider(view: View, call: ir.Call, place: Place) -> bool:
    """Whether a call declares what a container of dependency injection makes, and with what."""
    return any(isinstance(t, Symbol) and t.name in view.knowledge.providers for t in view.values(call.callee, place))


def _provided(view: View, made: Partial, target: ScopeRef, call: ir.Call, place: Place) -> list[Frame]:
    """The frames of a function, or of the constructor of a class, that a provider runs."""
    creation = create(call, place)
    made_by = Link(place, made.arguments, creation.key)
    if not isinstance(made.callee, Class):
        return _runs(view, made.callee, target, made_by, call, place)
    bare = replace(creation, call=ir.Call(call.callee, (), call.span), surroundings=made.arguments)
    instance = Instance(made.callee.scope, bare)
    inits = view.attribute(instance, "__init__") if view.scope(target).name == "__init__" else ()
    return [method_frame(view, instance, target)] if any(isinstance(t, Function) and t.scope == target for t in inits) else []


def _decorating(view: View, caller: Caller, target: ScopeRef, place: Place) -> list[Frame]:
    assert caller.decorated is not None
    decorated = caller.decorated
    kind = Class(decorated) if view.scope(decorated).kind == "class" else Function(decorated, place.frame)
    argument = Passed(ready((kind,)))
    key = (hash(decorated), place.frame.id)
    return [
        view.frame(target, Link(place, (argument,), key), t.closure, t.self)
        for t in view.decorators(decorated)
        if isinstance(t, Function) and t.scope == target
    ]
