"""What a call gives: the returns of scanned functions, objects of scanned classes, and `Made` for everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker import branches, enums, generics, library, promises, providers, slots, stores
from flowmap.linker.layers import handed, running
from flowmap.linker.making import create, deferred, link, making
from flowmap.linker.subjects import Subject, given
from flowmap.linker.terms import (
    Class,
    Computed,
    Creation,
    Deferred,
    Element,
    Elements,
    Entries,
    EnumMember,
    Frame,
    Function,
    Instance,
    Link,
    Literal,
    Made,
    Member,
    Parsed,
    Partial,
    Passed,
    Place,
    Supplier,
    Symbol,
    Template,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import awaited, depends
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_TURNS = 3
"""Activations of one function above one another that are told apart: one that walks a tree has as many as the tree has nodes."""
MAX_CALLS = 4
"""Calls inside one another through which an object may be made for a caller."""
OF_TEXTS = "builtins.str."
"""What methods of texts begin with that are called by their class."""
FILLING = {"model_validate", "parse_obj"}
"""Class methods of libraries that take the fields of an object as a mapping."""
MAX_AWAITED = 12
"""Parameters that one call may wait for."""


def call(view: View, node: ir.Call, place: Place) -> Value:
    """The value of a call expression."""
    callees = view.values(node.callee, place)
    return bounded(t for c in callees for t in apply(view, c, link(node, place), create(node, place)))


def apply(view: View, callee: Term, made_by: Link, creation: Creation | None) -> Value:
    """The value of calling `callee` with these arguments; `creation` names the call for objects that come of it."""
    match callee:
        case Function():
            return returned(view, callee, made_by)
        case Class():
            kind = providers.kind_of(view, callee)
            return providers.provider(view, kind, made_by, creation) if kind else _constructed(view, callee, made_by, creation)
        case Partial(callee=inner, arguments=first):
            leading = replace(creation, surroundings=creation.surroundings + first) if creation is not None and first else creation
            return apply(view, inner, Link(made_by.place, first + made_by.arguments, made_by.key), leading)
        case Symbol(name=name) if name in view.knowledge.providers:
            return providers.provider(view, name, made_by, creation)
        case Instance():
            return _called_object(view, callee, made_by, creation)
        case Supplier(gives=given):
            return given
        case Unknown():
            return (callee,)
        case Member(owner=Class() as cls, name=name) if name in FILLING and (filled := _filled(view, cls, made_by, creation)):
            return filled
        case Symbol() | Member():
            own = _method_of_text(view, callee, made_by, creation) or providers.called(view, callee, made_by)
            known = own or library.call(view, callee, made_by)
            known = known if known is not None else _passed(view, callee, made_by)
            made = Made(callee, creation)
            value = known if known is not None else view.environment_read(made, made_by) or (made,)
            return _waiting(view, value, made, made_by)
        case _:
            made = Made(callee, creation)
            read = view.environment_read(made, made_by) if isinstance(callee, Made) else ()
            return _waiting(view, read or (made,), made, made_by)


def _method_of_text(view: View, callee: Symbol | Member, made_by: Link, creation: Creation | None) -> Value:
    """`str.encode(text)`: what the method of the first argument gives for the others; empty for anything else."""
    first, others = made_by.arguments[:1], made_by.arguments[1:]
    if not (isinstance(callee, Symbol) and callee.name.startswith(OF_TEXTS) and first) or first[0].stars:
        return ()
    name, owners = callee.name.removeprefix(OF_TEXTS), view.force(first[0].value)
    if creation is not None:
        call = ir.Call(creation.call.callee, creation.call.arguments[1:], creation.call.span)
        creation = replace(creation, call=call)
    return bounded(t for o in owners for t in apply(view, Member(o, name), Link(made_by.place, others, made_by.key), creation))


def _filled(view: View, cls: Class, made_by: Link, creation: Creation | None) -> Value:
    """The object that a class method of a library makes out of a mapping in a file; empty if it is given something else."""
    given = next(iter(made_by.arguments), None)
    if given is None or creation is None or not any(isinstance(t, Parsed) for t in view.force(given.value)):
        return ()
    bare = ir.Call(creation.call.callee, (), creation.call.span)
    return (Instance(cls.scope, replace(creation, call=bare, surroundings=(Passed(given.value, None, 2),))),)


def _waiting(view: View, value: Value, made: Made, made_by: Link) -> Value:
    """The result of a call, or the call itself if it tells nothing because its arguments wait for a caller, besides what is called
    maybe."""
    silent = any(isinstance(t, Unknown) for t in value) or (value == (made,) and depends(made.callee))
    if made.creation is None or not silent:
        return value
    theirs = [p for a in made_by.arguments for t in _gone_through(view, a.value) for p in awaited(t)]
    on = tuple(dict.fromkeys((*awaited(made.callee), *theirs)))[:MAX_AWAITED]
    return (Computed(made.callee, made.creation, on),) if (on if value != (made,) else theirs) else value


def _gone_through(view: View, given: Deferred) -> Value:
    """What an argument is, with what a comprehension goes through that it is."""
    clauses = given.expression.clauses if isinstance(given.expression, ir.Comprehension) else ()
    through = (view.values(c.iterable, given.place) for c in clauses[:1] if given.place is not None)
    return (*view.force(given), *(t for value in through for t in value))


def _passed(view: View, callee: Symbol | Member, made_by: Link) -> Value | None:
    """What a library function gives back of its arguments, where a plugin says so."""
    if callee.name.rpartition(".")[2] not in view.knowledge.passing:
        return None
    for name in view.plain_names_of(callee):
        ref = view.knowledge.passes.get(name)
        if ref is not None:
            return slots.ask(view, ref, Subject(made_by.arguments, callee, made_by.place)) or None
    return None


def returned(view: View, function: Function, made_by: Link | None) -> Value:
    """What calling a scanned function gives: what its outermost decorator returns if that is a text or not what the function
    would be called with, else what the function itself returns; the elements of a generator stand for the generator."""
    at = made_by.place.scope if made_by is not None and made_by.place is not None else None
    runs = running(view, function, at) or [function]
    for outer in dict.fromkeys((runs[0], runs[-1])):
        if outer.scope != function.scope:
            value = _returned(view, outer, handed(made_by or Link(None, ()), outer, function))
            told = not all(isinstance(t, Unknown) or t == Literal(None) for t in value)
            if all(isinstance(t, Literal | Template) for t in value) if function in runs else told:
                return value
    return _returned(view, function, made_by)


def _returned(view: View, function: Function, made_by: Link | None) -> Value:
    anyhow = view.frame(function.scope, None, function.closure, view.generalised(function.self))
    general = view.outcome(anyhow)
    if not (any(_hangs_on(view, t, anyhow) for t in general) or (len(general) > 1 and branches.by_argument(view, function.scope))):
        return general  # the same whoever calls: asked once, not once per way to it
    if _turns(function.scope, made_by) >= MAX_TURNS:
        return general
    return view.outcome(view.frame(function.scope, made_by, function.closure, function.self))


def _turns(scope: ScopeRef, made_by: Link | None) -> int:
    """How many activations of a function lead to this call of it."""
    turns = 0
    while made_by is not None and made_by.place is not None:
        turns += made_by.place.frame.scope == scope
        made_by = made_by.place.frame.link
    return turns


def _made_for(view: View, inner: Frame, frame: Frame) -> bool:
    """Whether what is made in the frame `inner` is made in `frame`, or by calls from there that pass what its callers decide."""
    for _ in range(MAX_CALLS):
        if inner is frame:
            return True
        made_by = inner.link
        if made_by is None or made_by.place is None:
            return False
        if made_by.place.frame is frame:
            return any(depends(t) for a in made_by.arguments for t in view.force(a.value))
        inner = made_by.place.frame
    return False


def _hangs_on(view: View, term: Term, frame: Frame) -> bool:
    """Whether a result may be another one for other arguments: it waits for them, it is the object itself or what a library makes
    of it, or it was made in the frame and is of use."""
    match term:
        case Instance(creation=creation):
            return term == frame.receiver if creation is None else _made_for(view, creation.place.frame, frame)
        case Element() if not depends(term):
            return stores.is_read_in(view, term, frame)
        case Made(callee=Symbol(name=name), creation=Creation() as creation) if name in stores.PARSERS:
            parsed = given(view, making(creation), 0) if creation.place.frame is frame else ()
            return any(_hangs_on(view, t, frame) for t in parsed)
        case Made() | Member() if not depends(term):
            if frame.receiver is not None and _root(term) == frame.receiver:
                return True
            creation = _origin(term)
            return creation is not None and creation.place.frame is frame and view.is_known(term)
        case Elements(items=items):
            return any(i.place is not None and _made_for(view, i.place.frame, frame) for i in items)
        case Entries(items=entries):
            return any(v.place is not None and _made_for(view, v.place.frame, frame) for _, v in entries)
        case Function(closure=closure):
            return closure is frame
        case Partial():
            return True
        case _:
            return depends(term)


def _root(term: Term) -> Term:
    """The object of which something is an attribute, or what a method of it gives, however deep."""
    while isinstance(term, Member | Made):
        term = term.owner if isinstance(term, Member) else term.callee
    return term


def _origin(term: Term) -> Creation | None:
    """The call that made the object of which something is an attribute, however deep."""
    while isinstance(term, Member):
        term = term.owner
    return term.creation if isinstance(term, Made) else None


def outcome(view: View, frame: Frame) -> Value:
    """The returns of the frame's function, the annotation where they tell nothing."""
    scope, table = view.scope(frame.scope), view.unit(frame.scope.path).table(frame.scope.index)
    if table.yields:
        return (Elements(tuple(_yielded(frame, at, node) for at, node in table.yields), open=True),)
    found = [t for at, node in branches.returned(view, frame) for t in view.values(node, Place(frame, frame.scope, at))]
    value = promises.kept(view, bounded(found), scope.returns, generics.annotation_place(view, frame))
    return value or (Literal(None),)


def _yielded(frame: Frame, position: int, node: ir.Yield) -> Deferred:
    place = Place(frame, frame.scope, position)
    if not node.delegated:
        return deferred(node.value, place)
    return deferred(ir.Subscript(node.value, ir.Opaque("an element")), place)


def _constructed(view: View, cls: Class, made_by: Link, creation: Creation | None) -> Value:
    if not view.is_enum(cls.scope):
        return (Instance(cls.scope, creation),)
    wanted = [t for a in made_by.arguments[:1] for t in view.force(a.value)]
    exact = enums.by_value(view, cls.scope, tuple(wanted))
    if exact:
        return tuple(exact)
    return tuple(wanted) if len(wanted) == 1 and isinstance(wanted[0], EnumMember) else bounded(view.enum_members(cls.scope))


def _called_object(view: View, instance: Instance, made_by: Link, creation: Creation | None) -> Value:
    method = view.attribute(instance, "__call__")
    functions = [t for t in method if isinstance(t, Function)]
    if functions:
        return bounded(t for f in functions for t in returned(view, f, made_by))
    return (Made(instance, creation),)


def entered(view: View, value: Value) -> Value:
    """What `with value as x` binds: the result of `__enter__`, what a generator yields, else the object itself."""
    found: list[Term] = []
    for term in value:
        if isinstance(term, Elements):
            found += [t for item in term.items for t in view.force(item)]
        elif isinstance(term, Instance):
            found += _entered_object(view, term)
        else:
            found.append(term)
    return bounded(found)


def _entered_object(view: View, instance: Instance) -> Value:
    for name in ("__enter__", "__aenter__"):
        functions = [t for t in view.attribute(instance, name) if isinstance(t, Function)]
        if functions:
            result = bounded(t for f in functions for t in returned(view, f, None))
            return result if not all(isinstance(t, Unknown | Literal) for t in result) else (instance,)
    return (instance,)
