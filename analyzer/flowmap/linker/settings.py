"""Settings held in code: classes and modules that a framework loads into its configuration object."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.subjects import Subject
from flowmap.linker.surroundings import places_of
from flowmap.linker.terms import Class, Element, Instance, Literal, Made, Module, Place, Symbol, Term, Unknown, Value
from flowmap.linker.texts import bounded, named
from flowmap.plugin_api import ConfigObject, SettingsModule, arg

if TYPE_CHECKING:
    from flowmap.linker.view import View


def config_read(view: View, config: ConfigObject, asked: Subject | Made | Element) -> Value:
    """An entry of a configuration object: what the loaded files, else the classes and modules hold under its key; empty if they
    do not."""
    key, default = _asked(view, asked)
    if key is None:
        return (Unknown("a setting whose name is computed"),) if isinstance(asked, Subject) and asked.arguments else ()
    found = _held(view, _read_in(view, config.files), key) or _held(view, loaded(view, config.loads), key)
    return named(bounded(found) or default, key)


def _held(view: View, sources: tuple[Term, ...], key: str) -> list[Term]:
    return [t for source in sources for t in view.attribute(source, key) if not isinstance(t, Unknown)]


def _asked(view: View, asked: Subject | Made | Element) -> tuple[str | None, Value]:
    if isinstance(asked, Element):
        return (asked.key if isinstance(asked.key, str) else None), ()
    subject = subjects.of_creation_made(asked) if isinstance(asked, Made) else asked
    if subject is None:
        return None, ()
    return view.text(slots.ask(view, arg(0), subject)), slots.ask(view, arg(1), subject)


def loaded(view: View, loads: tuple[str, ...]) -> tuple[Term, ...]:
    """The classes and modules that calls of `loads` are given."""
    return view.guarded(("loaded", loads), lambda: _deployed(view, tuple(dict.fromkeys(_loaded(view, loads)))), ())


def _deployed(view: View, sources: tuple[Term, ...]) -> tuple[Term, ...]:
    """Without the classes that are there for tests, if there are others."""
    kept = tuple(s for s in sources if not (isinstance(s, Class) and "test" in view.scope(s.scope).name.lower()))
    return kept or sources


def _loaded(view: View, loads: tuple[str, ...]) -> Iterator[Term]:
    for term, _ in _given(view, loads):
        if isinstance(term, Class | Module | Instance):
            yield term
        elif isinstance(term, Literal) and isinstance(term.value, str):
            yield from dotted(view, term.value)


def _given(view: View, targets: tuple[str, ...]) -> Iterator[tuple[Term, str]]:
    """What calls of one of the targets are given first, each with the file that the call stands in."""
    for method in dict.fromkeys(target.rpartition(".")[2] for target in targets):
        for ref, site in view.callers.named(method):
            place = Place(view.symbolic_place(ref).frame, ref, site.position)
            names = {n for t in view.values(site.call.callee, place) for n in view.names_of(t)}
            if names.isdisjoint(targets) or not site.call.arguments:
                continue
            yield from ((term, ref.path) for term in view.close(view.values(site.call.arguments[0].value, place)))


def _read_in(view: View, files: tuple[str, ...]) -> tuple[Term, ...]:
    """The modules of the scan whose files calls of `files` are given, where they stand in the service's container or lie beside
    the call or in the service's folder."""
    return view.guarded(("read in", files), lambda: tuple(dict.fromkeys(_files(view, files))), ()) if files else ()


def _files(view: View, files: tuple[str, ...]) -> Iterator[Term]:
    known = view.units.by_path
    for term, path in _given(view, files):
        if isinstance(term, Literal) and isinstance(term.value, str) and term.value.startswith("/"):
            yield from (Module(p) for p in places_of(view.surroundings, term.value, known))
        elif isinstance(term, Literal) and isinstance(term.value, str):
            beside = (posixpath.join(folder, term.value) for folder in (posixpath.dirname(path), view.surroundings.root))
            yield from [Module(p) for p in map(posixpath.normpath, beside) if p in known][:1]


def dotted(view: View, name: str) -> Value:
    """A scanned module or something in one, by its dotted name."""
    if (path := view.modules.path(name)) is not None:
        return (Module(path),)
    module, _, attribute = name.rpartition(".")
    path = view.modules.path(module) if module else None
    return view.member(path, attribute) if path is not None else ()


def module_setting(view: View, settings: SettingsModule, name: str) -> Value:
    """A name of the settings module; empty if the module is not found or does not define it."""
    return bounded(t for path in settings_paths(view, settings) for t in view.member(path, name))


def is_settings(view: View, term: Symbol) -> bool:
    """Whether the symbol stands for modules of settings that are in the scan."""
    known = view.knowledge.modules.get(term.name)
    return known is not None and bool(settings_paths(view, known))


def settings_paths(view: View, settings: SettingsModule) -> tuple[str, ...]:
    """The settings modules: the one that the environment names, else the defaults in code, else any that looks like one."""
    return view.guarded(("settings", settings.symbol), lambda: _settings_paths(view, settings), ())


def _settings_paths(view: View, settings: SettingsModule) -> tuple[str, ...]:
    names = [view.environment[settings.variable]] if settings.variable in view.environment else []
    if any(view.modules.path(n) for n in names):
        return tuple(p for n in names if (p := view.modules.path(n)) is not None)
    for ref, site in view.callers.named("setdefault"):
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        given = [view.text(view.values(a.value, place)) for a in site.call.arguments[:2]]
        if len(given) == 2 and given[0] == settings.variable and given[1]:
            names.append(given[1])
    paths = [p for n in dict.fromkeys(names) if (p := view.modules.path(n)) is not None]
    marked = [p for p in sorted(view.files) if any(m in view.unit(p).table(0).names for m in settings.marks)]
    return tuple(dict.fromkeys(paths)) or tuple(marked)
