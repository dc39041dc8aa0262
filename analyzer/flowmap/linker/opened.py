"""Which database a service opens: by a URL, by a mapping of settings, by a setting that a framework reads, by what is asked of a
client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker.making import passed
from flowmap.linker.rendering import render
from flowmap.linker.settings import module_setting, settings_paths
from flowmap.linker.statements import database
from flowmap.linker.terms import Element, Entries, Made, Member, Place, Term, Value
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.location import Location
from flowmap.model.summary import Assign

if TYPE_CHECKING:
    from flowmap.linker.view import View

_HOSTS = ("host", "hostname", "server")
_NAMES = ("name", "database", "dbname", "db")
"""Keys of a mapping of settings, in small letters."""
MAX_NESTING = 3
"""Mappings inside one another: all databases, one of them, its credentials."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that is given to a setting, and where."""

    value: Value
    scope: ScopeRef
    location: Location


def databases(view: View, value: Value, depth: int = 0) -> Iterator[str]:
    """The databases that a value names, each as `host/name`: URLs, mappings that hold a host and a name, mappings of such."""
    yield from (d for t in render(view, view.close(value)) if (d := database(t.text or "")))
    for entries in (t for t in view.close(value) if isinstance(t, Entries)):
        found = dict(_entries(view, entries))
        host, name = (next((found[k] for k in keys if k in found), ()) for keys in (_HOSTS, _NAMES))
        one = f"host={view.text(view.close(host)) or ''} dbname={view.text(view.close(name)) or ''}"
        if said := database(one):
            yield said
        elif depth < MAX_NESTING:
            for inner in found.values():
                yield from databases(view, inner, depth + 1)


def _entries(view: View, entries: Entries) -> Iterator[tuple[str, Value]]:
    for key, value in entries.items:
        name = view.text(view.force(key)) if key is not None else None
        if name is not None:
            yield name.lower(), view.force(value)


def kept_in(view: View, made: Made) -> Iterator[str]:
    """The database for which a call makes a client, or which it asks of one: the first name behind the client, at the host of its
    URL."""
    name = ""
    term: Term = made.callee.owner if isinstance(made.callee, Member) else made
    while True:
        match term:
            case Made(callee=Member(owner=owner)):
                name = _asked_for(view, term) or name
            case Member(owner=owner, name=found) | Element(owner=owner, key=str() as found):
                name = found
            case Element(owner=owner):
                pass
            case _:
                break
        term = owner
    if not isinstance(term, Made) or term.creation is None:
        return
    for argument in passed(term.creation.call.arguments, term.creation.place)[:1]:
        for url in render(view, view.close(view.force(argument.value))):
            text = url.text or ""
            host = text.partition("://")[2].partition("/")[0].rpartition("@")[2] or text
            if said := database(f"mongodb://{host}/{name}" if name else text):
                yield said


def _asked_for(view: View, term: Made) -> str:
    """What a method of a client is given: `client.get_database("shop")`."""
    if term.creation is None or not term.creation.call.arguments:
        return ""
    return view.text(view.values(term.creation.call.arguments[0].value, term.creation.place)) or ""


def settings_of(view: View, target: str) -> Iterator[Setting]:
    """Where a setting is given a value: in the module of settings of a framework (`django.conf.settings.DATABASES`), else wherever
    something of that name is assigned."""
    home, _, name = target.rpartition(".")
    known = view.knowledge.modules.get(home)
    if known is not None:
        for path in settings_paths(view, known):
            bindings = view.unit(path).table(0).names.get(name, ())
            line = next((b.statement.line for b in reversed(bindings) if b.statement is not None), 1)
            yield Setting(module_setting(view, known, name), ScopeRef(path, 0), view.unit(path).location(line, line))
    elif not home:
        for ref in view.scopes:
            if ref.path not in view.units.libraries:
                yield from _assigned(view, ref, name)


def _assigned(view: View, ref: ScopeRef, name: str) -> Iterator[Setting]:
    unit = view.unit(ref.path)
    for position, statement in enumerate(view.scope(ref).statements):
        if isinstance(statement, Assign) and statement.value is not None and _is_named(statement.target, name):
            place = Place(view.symbolic_place(ref).frame, ref, position)
            at = unit.location(statement.line, statement.end_line)
            yield Setting(view.values(statement.value, place), ref, at)


def _is_named(target: ir.Expression, name: str) -> bool:
    match target:
        case ir.Name(id=found) | ir.Attribute(attr=found) | ir.Subscript(index=ir.Constant(value=str() as found)):
            return found == name
        case _:
            return False
