"""Parsers of INI files (`configparser`) and objects of classes below them, with what they are told to read."""

from __future__ import annotations

import configparser
from typing import TYPE_CHECKING

from flowmap.linker import collections, files
from flowmap.linker.classes import method_frame
from flowmap.linker.subjects import given
from flowmap.linker.terms import (
    Class,
    Elements,
    Entries,
    File,
    Frame,
    Instance,
    Link,
    Literal,
    Made,
    Member,
    Place,
    Symbol,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.linker.view import View

PARSERS = {"configparser.ConfigParser", "configparser.RawConfigParser", "configparser.SafeConfigParser"}
READING = ("read", "read_file", "readfp", "read_string")
"""Methods that are given a path, several, an open file, or the text of one."""
HANDING_OUT = {"get", "getint", "getfloat", "getboolean"}
MAX_READS = 40
_DEFAULTS = (Literal(configparser.DEFAULTSECT),)


def parser_of(view: View, term: Term) -> Made | Instance | None:
    """The term if it is a parser of INI files."""
    match term:
        case Made(callee=Symbol(name=name)) if name in PARSERS:
            return term
        case Instance(scope=scope) if any(isinstance(t, Symbol) and t.name in PARSERS for t in view.external_bases(scope)):
            return term
        case _:
            return None


def item(view: View, parser: Made | Instance, keys: list[str | None]) -> Value | None:
    """`parser[section]` or `parser.get(section, option)`, in the files that the parser is told to read."""
    if None in keys:
        return None
    found = _content(view, parser)
    for key in keys:
        found = collections.item(view, found, (Literal(key),))
    interpolated = any(isinstance(t, Literal) and isinstance(t.value, str) and ("%(" in t.value or "${" in t.value) for t in found)
    return None if interpolated or not found else found


def method(view: View, callee: Member, link: Link) -> Value | None:
    """A method of a parser; None if it is none, or nothing is known of what it reads."""
    owner, name = parser_of(view, callee.owner), callee.name
    if owner is None:
        return None
    match name:
        case _ if name in HANDING_OUT:
            return _option(view, owner, link)
        case "sections":
            return _names(view, _content(view, owner)) or None
        case "options" | "items" if section := given(view, link, 0, "section"):
            found = item(view, owner, [view.text(section)]) or ()
            return (_names(view, found) if name == "options" else _pairs(view, found)) or None
        case "items":
            return _pairs(view, _content(view, owner)) or None
        case _:
            return None


def _option(view: View, parser: Made | Instance, link: Link) -> Value | None:
    """`parser.get(section, option, fallback=...)`."""
    keys = [given(view, link, n, name) for n, name in enumerate(("section", "option"))]
    if any(depends(t) for key in keys for t in key):
        return (Unknown("a computed key"),)
    section, option = (view.text(key) for key in keys)
    found = item(view, parser, [section, option.lower() if option is not None else None]) or ()
    fallback = [t for a in link.arguments if a.keyword == "fallback" for t in view.force(a.value)]
    return (tuple(fallback) if all(isinstance(t, Unknown) for t in found) else found) or found or None


def _names(view: View, value: Value) -> Value:
    """The keys of tables, without the section whose options count in all."""
    tables = [t for t in (collections.mapping(view, t) for t in value) if t is not None]
    return tuple(Elements(tuple(k for k, _ in t.items if k is not None and view.force(k) != _DEFAULTS), t.open) for t in tables)


def _pairs(view: View, value: Value) -> Value:
    tables = (collections.mapping(view, t) for t in value)
    return tuple(collections.pairs(t) for t in tables if isinstance(t, Entries))


def _content(view: View, parser: Made | Instance) -> Value:
    """What is in the files that the parser is told to read."""
    nothing: tuple[File, ...] = ()
    read = view.guarded(("read by", parser), lambda: tuple(_read_by(view, parser)), nothing)
    return tuple(t for file in read for t in files.content(view, file))


def _read_by(view: View, parser: Made | Instance) -> Iterator[File]:
    """The files that `parser.read(...)` and its like are given: in the call that made the parser, in its own methods, or anywhere
    in the service."""
    made = parser.creation.place if parser.creation is not None else None
    for ref, site in [s for name in READING for s in view.callers.named(name)[:MAX_READS]]:
        frame = made.frame if made is not None and made.scope == ref else _frame(view, parser, ref)
        place = Place(frame, ref, site.position)
        if site.call.arguments and parser in (t.owner for t in view.values(site.call.callee, place) if isinstance(t, Member)):
            given_to = view.close(view.values(site.call.arguments[0].value, place))
            several = [e for t in given_to if isinstance(t, Elements) for i in t.items for e in view.force(i)] or given_to
            yield from (t for t in several if isinstance(t, File))
            yield from (File(t) for t in view.texts(tuple(t for t in several if not isinstance(t, File))))


def _frame(view: View, parser: Made | Instance, ref: ScopeRef) -> Frame:
    """The frame of a function: of a method of the parser's own, on the parser."""
    own = isinstance(parser, Instance) and Class(ScopeRef(ref.path, view.scope(ref).parent)) in view.mro(parser.scope)
    return method_frame(view, parser, ref) if isinstance(parser, Instance) and own else view.symbolic_place(ref).frame
