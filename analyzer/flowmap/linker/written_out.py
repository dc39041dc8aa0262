"""Objects that are read as mappings of their fields: `settings.model_dump()["url"]`, `asdict(config).get("url")`.

What such a call gives stays what it is, so that a message that is written that way keeps its shape; only who asks it for an entry
gets the field of the object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.collections import pairs
from flowmap.linker.hierarchy import declared
from flowmap.linker.making import making, ready
from flowmap.linker.subjects import given
from flowmap.linker.terms import Elements, Entries, Instance, Link, Literal, Made, Member, Symbol, Term, Unknown, Value
from flowmap.linker.texts import bounded

if TYPE_CHECKING:
    from flowmap.linker.view import View

METHODS = {"dict", "model_dump", "_asdict", "to_dict", "asdict"}
"""What library classes call the method by which an object tells all its fields."""
FUNCTIONS = {"dataclasses.asdict", "attr.asdict", "attrs.asdict", "builtins.vars", "cattrs.unstructure", "msgspec.to_builtins"}


def object_of(view: View, term: Term) -> Instance | None:
    """The object of a scanned class whose fields a term tells; None for anything else."""
    match term:
        case Member(owner=Instance() as owner, name="__dict__"):
            return owner
        case Made(callee=Member(owner=Instance() as owner, name=name)) if name in METHODS:
            return owner
        case Made(callee=Symbol(name=name), creation=creation) if name in FUNCTIONS and creation is not None:
            told = given(view, making(creation), 0)
            return told[0] if len(told) == 1 and isinstance(told[0], Instance) else None
        case _:
            return None


def item(view: View, owner: Term, key: Term) -> Value:
    """The field of the object that `owner` tells; empty where it tells none, or none of that name."""
    name = key.value if isinstance(key, Literal) else None
    told = object_of(view, owner) if isinstance(name, str) else None
    if told is None or not isinstance(name, str):
        return ()
    found = view.attribute(told, name)
    return () if all(isinstance(t, Unknown) or t == Member(told, name) for t in found) else found


def entries(view: View, term: Term) -> Entries | None:
    """All declared fields of the object that a term tells; None where it tells none."""
    told = object_of(view, term)
    if told is None:
        return None
    return view.guarded(("written out", told), lambda: _entries(view, told), None)


def _entries(view: View, told: Instance) -> Entries:
    return Entries(tuple((ready((Literal(n),)), ready(view.attribute(told, n))) for n in declared(view, told.scope)), open=True)


def called(view: View, callee: Member, link: Link) -> Value | None:
    """A method of a mapping that is called on the fields of an object; None for anything else."""
    if callee.name == "get":
        found = bounded(t for key in given(view, link, 0) for t in item(view, callee.owner, key))
        return found or None
    known = entries(view, callee.owner) if callee.name in {"items", "values", "copy"} else None
    match callee.name:
        case "items" if known is not None:
            return (pairs(known),)
        case "values" if known is not None:
            return (Elements(tuple(v for _, v in known.items), known.open),)
        case _:
            return (known,) if known is not None else None
