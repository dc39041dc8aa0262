"""Modules that a program finds in a folder and loads one by one: plugins, commands, workers that are chosen by their names.

`import_module(f"shop.workers.{name}")`; `import_module(f"{package}.{name}")` where the package stands in a text
(`load("shop.workers")`); `iter_modules(__path__)` in the package itself.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.named import Named
    from flowmap.linker.units import Unit, Units

_IMPORTING = ("import_module", "__import__")
_LISTING = ("iter_modules", "walk_packages")


class Gathered:
    """The folders of modules that the files of a project load."""

    def __init__(self, units: Units, named: Named) -> None:
        self._units = units
        self._named = named
        self._known: dict[str, tuple[ir.Expression, ...]] = {}

    def by(self, path: str, imported: Iterable[str], words: tuple[str, ...]) -> frozenset[str]:
        """The modules of the packages whose names a file works out or, where what it imports does that, has in its texts. If a
        word of the start command names some of a folder, those alone."""
        folders = set(self._worked_out(path))
        if any(self._computed(p) for p in (path, *imported)):
            folders |= {posixpath.dirname(p) for p in self._named.by(path) if p.endswith("/__init__.py")}
        return frozenset(p for folder in folders for p in self._chosen(folder, words) if p != path)

    def _chosen(self, folder: str, words: tuple[str, ...]) -> list[str]:
        inside = {
            p: posixpath.basename(at).removesuffix(".py")
            for p in self._units.scanned
            if p != f"{folder}/__init__.py" and posixpath.dirname(at := p.removesuffix("/__init__.py")) == folder
        }
        return [p for p, name in inside.items() if name in words] or list(inside)

    def _worked_out(self, path: str) -> Iterator[str]:
        """The folders that a file itself names: by the start of what it imports, or its own, if it is a package that lists it."""
        unit = self._units.get(path)
        if unit is None:
            return
        for name in self._computed(path):
            head = name.parts[0] if isinstance(name, ir.Joined) and name.parts else None
            if isinstance(head, ir.Constant) and isinstance(head.value, str) and head.value.endswith("."):
                package = head.value.removesuffix(".")
                found = self._units.search(path, package)[:1] if not package.startswith(".") and package else ()
                yield from (f.removesuffix("/__init__.py").rstrip("/") for f in found if f.endswith(("/__init__.py", "/")))
        if unit.is_package and self._computed(path) and any(_last(call) in _LISTING for call in _calls(unit)):
            yield unit.folder

    def _computed(self, path: str) -> tuple[ir.Expression, ...]:
        """The names of modules that a file works out to import."""
        if path not in self._known:
            unit = self._units.get(path)
            self._known[path] = tuple(n for call in _calls(unit) for n in _name(call)) if unit is not None else ()
        return self._known[path]


def _calls(unit: Unit) -> Iterator[ir.Call]:
    return (site.call for index in range(len(unit.summary.scopes)) for site in unit.table(index).calls)


def _name(call: ir.Call) -> Iterator[ir.Expression]:
    """What a call imports, if that is no plain text."""
    if _last(call) in _IMPORTING:
        yield from (a.value for a in call.arguments[:1] if not isinstance(a.value, ir.Constant))


def _last(call: ir.Call) -> str:
    match call.callee:
        case ir.Name(id=name) | ir.Attribute(attr=name):
            return name
        case _:
            return ""
