"""The end of a question: parameters that no single caller decides become everything that any caller passes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flowmap.linker import arguments, collections, fields, formats, generics, hooks, promises
from flowmap.linker.activations import activations
from flowmap.linker.calls import apply
from flowmap.linker.classes import decided_by_subclasses
from flowmap.linker.hierarchy import ABSTRACT
from flowmap.linker.making import making, ready
from flowmap.linker.memo import NESTING
from flowmap.linker.parameters import default_value, parameter_value
from flowmap.linker.terms import (
    Class,
    Computed,
    Element,
    Elements,
    Entries,
    File,
    Instance,
    Link,
    Literal,
    Made,
    Member,
    Parameter,
    Partial,
    Passed,
    Pending,
    Promised,
    Selection,
    Symbol,
    Template,
    Term,
    Unknown,
    Value,
    Written,
)
from flowmap.linker.texts import bounded, concatenate
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_LAYERS = 6
"""How often a closed term may turn out to wait for yet another caller."""
INNER_LAYERS = 4
"""The same for what a term is made of."""
NOTHING = (Literal(None), Literal(""))
"""What says nothing where something else takes its place."""


def close(view: View, value: Value, rounds: int, layers: int = MAX_LAYERS) -> Value:
    """The value with nothing left to wait for."""
    if not any(depends(t) for t in value):
        return value
    if layers == 0:
        return bounded(t if not depends(t) else Unknown("passed through too many functions") for t in value)
    found: list[Term] = []
    for term in value:
        key = ("closed", term, rounds)
        found += view.settled(key, partial(_closed, view, term, rounds), _tables) if depends(term) else (term,)
    return close(view, bounded(found), rounds, layers - 1)


def _tables(value: Value) -> Value:
    """What a function that calls itself may walk down."""
    return tuple(t for t in value if isinstance(t, Elements | Entries))


def _closed(view: View, term: Term, rounds: int) -> Value:
    match term:
        case Parameter(filled=True):
            return tuple(t for t in close(view, (replace(term, filled=False),), rounds) if t not in NOTHING)
        case Parameter():
            return _parameter(view, term, rounds)
        case Pending():
            decided = fields.made_with(view, term.owner, term.name) or decided_by_subclasses(view, term)
            return decided or (Unknown(f"`{term.name}`, which no subclass in the scan sets"),)
        case Template(parts=parts, name=kept):
            pieces = [(Literal(p, kept),) if isinstance(p, str) else close(view, (p,), rounds, INNER_LAYERS) for p in parts]
            written = [c if isinstance(p, str) else formats.write(view, c) for p, c in zip(parts, pieces, strict=True)]
            return concatenate(written) if all(pieces) else ()
        case Made() | Computed():
            return _called(view, term, rounds)
        case Selection(owner=known, key=key):
            return collections.item(view, close(view, (known,), rounds, INNER_LAYERS), close(view, (key,), rounds, INNER_LAYERS))
        case Member(owner=inner) | Element(owner=inner) | Written(owner=inner) | Partial(callee=inner) | File(path=inner):
            return bounded(t for known in close(view, (inner,), rounds, INNER_LAYERS) for t in _around(view, term, known))
        case Promised(of=inner, kinds=kinds):
            return promises.promised(view, close(view, (inner,), rounds, INNER_LAYERS), kinds)
        case _:
            return (term,)


def _around(view: View, term: Member | Element | Written | Partial | File, inner: Term) -> Value:
    """The term with what it is built on replaced."""
    match term:
        case Member(name=name):
            return view.attribute(inner, name)
        case Element(key=key):
            return collections.iterate(view, (inner,)) if key is None else collections.item(view, (inner,), (Literal(key),))
        case Written(conversion=conversion, spec=spec):
            return formats.write(view, (inner,), conversion, spec)
        case Partial(arguments=arguments):
            return (Partial(inner, arguments),)
        case File():
            return tuple(File(t) for t in view.texts((inner,)))


def _called(view: View, term: Made | Computed, rounds: int) -> Value:
    """The call again, with a callee that waits for nobody; and with such arguments, where it waited for these."""
    callees, creation = close(view, (term.callee,), rounds, 2), term.creation
    if creation is None:
        return tuple(Made(c) for c in callees)
    call = making(creation)
    if isinstance(term, Computed):
        given = (Passed(ready(close(view, view.force(a.value), rounds, 2)), a.keyword, a.stars) for a in call.arguments)
        call = Link(call.place, tuple(given), (*call.key, rounds))
    return bounded(t for c in callees for t in apply(view, c, call, creation))


def _parameter(view: View, term: Parameter, rounds: int) -> Value:
    """What a library passes for the parameter, else everything that callers do; without callers its default, its type, or
    nothing."""
    if (given := _given_by_library(view, term)) is not None:
        return (given,)
    deep = view.times_hit(NESTING)
    frames = [f for caller in view.callers.of(term.scope, rounds) for f in activations(view, caller, term.scope, rounds)]
    own = [f for f in frames if _may_make(view, f.receiver, term.made)] if term.made is not None else frames
    found = [t for frame in own or frames for t in parameter_value(view, frame, term.name)]
    if not found and view.times_hit(NESTING) > deep:
        return (Unknown(NESTING, cut=True),)  # who calls it was not asked to the end
    value = arguments.default(view, bounded(t for t in found if (t.of if isinstance(t, Promised) else t) != term), term.name)
    if all(isinstance(t, Unknown) or depends(t) for t in value):
        value = close(view, value, rounds, 2)  # a default counts where nobody above is known to pass something either
    if all(isinstance(t, Unknown) for t in value):
        otherwise = _uncalled(view, term)
        passed = bool(value) and all(t == Literal(None) for t in otherwise)  # something is, if nobody knows what
        value = value if passed else otherwise or value or (_nobody(view, term),)
    return value


def _may_make(view: View, made: Term | None, cls: ScopeRef) -> bool:
    """Whether the object that a constructor runs on may be one of the class."""
    if not isinstance(made, Instance):
        return True
    return Class(cls) in view.mro(made.scope) or (made.creation is None and Class(made.scope) in view.mro(cls))


def _uncalled(view: View, term: Parameter) -> Value:
    frame = view.frame(term.scope, None, None, Instance(term.made) if term.made is not None else None)
    declared = next(p for p in view.scope(term.scope).parameters if p.name == term.name)
    promised = promises.of_parameter(view, declared, generics.annotation_place(view, frame))
    if promised:
        return promised
    option = arguments.parameter(view, term.scope, term.name)
    if option or declared.default is None:
        return option
    return arguments.default(view, default_value(view, frame, declared), term.name)


def _given_by_library(view: View, term: Parameter) -> Term | None:
    """What a library passes to a method that user code writes for it."""
    if (options := arguments.of_command(view, term.scope, term.name)) is not None:
        return options
    scope = view.scope(term.scope)
    parent = ScopeRef(term.scope.path, scope.parent)
    if scope.parent <= 0 or view.scope(parent).kind != "class":
        if term.name == "self" and scope.parameters[0].name == "self":  # bound to what the decorator makes of the function
            return next((Made(Symbol(kind)) for kind, _ in view.decorated(term.scope)), None)
        return hooks.given(view, term.scope, next(n for n, p in enumerate(scope.parameters) if p.name == term.name))
    index = next(n for n, p in enumerate(scope.parameters) if p.name == term.name) - 1
    if (passed := hooks.given(view, term.scope, index)) is not None:
        return passed
    return hooks.of_override(view, term.scope, index)


def _nobody(view: View, term: Parameter) -> Unknown:
    """Nobody calls the function by name; a decorated one, or a method that a library base knows, is called from outside."""
    scope = view.scope(term.scope)
    name = f"parameter `{term.name}` of `{scope.qualname}`"
    parent = ScopeRef(term.scope.path, scope.parent) if scope.parent > 0 else None
    above = view.external_bases(parent) if parent is not None and view.scope(parent).kind == "class" else ()
    overrides = any(not (isinstance(b, Symbol) and b.name in ABSTRACT) for b in above)
    if any(isinstance(d, ir.Attribute) and d.attr == "setter" for d in scope.decorators):
        return Unknown(f"{name}, which nothing in the scan sets", uncalled=True)
    if scope.decorators or overrides or scope.kind == "lambda":
        return Unknown(f"{name}, which is given from outside the scan")
    return Unknown(f"{name}, which nothing in the scan calls", uncalled=True)
