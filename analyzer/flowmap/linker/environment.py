"""Environment variables and settings: the name a read asks for, and what this service's deployment gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import slots, stores
from flowmap.linker.making import ready
from flowmap.linker.settings import config_read
from flowmap.linker.subjects import Subject, of_last_call
from flowmap.linker.terms import Element, Elements, Link, Literal, Made, Term, Unknown, Unset, Value
from flowmap.linker.texts import bounded, named
from flowmap.linker.waiting import depends
from flowmap.plugin_api import EnvironmentRead

if TYPE_CHECKING:
    from flowmap.linker.view import View


def environment_read(view: View, term: Made | Element, made_by: Link | None) -> Value:
    """The variable's value if the term reads the environment; empty if it does not. `made_by` is the call, where it is one."""
    for name in view.plain_names_of(term):
        subject = Subject(made_by.arguments, term.callee, made_by.place) if made_by and isinstance(term, Made) else None
        config = view.knowledge.configs.get(name)
        if config is not None:
            return config_read(view, config, subject or term)
        read = view.knowledge.read_of(name)
        if read is None:
            continue
        if isinstance(term, Element) and "()" in read.path:
            subject = of_last_call(view, term)
        elif isinstance(term, Element):
            return variable(view, (Literal(term.key),) if isinstance(term.key, str) else (), ())
        if subject is None:
            return (Unknown("an environment variable"),)
        prefix = view.text(slots.ask(view, read.prefix, subject)) if read.prefix is not None else None
        names = slots.ask(view, read.name, subject)
        if isinstance(term, Element) and any(depends(t) for t in names):
            return ()  # the item stays what it is, for whoever calls
        default = slots.ask(view, read.default, subject) if read.default is not None else ()
        value = variable(view, names, default, prefix or "")
        return tuple(_list_of(t) for t in value) if _is_list(view, read, subject) else value
    return ()


def _is_list(view: View, read: EnvironmentRead, subject: Subject) -> bool:
    names = {n for t in slots.ask(view, read.cast, subject) for n in view.plain_names_of(t)} if read.cast is not None else set()
    return read.listed or bool(names & set(read.list_casts))


def _list_of(term: Term) -> Term:
    """A text of names between commas as a list."""
    if isinstance(term, Literal) and isinstance(term.value, str):
        return Elements(tuple(ready((Literal(part.strip()),)) for part in term.value.split(",") if part.strip()))
    return term


def _name(view: View, prefix: str, asked: Term) -> str | None:
    if prefix in {stores.PARAMETER, stores.SECRET}:
        return stores.entry_name(view, prefix, asked)
    return prefix + asked.value if isinstance(asked, Literal) and isinstance(asked.value, str) else None


def variable(view: View, names: Value, default: Value, prefix: str = "") -> Value:
    """The value of the environment variable: as deployed, else the default, else `Unset`."""
    absent = tuple(t for t in default if not (isinstance(t, Literal) and t.value is None))
    found: list[Term] = []
    for term in view.texts(names):
        name = _name(view, prefix, term)
        if name is None:
            return (Unknown("an environment variable whose name is computed"), *default)
        if (value := view.environment.get(name)) is not None:
            found += (Literal(v, name) for v in view.surroundings.differing.get(name, (value,)))
        else:
            found += named(absent, name) or (Unset(name),)
    return bounded(found) or (Unknown("an environment variable"), *default)
