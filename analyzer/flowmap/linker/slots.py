"""Answers to a plugin's references: which argument, of which call, in which frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flowmap import plugin_api as api
from flowmap.linker import collections, hooks, promises
from flowmap.linker.constructors import constructed
from flowmap.linker.dotted import path_of
from flowmap.linker.extracts import matched, replaced
from flowmap.linker.formats import format_fields
from flowmap.linker.making import ready
from flowmap.linker.parameters import out_of_spread
from flowmap.linker.pieces import configured, host_labels, tails
from flowmap.linker.subjects import Subject, argument, decorations, of_creation, of_scanned, unpacked
from flowmap.linker.terms import (
    Class,
    Element,
    Elements,
    Entries,
    Function,
    Instance,
    Literal,
    Member,
    Symbol,
    Template,
    Term,
    Unknown,
    Unset,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.variables import owners, taken, type_name, variable
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View


FIELD_DEFAULT = api.FirstOf((api.keyword("default"), api.arg(0)))
"""The default in a field description."""


def ask(view: View, ref: api.Ref | None, subject: Subject) -> Value:
    """The value of a reference; empty if there is no such thing."""
    return HANDLERS[type(ref)](view, ref, subject) if ref is not None else ()


def keyword_value(view: View, name: str, subject: Subject) -> Value:
    """The value of a keyword argument."""
    return _argument(view, api.keyword(name), subject)


def factory_default(view: View, subject: Subject) -> Value:
    """`default_factory=...`."""
    return bounded(
        t
        for f in keyword_value(view, "default_factory", subject)
        if isinstance(f, Function | Class | Symbol)
        for t in view.returned(f, ())
    )


def _argument(view: View, ref: api.Argument, subject: Subject) -> Value:
    found = argument(view, subject.arguments, ref.index, ref.name)
    if found is not None:
        value = view.force(found)
    elif subject.spread:
        value = out_of_spread(view, subject.arguments, ref.index, ref.name)
    else:
        return ()
    return view.close(value) if subject.final else value


def _all_arguments(view: View, ref: api.AllArguments, subject: Subject) -> Value:
    given = [a for a in subject.arguments if a.keyword is None and a.stars < 2]
    found = [t for a in given[ref.start :] if not a.stars for t in view.force(a.value)]
    for one in (view.force(a.value) for a in given if a.stars):
        for term in view.close(one) if subject.final else one:
            known = collections.elements(view, term)
            found += [t for item in known.items for t in view.force(item)] if known is not None else [term]
    return bounded(found)


def _maker(view: View, ref: api.Maker, subject: Subject) -> Value:
    subjects = [subject]
    for _ in range(ref.up):
        subjects = [m for s in subjects for m in _makers(view, s) if not ref.only or _ends(m.callee) in ref.only]
    found = [t for s in subjects for t in ask(view, ref.ref, s)]
    if not found and subject.callee is not None and depends(subject.callee):
        return (subject.callee,)
    return bounded(found)


def _ends(term: Term | None) -> str:
    return term.name.rpartition(".")[2] if isinstance(term, Member | Symbol) else ""


def _makers(view: View, subject: Subject) -> list[Subject]:
    receiver = subject.callee.owner if isinstance(subject.callee, Member) else subject.callee
    receivers = view.close((receiver,)) if subject.final and receiver is not None else (receiver,)
    found: list[Subject] = []
    for term in receivers:
        while isinstance(term, Member | Element):
            term = term.owner
        if isinstance(term, Function):
            found += decorations(view, term.scope)
        elif isinstance(term, Instance) and (known := constructed(view, term, subject.callee)) is not None:
            found.append(replace(known, current=subject.current, final=subject.final))
        elif term is not None and (made := of_creation(view, term)) is not None:
            found.append(replace(made, current=subject.current, final=subject.final))
    return found


def _inside(view: View, ref: api.Inside, subject: Subject) -> Value:
    found, within = list[Term](), ask(view, ref.of, subject)
    for term in view.close(within) if subject.final else within:
        inner = of_creation(view, unpacked(term)) or (of_scanned(term) if ref.scanned else None)
        decorating = decorations(view, term.scope) if isinstance(term, Function | Class) else []
        if made := decorating if inner is None else [inner]:
            told = [t for m in made for t in ask(view, ref.ref, replace(m, final=subject.final))]
            lacking = isinstance(ref.ref, api.Entry)  # which is an answer: the mapping is there
            found += told or ([term] if depends(term) and not lacking else [])
        elif isinstance(term, Literal | Template | Unknown | Unset) or depends(term):
            found.append(term)
    return bounded(found)


def _entry(view: View, ref: api.Entry, subject: Subject) -> Value:
    found: list[Term] = []
    for term in ask(view, ref.of, subject):
        if isinstance(term, Instance):
            found += view.attribute(term, str(ref.key))
        elif depends(term):
            found.append(Element(term, ref.key))
        elif not isinstance(term, Literal) and not collections.lacks(view, term, ref.key):
            found += collections.item(view, (term,), (Literal(ref.key),))
    return bounded(found)


def _each(view: View, ref: api.Each, subject: Subject) -> Value:
    found: list[Term] = []
    for term in ask(view, ref.of, subject):
        known = collections.elements(view, term)
        if known is None:
            found.append(term)
        else:
            found += [t for item in known.items for t in view.force(item)]
            found += [Unknown("more elements, added elsewhere")] if known.open and not known.items else []
    return bounded(found)


def _keys(view: View, ref: api.Keys, subject: Subject) -> Value:
    found: list[Term] = []
    for term in ask(view, ref.of, subject):
        known = collections.elements(view, term)
        found += [t for item in known.items for t in view.force(item)] if known else [term]
    return bounded(found)


def _first_of(view: View, ref: api.FirstOf, subject: Subject) -> Value:
    fallback: Value = ()
    nothing = (None,) if ref.empty else (None, "")
    for candidate in ref.refs:
        value = ask(view, candidate, subject)
        there = tuple(t for t in value if not (isinstance(t, Literal) and t.value in nothing))
        if there:
            return there
        fallback = fallback or value
    return fallback


def _const(_: View, ref: api.Const, __: Subject) -> Value:
    return (Literal(ref.text),)


def _format(view: View, ref: api.Format, subject: Subject) -> Value:
    values = [view.texts(ask(view, r, subject)) for r in ref.refs]
    if not all(values):
        return ()
    return format_fields(ref.template, lambda name: values[int(name)], lambda value, _conversion, _spec: value)


def _function_name(view: View, _: api.FunctionName, subject: Subject) -> Value:
    return (Literal(view.scope(subject.function).name),) if subject.function else ()


def _function_path(view: View, ref: api.FunctionPath, subject: Subject) -> Value:
    own = (Function(subject.function),) if subject.function else ()
    return bounded(path_of(view, t, ref.separator) for t in (own if ref.of is None else ask(view, ref.of, subject)))


def _class_attribute(view: View, ref: api.ClassAttribute, subject: Subject) -> Value:
    instance = view.enclosing_instance(subject.place, subject.function)
    if instance is None:
        return ()
    return tuple(t for t in view.attribute(instance, ref.name) if not isinstance(t, Unknown))


def _method_name(_: View, ref: api.MethodName, subject: Subject) -> Value:
    term = subject.callee
    if isinstance(term, Symbol):
        return tuple(Literal(name) for name in term.name.split(".")[::-1][ref.up : ref.up + 1])
    for _step in range(ref.up):
        term = term.owner if isinstance(term, Member | Element) else None
    if isinstance(term, Element):
        return (Literal(term.key),) if isinstance(term.key, str) else (Unknown("a computed key"),)
    return (Literal(term.name),) if isinstance(term, Member) else ()


def _returned(view: View, _: api.Returned, subject: Subject) -> Value:
    return view.outcome(view.frame(subject.function, None)) if subject.function else ()


def _type_name(view: View, ref: api.TypeName, subject: Subject) -> Value:
    return bounded(t for term in ask(view, ref.of, subject) for t in type_name(view, term))


def _object_of(view: View, ref: api.ObjectOf, subject: Subject) -> Value:
    return bounded(t for term in ask(view, ref.of, subject) for t in promises.object_of(view, term))


def _type_of(view: View, ref: api.TypeOf, subject: Subject) -> Value:
    receiver = subject.callee
    while isinstance(receiver, Member):
        receiver = receiver.owner
    names = view.names_of(receiver) if receiver is not None else ()
    return tuple(Literal(n.rpartition(".")[2].removesuffix(ref.ending)) for n in names[:1])


def _receiver(_: View, __: api.Receiver, subject: Subject) -> Value:
    match subject.callee:
        case Member(owner=owner) | Function(self=Instance() as owner) | (Instance() as owner):
            return (owner,)
    return ()


def _called(view: View, ref: api.Called, subject: Subject) -> Value:
    owners = ask(view, ref.of, subject)
    calls = [c for owner in owners for c in hooks.calls_of(view, owner, ref.names, subject)]
    if ref.same is not None:
        same = {*view.texts(ask(view, ref.same[0], subject))}
        calls = [c for c in calls if same & {*view.texts(ask(view, ref.same[1], c))}]
    if not calls and ref.needed:
        waiting = tuple(Member(owner, ref.names[0]) for owner in owners if depends(owner))
        return waiting or (Unknown(f"no call of `{'` or `'.join(ref.names)}` is seen"),)
    return bounded(t for call in calls for t in ask(view, ref.ref, call))


def _keywords(view: View, ref: api.Keywords, subject: Subject) -> Value:
    given = (a for a in subject.arguments if a.keyword is not None and a.keyword not in ref.but)
    pairs = [(ready((Literal(a.keyword),)), a.value) for a in given]
    for spread in (a.value for a in subject.arguments if a.stars == 2):
        known = (t for t in view.force(spread) if isinstance(t, Entries))
        pairs += [(k, v) for t in known for k, v in t.items if k is not None]
    return (Elements(tuple(ready((Elements(pair),)) for pair in pairs)),) if pairs else ()


# A handler takes the one reference type it stands under; a mapping cannot say so, hence Any.
HANDLERS: Mapping[type, Callable[[View, Any, Subject], Value]] = {
    api.Argument: _argument,
    api.AllArguments: _all_arguments,
    api.Maker: _maker,
    api.Inside: _inside,
    api.Entry: _entry,
    api.Each: _each,
    api.Keys: _keys,
    api.FirstOf: _first_of,
    api.Const: _const,
    api.Format: _format,
    api.Decorated: lambda _, __, subject: (Function(subject.function),) if subject.function else (),
    api.FunctionName: _function_name,
    api.FunctionPath: _function_path,
    api.ClassAttribute: _class_attribute,
    api.MethodName: _method_name,
    api.Returned: _returned,
    api.TypeName: _type_name,
    api.ObjectOf: _object_of,
    api.Supplied: lambda view, ref, subject: promises.supplied(view, ask(view, ref.of, subject)),
    api.TypeOf: _type_of,
    api.Called: _called,
    api.Current: lambda _, __, subject: subject.current,
    api.Receiver: _receiver,
    api.Result: lambda _, __, subject: (subject.made,) if subject.made is not None else (),
    api.Keywords: _keywords,
    api.Taken: lambda view, ref, subject: taken(view, ref.method, subject.function),
    api.Owner: lambda view, ref, subject: owners(view, ask(view, ref.of, subject)),
    api.Tail: lambda view, ref, subject: tails(view, ask(view, ref.of, subject), ref.separators),
    api.Host: lambda view, ref, subject: host_labels(view, ask(view, ref.of, subject)),
    api.Configured: lambda view, ref, subject: configured(view, ask(view, ref.of, subject), ref.mark),
    api.Matched: lambda view, ref, subject: matched(ref.pattern, view.texts(ask(view, ref.of, subject))),
    api.Replaced: lambda view, ref, subject: replaced(ref.pattern, ref.by, view.texts(ask(view, ref.of, subject))),
    api.Held: lambda view, ref, subject: bounded(t for o in ask(view, ref.of, subject) for t in hooks.held(view, o, ref.name)),
    api.Variable: lambda view, ref, subject: variable(view, ref, subject, ask(view, ref.of, subject)),
}
