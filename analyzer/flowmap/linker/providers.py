"""Dependency injection: markers that put the result of a function into a parameter, and providers, which are called for what they
are declared to make.

`Depends(f)`, `Provide[Container.outbox]`; `outbox = providers.Singleton(Outbox, topic=settings)`, where an argument that is itself
a provider is called before it is handed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.making import create, deferred, passed, ready
from flowmap.linker.terms import (
    Class,
    Creation,
    Elements,
    Function,
    Link,
    Literal,
    Made,
    Member,
    Partial,
    Passed,
    Place,
    Supplier,
    Symbol,
    Term,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def injected(view: View, node: ir.Expression, place: Place) -> Value:
    """What a dependency marker (`Depends(f)`, `Provide[provider]`) puts in: what calling `f` gives; empty if `node` is none."""
    match node:
        case ir.Call(callee=marker, arguments=arguments):
            given = passed(arguments, place)[:1]
        case ir.Subscript(value=marker, index=index):
            given = (Passed(deferred(index, place)),)
        case _:
            return ()
    if not any(isinstance(t, Symbol) and t.name in view.knowledge.injectors for t in view.values(marker, place)):
        return ()
    found: list[Term] = []
    for argument in given:
        expression = argument.value.expression
        inner = injected(view, expression, place) if isinstance(expression, ir.Call | ir.Subscript) else ()
        makers = (t for t in view.force(argument.value) if not isinstance(t, Literal))
        found += inner or (t for maker in makers for t in made(view, maker, marker, place))
    return bounded(found)


def made(view: View, maker: Term, written: ir.Expression, place: Place) -> Value:
    """What calling a function, class or provider with nothing gives; `written` is what stands there for it."""
    line = view.scope(place.scope).line
    creation = create(ir.Call(written, (), ir.Span(line, line, 1)), place)
    key = deferred(written, place).key
    creation = Creation(creation.call, place, key)
    return _entered(view, view.apply(maker, Link(place, (), key), creation))


def provider(view: View, made_by: Link) -> Value:
    """What a provider is, by the call that makes it: a callable with arguments, or what gives an object that is there."""
    if not made_by.arguments:
        return ()
    rest = tuple(Passed(ready(_handed(view, a)), a.keyword, a.stars) for a in made_by.arguments[1:])
    found: list[Term] = []
    for term in view.force(made_by.arguments[0].value):
        callable_ = isinstance(term, Function | Class | Partial | Symbol | Member)
        found.append(Partial(term, rest) if callable_ else Supplier((term,)))
    return bounded(found)


def _handed(view: View, argument: Passed) -> Value:
    """An argument of a provider as it reaches what the provider calls."""
    expression, place = argument.value.expression, argument.value.place
    if expression is None or place is None:
        return view.force(argument.value)
    found: list[Term] = []
    for term in view.force(argument.value):
        found += made(view, term, expression, place) if isinstance(term, Partial | Supplier) else _option(view, term) or (term,)
    return bounded(found)


def _option(view: View, term: Term) -> Value:
    """What an option of a configuration is worth, as calling it tells."""
    called = view.apply(term, Link(None, ()), None) if isinstance(term, Member) else ()
    return called if called != (Made(term),) else ()


def _entered(view: View, value: Value) -> Value:
    """What is written as a generator gives what it yields."""
    return bounded(t for v in value for t in (view.entered((v,)) if isinstance(v, Elements) else (v,)))
