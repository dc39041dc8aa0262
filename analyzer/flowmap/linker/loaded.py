"""Objects of settings libraries that hand out what stands in files of data, as plugins state them.

`Dynaconf(settings_files=["settings.toml"]).KAFKA_TOPIC`, `settings["kafka"]["topic"]`, `loader.get("TOPIC")`. What the environment
says comes first; an entry of which it may change a part is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections, hooks, slots, subjects
from flowmap.linker.making import passed
from flowmap.linker.subjects import Subject
from flowmap.linker.surroundings import file_at, opened_at
from flowmap.linker.terms import Link, Literal, Made, Member, Parsed, Place, Symbol, Term, Unknown, Value
from flowmap.linker.texts import named
from flowmap.model.project import DataMap
from flowmap.plugin_api import FileSettings, arg

if TYPE_CHECKING:
    from flowmap.linker.view import View

NOTHING_PASSED = Subject((), None, None)


def entry(view: View, owner: Term, name: str) -> Value:
    """What the object hands out under a name; empty if it is none of these objects, or nothing says what stands there."""
    library = _library(view, owner)
    if library is None:
        return ()
    variables = [f"{prefix}_{name}".upper() if prefix else name.upper() for prefix in _prefixes(view, library, owner)]
    for variable in variables:
        if (deployed := view.environment.get(variable)) is not None:
            return (Literal(deployed, name),)
    if any(known.startswith(f"{variable}__") for known in view.environment for variable in variables):
        return ()
    nothing: tuple[str, ...] = ()
    files = view.guarded(("settings of", owner), lambda: tuple(_files(view, library, owner)), nothing)
    found = [t for file in files if (t := _in_file(view, library, file, name)) is not None]
    return named((found[-1],), name) if found else ()


def method(view: View, callee: Member, link: Link) -> Value | None:
    """The method that hands out an entry; None if it is none."""
    owner, name = callee.owner, callee.name
    library = _library(view, owner)
    if library is None or name != library.method:
        return None
    key = view.text(subjects.given(view, link, 0))
    if key is None:
        return (Unknown("an entry of settings under a computed name"),)
    return entry(view, owner, key) or tuple(t for t in subjects.given(view, link, 1) if t != Literal(None)) or None


def _library(view: View, owner: Term) -> FileSettings | None:
    if not view.knowledge.file_settings or not isinstance(owner, Made | Symbol):
        return None
    return next((k for n in view.plain_names_of(owner) if (k := view.knowledge.file_settings.get(n)) is not None), None)


def _made_with(owner: Term) -> Subject | None:
    return subjects.of_creation_made(owner) if isinstance(owner, Made) else None


def _told(view: View, owner: Term, methods: tuple[str, ...]) -> Iterator[Value]:
    """What the methods of an object are given first, anywhere in the service."""
    subject = _made_with(owner)
    calls = hooks.calls_of(view, owner, methods, subject) if subject is not None and methods else []
    yield from (view.close(slots.ask(view, arg(0), call)) for call in calls)


def _told_any(view: View, library: FileSettings, methods: tuple[str, ...]) -> Iterator[Value]:
    """The same for any object of the library: one that nothing is told may be another one by another name."""
    for ref, site in (c for name in methods for c in view.callers.named(name)[: hooks.MAX_CALLS]):
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        owners = [t.owner for t in view.values(site.call.callee, place) if isinstance(t, Member)]
        if any(library.maker in view.plain_names_of(owner) for owner in owners):
            yield view.close(slots.ask(view, arg(0), Subject(passed(site.call.arguments, place), None, place)))


def _prefixes(view: View, library: FileSettings, owner: Term) -> list[str]:
    stated = [slots.ask(view, library.prefix, _made_with(owner) or NOTHING_PASSED)]
    stated += _told_any(view, library, (library.prefixing,)) if library.prefixing else []
    return list(dict.fromkeys(t.value for v in stated for t in v if isinstance(t, Literal) and isinstance(t.value, str))) or [""]


def _files(view: View, library: FileSettings, owner: Term) -> list[str]:
    """The files that an object reads, in their order."""
    subject = _made_with(owner)
    stated = [slots.ask(view, library.files, subject)] if subject is not None else []
    found = _there(view, [*stated, *_told(view, owner, library.reading)]) or _there(view, _told_any(view, library, library.reading))
    named_otherwise = any(stated) or library.reading
    return found if found or named_otherwise else _there(view, [(Literal(name),) for name in library.usual])


def _there(view: View, paths: Iterable[Value]) -> list[str]:
    """The files of data that paths mean."""
    known = (file_at(view.surroundings, path) for value in paths for path in _each(view, value))
    return [f for f in dict.fromkeys(known) if f is not None and isinstance(view.surroundings.data[f], DataMap)]


def _each(view: View, value: Value) -> Iterator[Term]:
    """Paths, one by one or in a list."""
    for term in value:
        known = collections.elements(view, term) if not isinstance(term, Literal) else None
        for part in [t for item in known.items for t in view.force(item)] if known is not None else [term]:
            yield from view.texts((part,))


def _in_file(view: View, library: FileSettings, file: str, name: str) -> Term | None:
    """An entry of a file, whatever the case of its name, at the top or in a section."""
    tops = [Parsed(file, ()), *(t for s in library.sections if isinstance(t := _at(view, Parsed(file, ()), s), Parsed))]
    return next((t for top in reversed(tops) if (t := _at(view, top, name)) is not None), None)


def _at(view: View, top: Parsed, name: str) -> Term | None:
    written = (opened_at(view.surroundings, top, Literal(n)) for n in (name, name.lower(), name.upper()))
    return next((t for t in written if t is not None), None)
