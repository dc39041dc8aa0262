"""What the scan's own decorators make of a function: what runs when it is called by its name, and what of that only passes
everything on. Decorators of libraries leave a function as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from flowmap.linker.making import ready
from flowmap.linker.parameters import is_receiver
from flowmap.linker.terms import Class, Creation, Function, Instance, Link, Partial, Passed, Place, Term
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_WRAPPED_SCOPES = 40
"""Functions inside of a decorator's function that are searched for calls of what it decorates."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What one decorator puts in a function's place: the `functions` that may run, of all those `defined` for it, and whether
    they hand every argument on as it came."""

    functions: tuple[Function, ...]
    defined: tuple[Function, ...]
    transparent: bool


def laid_around(view: View, ref: ScopeRef) -> tuple[Layer, ...]:
    """What the decorators of a function lay around it, outermost first."""
    scope = view.scope(ref)
    if not scope.decorators or scope.kind != "function":
        return ()
    place = view.symbolic_place(ScopeRef(ref.path, max(scope.parent, 0)))
    inside = view.scope(place.frame.scope).kind != "module"
    current = Function(ref, place.frame if inside else None)
    found: list[Layer] = []
    for number, node in enumerate(reversed(scope.decorators)):
        defined = _replacing(view, node, place, current, number)
        if defined:
            calls = {f: list(_calls_of(view, f, current.scope)) for f in defined}
            like = [f for f in defined if view.scope(f.scope).is_async == scope.is_async] or defined
            running = [f for f in like if calls[f]] or like
            straight = all(_passes_on(view, f, call) for f in running for call in calls[f])
            found.insert(0, Layer(tuple(running), tuple(defined), straight))
            current = running[0]
    return tuple(found)


def _replacing(view: View, node: ir.Expression, place: Place, current: Function, number: int) -> list[Function]:
    """The functions that a decorator gives back instead of `current`."""
    found: list[Function] = []
    made_by = Link(place, (Passed(ready((current,))),), (hash(current.scope), place.frame.id, number))
    for term in view.values(node, place):
        creation = None
        if isinstance(term, Class):
            name = ir.Name(view.scope(current.scope).name)
            span = node.span if isinstance(node, ir.Call) else ir.Span(view.scope(current.scope).head, 0, 1)
            creation = Creation(ir.Call(node, (ir.Argument(name),), span), place, made_by.key)
        if isinstance(term, Function | Class | Partial | Instance):
            for result in view.apply(term, made_by, creation):
                found += _callable(view, result)
    return [f for f in dict.fromkeys(found) if f.scope != current.scope]


def _callable(view: View, term: Term) -> list[Function]:
    if isinstance(term, Instance):
        return [t for t in view.attribute(term, "__call__") if isinstance(t, Function)]
    return [term] if isinstance(term, Function) else []


def _calls_of(view: View, wrapper: Function, wrapped: ScopeRef) -> Iterator[ir.Call]:
    """The calls of the wrapped function in the wrapper and the functions inside it."""
    frames = {wrapper.scope.index: view.frame(wrapper.scope, None, wrapper.closure, wrapper.self)}
    unit = view.unit(wrapper.scope.path)
    for index in range(wrapper.scope.index, min(len(unit.summary.scopes), wrapper.scope.index + MAX_WRAPPED_SCOPES)):
        ref, outer = ScopeRef(unit.path, index), frames.get(unit.scope(index).parent)
        if index not in frames:
            if outer is None or unit.scope(index).kind == "class":
                continue
            frames[index] = view.frame(ref, None, outer)
        for site in unit.table(index).calls:
            callees = view.values(site.call.callee, Place(frames[index], ref, site.position))
            if any(isinstance(t, Function) and t.scope == wrapped for t in callees):
                yield site.call


def _passes_on(view: View, wrapper: Function, call: ir.Call) -> bool:
    """Whether a call hands on exactly what the wrapper is given."""
    scope = view.scope(wrapper.scope)
    given = [p for p in scope.parameters if not (wrapper.self is not None and is_receiver(view, wrapper.scope, p))]
    positional = [a for a in call.arguments if a.keyword is None and a.stars < 2]
    named = {a.keyword: a for a in call.arguments if a.keyword is not None}
    spread = [a for a in call.arguments if a.stars == 2]
    for parameter in given:
        match parameter.kind:
            case "double_star":
                argument = spread.pop(0) if spread else None
            case "star":
                argument = positional.pop(0) if positional and positional[0].stars else None
            case _:
                by_position = parameter.kind != "keyword" and positional and not positional[0].stars
                argument = positional.pop(0) if by_position else named.pop(parameter.name, None)
        if argument is None or argument.value != ir.Name(parameter.name):
            return False
    return not (positional or named or spread)


def running(view: View, function: Function, at: ScopeRef | None) -> list[Function]:
    """The functions that run with the same arguments when `function` is called in the scope `at`: the layers around it, down to
    one that does not pass everything on. In one of the layers it is the ones below that run, and none where all callers of the
    layer count as theirs already."""
    own = _layer_around(view, at, function.scope) if at is not None else None
    if own is not None and own.transparent:
        return []
    found: list[Function] = []
    for layer in _below(view, function, at, own):
        found += layer.functions
        if not layer.transparent:
            return found
    return [*found, function]


def before(view: View, function: Function, at: ScopeRef, ref: ScopeRef) -> list[Function]:
    """The layers' functions that run the function `ref` when `function` is called in the scope `at`; empty where the call itself
    does."""
    below = _below(view, function, at, _layer_around(view, at, function.scope))
    number = next((n for n, layer in enumerate(below) if any(f.scope == ref for f in layer.functions)), len(below))
    return list(below[number - 1].functions) if number else []


def _below(view: View, function: Function, at: ScopeRef | None, own: Layer | None) -> tuple[Layer, ...]:
    """The layers between a function and the scope `at` in which it is called, which may lie in the layer `own` itself; none in the
    body of a decorator, which knows the function only as it is written."""
    layers = view.layers(function.scope)
    if own is not None:
        return layers[layers.index(own) + 1 :] if own in layers else ()
    if at is None or _lies_in(view, function.scope, at):
        return layers
    return () if any(_lies_in(view, f.scope, at) for layer in layers for f in layer.functions) else layers


def _lies_in(view: View, ref: ScopeRef, outer: ScopeRef) -> bool:
    """Whether a function is defined inside of another one."""
    while ref.index > 0 and ref != outer:
        ref = ScopeRef(ref.path, view.scope(ref).parent)
    return ref.index > 0


def handed(made_by: Link, runs: Function, called: Function) -> Link:
    """The call as it reaches one of `running`: a layer around a method gets the object as its first argument."""
    if called.self is None or runs.self is not None:
        return made_by
    return Link(made_by.place, (Passed(ready((called.self,))), *made_by.arguments), (*made_by.key, hash(called.self)))


def _layer_around(view: View, at: ScopeRef, wrapped: ScopeRef) -> Layer | None:
    """The layer in whose function a scope lies, if it is one around the wrapped function."""
    wrapping: Wrapping = view.wrapping
    while at.index > 0:
        found = wrapping.get(at, {}).get(wrapped)
        if found is not None:
            return found
        at = ScopeRef(at.path, view.scope(at).parent)
    return None


Wrapping: TypeAlias = dict[ScopeRef, dict[ScopeRef, Layer]]


def all_wrapping(view: View) -> Wrapping:
    """Function -> the functions around which it is laid, other layers included."""
    found: Wrapping = {}
    for ref in view.scopes:
        # A question of its own for each: the steps of one are no reason to give up on the next.
        view.ask(ref.path, view.scope(ref).line)
        below = [ref]
        for layer in reversed(view.layers(ref)):
            for function in layer.defined:
                found.setdefault(function.scope, {}).update(dict.fromkeys(below, layer))
            below += [f.scope for f in layer.functions]
    return found
