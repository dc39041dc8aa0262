"""Objects of scanned classes where the language goes into them: what `__iter__`, `__next__` and `__getitem__` give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.making import ready
from flowmap.linker.terms import Class, Elements, Function, Instance, Link, Passed, Term, Unknown, Value
from flowmap.linker.texts import bounded

if TYPE_CHECKING:
    from flowmap.linker.view import View

ITERATING = ("__iter__", "__aiter__")
STEPPING = ("__next__", "__anext__")


def iterated(view: View, term: Term) -> Elements | None:
    """What an iteration over an enumeration class, or over an object of a class with `__iter__`, meets; None for all else."""
    match term:
        case Class(scope=scope) if view.is_enum(scope):
            return Elements(tuple(ready((m,)) for m in view.enum_members(scope)))
        case Instance():
            return view.guarded(("iterated", term), lambda: _met(view, term), None)
        case _:
            return None


def iterators(view: View, instance: Instance) -> Value:
    """What goes over the elements of an object."""
    return _given(view, instance, ITERATING)


def item(view: View, term: Term, key: Term) -> Value:
    """What the class of an object says that `term[key]` is; empty where it says nothing of it."""
    if not isinstance(term, Instance):
        return ()
    functions = [t for t in view.attribute(term, "__getitem__") if isinstance(t, Function)]
    made_by = Link(None, (Passed(ready((key,))),), (hash(key),))
    found = bounded(t for f in functions for t in view.apply(f, made_by, None)) if functions else ()
    return () if all(isinstance(t, Unknown) for t in found) else found


def _met(view: View, instance: Instance) -> Elements | None:
    known = [k for t in iterators(view, instance) if (k := _stepped(view, t)) is not None]
    if len(known) < 2:
        return known[0] if known else None
    return Elements(tuple(i for k in known for i in k.items), open=True, ordered=False)


def _stepped(view: View, iterator: Term) -> Elements | None:
    """The elements that an iterator gives one after the other."""
    if isinstance(iterator, Instance) and (value := _given(view, iterator, STEPPING)):
        return Elements((ready(value),), open=True, ordered=False)
    return collections.elements(view, iterator)


def _given(view: View, instance: Instance, names: tuple[str, ...]) -> Value:
    """What methods of these names return."""
    functions = (t for name in names for t in view.attribute(instance, name) if isinstance(t, Function))
    return bounded(t for f in functions for t in view.returned(f, ()))
