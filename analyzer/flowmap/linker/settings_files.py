"""Fields of settings that stand in files of data: which file a class reads, and what it says of a field."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.surroundings import file_at, opened_at
from flowmap.linker.terms import Literal, Made, Parsed, Term, Value
from flowmap.linker.texts import bounded, named
from flowmap.linker.units import ScopeRef
from flowmap.model.project import DataMap
from flowmap.plugin_api import SettingsFile

METADATA = {"pyproject.toml", "setup.cfg", "package.json", "composer.json"}

if TYPE_CHECKING:
    from flowmap.linker.view import View


def loaded_field(view: View, ref: ScopeRef, name: str) -> Value:
    """A field of an object of the class, or of one below it, that a decorator lets read a file; empty where none does, or nothing
    says what the field is. Variables of the environment come first."""
    for loader, subject in loaders(view, ref):
        prefix = view.text(slots.ask(view, loader.prefix, subject)) or ""
        deployed = deployed_text(view, prefix + name)
        if deployed is not None:
            return (Literal(deployed, name),)
        if found := entry_of(view, tuple(_paths(view, loader, subject)) or _beside(view), name):
            return found
    return ()


def loaders(view: View, ref: ScopeRef) -> tuple[tuple[SettingsFile, subjects.Subject], ...]:
    """What lets objects of the class read files, with the decorator that says which."""
    return view.guarded(("loaders", ref), lambda: tuple(_loaders(view, ref)), ()) if view.knowledge.settings_files else ()


def _loaders(view: View, ref: ScopeRef) -> Iterator[tuple[SettingsFile, subjects.Subject]]:
    for owner in (ref, *view.subclasses(ref)):
        for term in view.decorators(owner):
            subject = subjects.of_creation_made(term) if isinstance(term, Made) else None
            for name in view.plain_names_of(term) if subject is not None else ():
                loader = view.knowledge.settings_files.get(name.removesuffix("()"))
                if loader is not None and subject is not None:
                    yield loader, subject


def deployed_text(view: View, name: str) -> str | None:
    """What the environment holds under the name of a setting, whatever its case."""
    return next((v for variant in (name, name.upper(), name.lower()) if (v := view.environment.get(variant)) is not None), None)


def entry_of(view: View, files: tuple[str, ...], name: str) -> Value:
    """What stands under a key at the top of files; an entry that is left empty says nothing."""
    found: tuple[Term | None, ...] = tuple(
        opened_at(view.surroundings, Parsed(f, ()), Literal(name)) for f in files if isinstance(view.surroundings.data[f], DataMap)
    )
    return named(bounded(t for t in found if t is not None and t != Literal(None)), name)


def _paths(view: View, loader: SettingsFile, subject: subjects.Subject) -> Iterator[str]:
    """The file that the environment names, else the one whose name is known."""
    variable = view.text(slots.ask(view, loader.variable, subject))
    stated = deployed_text(view, variable) if variable is not None else None
    called = view.text(slots.ask(view, loader.name, subject))
    for path in (stated, called):
        found = file_at(view.surroundings, Literal(path)) if path is not None else None
        if found is not None:
            yield found
            return


def _beside(view: View) -> tuple[str, ...]:
    """The files of data in the service's own folder, less those that speak of its package."""
    root = posixpath.normpath(view.surroundings.root)
    beside = (p for p in view.surroundings.data if (posixpath.dirname(p) or ".") == root)
    return tuple(p for p in beside if posixpath.basename(p) not in METADATA)
