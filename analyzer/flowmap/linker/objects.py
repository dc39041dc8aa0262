"""The objects that a method may be called on, one by one: what a construction decides together stays together.

A publisher that is made with an exchange and a routing key publishes each pair that it is made with, and no other one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flowmap.linker.activations import ROUNDS, Caller, activations, called, places
from flowmap.linker.classes import method_frame
from flowmap.linker.terms import (
    Class,
    Element,
    Frame,
    Function,
    Instance,
    Literal,
    Member,
    Parameter,
    Pending,
    Place,
    Symbol,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import awaited

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_OBJECTS = 64
"""Constructions of one class that are told apart."""
MAX_MAKERS = 3
"""Functions that hand on, one to the other, what an object is made with."""
CONSTRUCTOR = "__init__"


def frames_by_object(view: View, method: ScopeRef, wanted: Iterable[Parameter | Pending]) -> list[Frame]:
    """The activations of a method on each object that its class is made into; empty where constructors decide less than two of the
    things that are wanted, or where not every construction is known."""
    owner = ScopeRef(method.path, view.scope(method).parent)
    deciding = {(t.scope, t.name) for t in wanted if isinstance(t, Parameter) and view.scope(t.scope).name == CONSTRUCTOR}
    if owner.index <= 0 or view.scope(owner).kind != "class" or len(deciding) < 2:
        return []
    constructors = frozenset(scope for scope, _ in deciding)
    nothing: tuple[Instance, ...] = ()
    objects = view.guarded(("objects", owner, constructors), lambda: _objects(view, owner, constructors), nothing)
    return [method_frame(view, made, method) for made in objects]


def leaves_out(view: View, method: ScopeRef, wanted: Iterable[Parameter | Pending]) -> bool:
    """Whether a method is never called on some of the objects that its class is made into: each call that is written with its name
    says which object it is called on, or is a call of something else, and not all that constructors are given is among theirs."""
    owner = ScopeRef(method.path, view.scope(method).parent)
    deciding = {t for t in wanted if isinstance(t, Parameter) and _is_constructor(view, t.scope, owner)}
    if not deciding:
        return False
    none: tuple[Frame, ...] = ()
    frames = view.guarded(("named objects", method), lambda: _all_named(view, method), none)
    return bool(frames) and any(_known(view.close((t,))) - _given(view, frames, t) for t in deciding)


def _is_constructor(view: View, ref: ScopeRef, owner: ScopeRef) -> bool:
    """Whether a function is the constructor of a class, or of one of its bases."""
    if owner.index <= 0 or view.scope(owner).kind != "class" or view.scope(ref).name != CONSTRUCTOR:
        return False
    return Class(ScopeRef(ref.path, view.scope(ref).parent)) in view.mro(owner)


def _given(view: View, frames: Iterable[Frame], parameter: Parameter) -> set[object]:
    """What a parameter of the constructor is given where the objects are made that these activations are of."""
    made = (method_frame(view, f.receiver, parameter.scope) for f in frames if isinstance(f.receiver, Instance))
    return {k for frame in made for k in _known(view.close(view.named(parameter.name, Place(frame, parameter.scope, 0))))}


def _known(value: Value) -> set[object]:
    """What is known of a value, whatever it is called."""
    return {t.value if isinstance(t, Literal) else t for t in value if not isinstance(t, Unknown)}


def _all_named(view: View, method: ScopeRef) -> tuple[Frame, ...]:
    """The activations that the calls of a method make, if each is of a known object; none else."""
    callers = view.callers_of(method)
    written = view.callers.named(view.scope(method).name)
    if len(written) > MAX_OBJECTS or not all(c.kind == "call" for c in callers):
        return ()
    known = {(c.scope, c.site) for c in callers}
    others = (Caller(ref, site) for ref, site in written if (ref, site) not in known)
    frames = tuple(f for c in callers for f in activations(view, c, method, ROUNDS, None))
    named = all(_is_known(f.receiver) for f in frames) and all(_calls_another(view, other) for other in others)
    return frames if named else ()


def _is_known(receiver: Term | None) -> bool:
    return isinstance(receiver, Instance) and receiver.creation is not None


def _calls_another(view: View, caller: Caller) -> bool:
    """Whether a call is seen to be of a function, or of what a library makes; an element that a library gives may be anything."""
    assert caller.site is not None
    found = [t for place in places(view, caller) for t in called(view, caller.site.call.callee, place, ROUNDS)]
    return bool(found) and all(isinstance(t, Function | Class | Symbol) or _of_library(t) for t in found)


def _of_library(term: Term) -> bool:
    return isinstance(term, Member) and not isinstance(term.owner, Element)


def _objects(view: View, owner: ScopeRef, constructors: frozenset[ScopeRef]) -> tuple[Instance, ...]:
    """The objects of a class that some constructors make; none where not all are known."""
    found: dict[Instance, None] = {}
    for constructor in _with_those_below(view, constructors):
        for made in _made_by(view, constructor):
            if not isinstance(made, Instance) or made.creation is None or Class(owner) not in view.mro(made.scope):
                return ()
            found[made] = None
            if len(found) > MAX_OBJECTS:
                return ()
    return tuple(found)


def _with_those_below(view: View, constructors: Iterable[ScopeRef]) -> list[ScopeRef]:
    """The constructors, and those of subclasses that go on to them."""
    found: dict[ScopeRef, None] = {}
    todo = sorted(constructors)
    while todo:
        ref = todo.pop()
        if ref not in found:
            found[ref] = None
            todo += (c.scope for c in view.callers_of(ref) if _goes_on(view, c.scope, ref))
    return list(found)


def _made_by(view: View, constructor: ScopeRef) -> Iterator[Term | None]:
    """The objects that the calls of a constructor make."""
    for caller in view.callers_of(constructor):
        if not _goes_on(view, caller.scope, constructor):
            yield from (made.receiver for made in _activated(view, caller, constructor, None, MAX_MAKERS))


def _activated(view: View, caller: Caller, target: ScopeRef, frame: Frame | None, rounds: int) -> Iterator[Frame]:
    """The frames that a call makes: where it hands on several things that its own function is given, once for each call of that,
    so that they stay together too."""
    made = activations(view, caller, target, ROUNDS, frame)
    own = caller.scope
    together = frame is None and rounds > 0 and any(len(_handed_on(view, f, own)) > 1 for f in made)
    above = view.callers_of(own) if together else []
    running = [f for further in above for f in _activated(view, further, own, None, rounds - 1)]
    yield from (f for start in running for f in activations(view, caller, target, ROUNDS, start)) if running else made


def _handed_on(view: View, frame: Frame, own: ScopeRef) -> set[tuple[int, Parameter]]:
    """The parameters of a function that are passed on to an activation, each with the number of the argument that hangs on it."""
    passed = frame.link.arguments if frame.link is not None else ()
    awaiting = ((n, t) for n, a in enumerate(passed) for term in view.force(a.value) for t in awaited(term))
    return {(n, t) for n, t in awaiting if isinstance(t, Parameter) and t.scope == own}


def _goes_on(view: View, caller: ScopeRef, constructor: ScopeRef) -> bool:
    """Whether a function is the constructor of a subclass."""
    scope, base = view.scope(caller), ScopeRef(constructor.path, view.scope(constructor).parent)
    return scope.name == CONSTRUCTOR and ScopeRef(caller.path, scope.parent) in view.subclasses(base)
