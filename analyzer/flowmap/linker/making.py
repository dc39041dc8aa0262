"""How terms come out of expressions: the few constructors that decide when two evaluations are the same."""

from __future__ import annotations

from flowmap.linker.terms import Creation, Deferred, Link, Passed, Place, Value
from flowmap.model.expression import Argument, Call, Expression


def deferred(expression: Expression, place: Place) -> Deferred:
    """`expression` at `place`, unevaluated."""
    return Deferred(expression, place, (), _key(expression, place))


def ready(value: Value) -> Deferred:
    """A value in the clothes of an expression."""
    return Deferred(None, None, value)


def passed(arguments: tuple[Argument, ...], place: Place) -> tuple[Passed, ...]:
    """The arguments of a call at `place`."""
    return tuple(Passed(deferred(a.value, place), a.keyword, a.stars) for a in arguments)


def create(call: Call, place: Place) -> Creation:
    """The creation by `call` at `place`."""
    return Creation(call, place, _key(call, place))


def given_to(creation: Creation) -> tuple[Passed, ...]:
    """The arguments with which an object was made."""
    return (*creation.surroundings, *passed(creation.call.arguments, creation.place))


def making(creation: Creation) -> Link:
    """The call that made an object."""
    key = (*creation.key, hash(creation.surroundings)) if creation.surroundings else creation.key
    return Link(creation.place, given_to(creation), key)


def link(call: Call, place: Place) -> Link:
    """The plain call `call` at `place`."""
    return Link(place, passed(call.arguments, place), _key(call, place))


def _key(expression: Expression, place: Place) -> tuple[int, ...]:
    """Identity of an evaluation: which expression, in which frame, with which loop elements fixed."""
    return (id(expression), place.frame.id, place.mark) if place.overlay else (id(expression), place.frame.id)
