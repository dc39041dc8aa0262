"""Dependency injection: markers that put the result of a function into a parameter, and providers, which are called for what they
are declared to make.

`Depends(f)`, `Provide[Container.outbox]`; `outbox = providers.Singleton(Outbox, topic=settings)`, where an argument that is itself
a provider is called before it is handed on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import containers
from flowmap.linker.making import create, deferred, passed, ready
from flowmap.linker.terms import (
    Class,
    Creation,
    Elements,
    Entries,
    Function,
    Instance,
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

PROVIDER = "dependency_injector.wiring.Provider"
"""The marker that puts in the provider itself."""
LEFT_OPEN = {"Dependency", "DependenciesContainer", "AbstractFactory", "AbstractSingleton"}
COLLECTING = {"List", "Dict"}
RESOURCES = {f"dependency_injector.resources.{name}" for name in ("Resource", "AsyncResource")}
STARTING = "init"
BESIDE = {"provided", "provider"}
CALLING = "call"


def injected(view: View, node: ir.Expression, place: Place) -> Value:
    """What a dependency marker (`Depends(f)`, `Provide[provider]`) puts in: what calling `f` gives; empty if `node` is none."""
    match node:
        case ir.Call(callee=marker, arguments=arguments):
            given = passed(arguments, place)[:1]
        case ir.Subscript(value=marker, index=index):
            given = (Passed(deferred(index, place)),)
        case _:
            return ()
    markers = {t.name for t in view.values(marker, place) if isinstance(t, Symbol) and t.name in view.knowledge.injectors}
    if not markers:
        return ()
    found: list[Term] = []
    for argument in given:
        expression = argument.value.expression
        inner = injected(view, expression, place) if isinstance(expression, ir.Call | ir.Subscript) else ()
        makers = bounded(t for m in view.force(argument.value) for t in _meant(view, m))
        itself = makers if PROVIDER in markers else ()
        found += inner or itself or (t for maker in makers for t in made(view, maker, marker, place))
    return bounded(found)


def _meant(view: View, maker: Term) -> Value:
    """What a marker names: itself, or the provider of a container that it spells out."""
    return containers.named(view, maker.value) if isinstance(maker, Literal) and isinstance(maker.value, str) else (maker,)


def made(view: View, maker: Term, written: ir.Expression, place: Place) -> Value:
    """What calling a function, class or provider with nothing gives; `written` is what stands there for it."""
    line = view.scope(place.scope).line
    creation = create(ir.Call(written, (), ir.Span(line, line, 1)), place)
    key = deferred(written, place).key
    creation = Creation(creation.call, place, key)
    given = view.apply(maker, Link(place, (), key), creation)
    return given if isinstance(maker, Supplier) else _entered(view, given)


def provider(view: View, name: str, made_by: Link, creation: Creation | None) -> Value:
    """What a provider is, by the call that makes it: a callable with arguments, or what gives an object that is there."""
    kind = name.rpartition(".")[2]
    if kind in LEFT_OPEN:
        return containers.dependency(view, name, made_by, creation)
    if kind in COLLECTING:
        return (Supplier((_collected(view, kind, made_by),)),)
    if not made_by.arguments:
        return ()
    if kind == "Selector":
        return _selected(view, made_by)
    rest = tuple(Passed(ready(_handed(view, a)), a.keyword, a.stars) for a in made_by.arguments[1:])
    makers = view.force(made_by.arguments[0].value)
    if kind == "Resource" and creation is not None:
        started = (Partial(t, rest) for maker in makers for t in _starting(view, maker))
        return (Supplier(bounded(t for s in started for t in _entered(view, view.apply(s, Link(None, ()), creation)))),)
    return bounded(
        Partial(t, rest) if isinstance(t, Function | Class | Partial | Symbol | Member) else Supplier((t,)) for t in makers
    )


def kind_of(view: View, term: Class) -> str | None:
    """The kind of provider that a class of the program is made from, if it is one and makes its objects as that kind does."""
    names = [b.name for b in view.external_bases(term.scope) if isinstance(b, Symbol) and b.name in view.knowledge.providers]
    own = view.unit(term.scope.path).table(term.scope.index).names
    return next(iter(names), None) if not {"__init__", "__call__"} & own.keys() else None


def beside(view: View, owner: Term, node: ir.Attribute, place: Place) -> Value:
    """What a provider has beside what it makes: `provided`, which stands for that, and `provider`, itself; empty for others."""
    if node.attr not in BESIDE or not (isinstance(owner, Partial | Supplier) or containers.is_container(view, owner)):
        return ()
    container = isinstance(owner, Class | Instance)
    return (Supplier((owner,) if container or node.attr == "provider" else made(view, owner, node.value, place)),)


def attribute(view: View, term: Supplier, name: str) -> Value:
    """An attribute of what a provider makes, still to be made."""
    if name == CALLING:
        return (Member(term, name),)
    return (Supplier(bounded(t for given in term.gives for t in view.attribute(given, name))),)


def called(view: View, callee: Symbol | Member, link: Link) -> Value:
    """`provider.provided.name.call(...)`: what calling something that a provider makes gives, still to be called."""
    if not (isinstance(callee, Member) and isinstance(callee.owner, Supplier) and callee.name == CALLING):
        return ()
    arguments = tuple(Passed(ready(_handed(view, a)), a.keyword, a.stars) for a in link.arguments)
    handed = Link(link.place, arguments, link.key)
    return (Supplier(bounded(t for g in callee.owner.gives for t in view.apply(g, handed, None))),)


def _starting(view: View, term: Term) -> Value:
    """What starts a resource: a function, or for a class of resources its method for that."""
    if isinstance(term, Class) and any(isinstance(b, Symbol) and b.name in RESOURCES for b in view.external_bases(term.scope)):
        return tuple(t for t in view.attribute(Instance(term.scope), STARTING) if isinstance(t, Function))
    return (term,)


def _collected(view: View, kind: str, made_by: Link) -> Term:
    """The list or mapping that a provider makes of what others make."""
    if kind == "List":
        return Elements(tuple(ready(_handed(view, a)) for a in made_by.arguments if a.keyword is None))
    entries = [(ready((Literal(a.keyword),)), a.value) for a in made_by.arguments if a.keyword is not None]
    for given in made_by.arguments:
        known = (t for t in view.force(given.value) if given.keyword is None and isinstance(t, Entries))
        entries += ((key, value) for t in known for key, value in t.items if key is not None)
    return Entries(tuple((key, ready(_handed(view, Passed(value)))) for key, value in entries))


def _selected(view: View, made_by: Link) -> Value:
    """The provider that a switch selects; each of them if it is not known."""
    switch, *others = made_by.arguments
    chosen = {t.value for t in _handed(view, switch) if isinstance(t, Literal)}
    among = [a for a in others if a.keyword in chosen] or others
    return bounded(t for a in among for t in view.force(a.value))


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
