"""Modules of the program and how their imports find each other, without an installation to ask.

A module is known by its file. `import a.b` is looked for beside the importing file and in each folder above it, as the
running program would with that folder on its path, then in the configured import roots and on the `PYTHONPATH` of its container,
then among the top-level packages of the whole scan and those that are known to be installed under another name, and last among the
installed libraries that are followed. These look among themselves only.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from flowmap.linker.assembled import assembled, on_the_path
from flowmap.linker.roots import installed_names
from flowmap.linker.tables import Binding, ScopeTable, build_table
from flowmap.model.location import Location
from flowmap.model.project import INSTALLED, Service
from flowmap.model.summary import Import, ModuleSummary, Scope


@dataclass(frozen=True, slots=True, order=True)
class ScopeRef:
    """A scope of the program: the file and the index in its summary."""

    path: str
    index: int


Turn: TypeAlias = tuple[ScopeRef, ScopeRef | int]
"""A function, and another one that it runs, or one of its blocks."""


class Unit:
    """One module: its summary with the tables of its scopes, made on demand."""

    def __init__(self, summary: ModuleSummary) -> None:
        self.summary = summary
        self.path = summary.path
        self._tables: dict[int, ScopeTable] = {}

    def scope(self, index: int) -> Scope:
        return self.summary.scopes[index]

    def table(self, index: int) -> ScopeTable:
        found = self._tables.get(index)
        if found is None:
            found = self._tables[index] = build_table(self.summary.scopes, index)
        return found

    @cached_property
    def late(self) -> dict[tuple[int, str], list[Binding]]:
        """Bindings made from inside other scopes by `global` and `nonlocal`: (scope, name) -> bindings."""
        found: dict[tuple[int, str], list[Binding]] = {}
        for index in range(len(self.summary.scopes)):
            for name, bindings in self.table(index).outer.items():
                found.setdefault((self._owner_of(index, name), name), []).extend(bindings)
        return found

    def _owner_of(self, index: int, name: str) -> int:
        parent = self.scope(index).parent
        while parent > 0:
            if name in self.table(parent).names and self.scope(parent).kind == "function":
                return parent
            parent = self.scope(parent).parent
        return 0

    @property
    def is_package(self) -> bool:
        return posixpath.basename(self.path) == "__init__.py"

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.path)

    def location(self, line: int, end_line: int, column: int = 1) -> Location:
        return Location(self.path, line, end_line, column)


class Units:
    """All modules of the scan and of the `libraries` that are followed, and the search for what an import names."""

    def __init__(
        self,
        summaries: list[ModuleSummary],
        roots: tuple[str, ...] = (),
        libraries: tuple[ModuleSummary, ...] = (),
        services: tuple[Service, ...] = (),
    ) -> None:
        self._roots = roots
        scanned = {s.path for s in summaries}
        outside = [s for s in libraries if s.path not in scanned]
        self.libraries = frozenset(s.path for s in outside)
        self.scanned = tuple(sorted(scanned))
        self.by_path = {s.path: Unit(s) for s in sorted([*summaries, *outside], key=lambda s: s.path)}
        self._copied = assembled(services, scanned)
        self._given = on_the_path(services)
        self._folders = {f for path in (*self.by_path, *self._copied) for f in _above(path)}
        self._top = self._top_levels()
        self._found: dict[tuple[str, str], tuple[str, ...]] = {}

    def _top_levels(self) -> dict[str, list[str]]:
        """Top-level name -> the folders that could stand on the path for it; packages beside a `setup.py` are installed as such,
        even where their folder is a package too."""
        top: dict[str, list[str]] = {}
        for path in self.scanned:
            folder, base = posixpath.split(path)
            if base == "__init__.py":
                parent = posixpath.dirname(folder)
                if not self._holds(parent, "__init__.py") or self._holds(parent, "setup.py"):
                    top.setdefault(posixpath.basename(folder), []).append(parent)
            elif not self._holds(folder, "__init__.py"):
                top.setdefault(base.removesuffix(".py"), []).append(folder)
        return top

    def _holds(self, folder: str, name: str) -> bool:
        return posixpath.join(folder, name) in self.by_path

    def get(self, path: str) -> Unit | None:
        return self.by_path.get(path)

    def at(self, folder: str, dotted: str) -> str | None:
        """The module `dotted` with `folder` on the path: a file, a package's `__init__.py`, a folder ending in `/`, or None."""
        stem = posixpath.normpath(posixpath.join(folder, *dotted.split("."))) if dotted else folder
        for candidate in (posixpath.join(stem, "__init__.py"), f"{stem}.py"):
            if candidate in self.by_path or candidate in self._copied:
                return self._copied.get(candidate, candidate)
        return f"{stem}/" if stem in self._folders else None

    def search(self, importer: str, dotted: str) -> tuple[str, ...]:
        """Every module that `import dotted` could mean in this file, the likeliest first."""
        key = (posixpath.dirname(importer), dotted)
        if key not in self._found:
            self._found[key] = tuple(self._candidates(importer, dotted))
        known = (p for p in self._found[key] if p != importer or p.endswith("/__init__.py"))  # `from shop import orders` in `shop`
        return tuple(p for p in known if not self._means_another(p, dotted))

    def _means_another(self, path: str, dotted: str) -> bool:
        """Whether a module cannot be meant: one that itself imports something of its own name from outside (`kombu.py` that wraps
        `kombu`)."""
        unit = self.by_path.get(path)
        if unit is None or unit.is_package or "." in dotted:
            return False  # a package that imports from its own name means itself
        imports = (s for s in unit.scope(0).statements if isinstance(s, Import) and not s.level)
        return any(s.module.partition(".")[0] == dotted for s in imports)

    def _candidates(self, importer: str, dotted: str) -> list[str]:
        found: list[str] = []
        places: list[str] = []
        if importer not in self.libraries:
            given = (folder for home, folder in self._given if home in {"", ".", *_above(importer)})
            places = [*self._path_of(importer), *self._roots, *given, *self._elsewhere(importer, dotted)]
        for folder in (*places, INSTALLED):
            module = self.at(folder, dotted)
            if module is not None and module not in found:
                found.append(module)
        files = [m for m in found if not m.endswith("/")]
        if not files and importer not in self.libraries:
            files += self._renamed(dotted)
        return files + [m for m in found if m.endswith("/")]

    def _renamed(self, dotted: str) -> list[str]:
        """The module of a package that is installed under another name than that of its folder."""
        names = [n for n in self._installed if dotted == n or dotted.startswith(f"{n}.")]
        found = (self.at(self._installed[n], dotted[len(n) + 1 :]) for n in names)
        return [m for m in found if m is not None and not m.endswith("/")]

    def installed_name(self, path: str) -> str | None:
        """The dotted name of a module of such a package; None if it is in none."""
        stem = posixpath.dirname(path) if posixpath.basename(path) == "__init__.py" else path.removesuffix(".py")
        for name, folder in self._installed.items():
            if stem == folder or stem.startswith(f"{folder}/" if folder else ""):
                return ".".join((name, *stem[len(folder) :].strip("/").split("/"))).rstrip(".")
        return None

    @cached_property
    def _installed(self) -> dict[str, str]:
        return installed_names({path: self.by_path[path].summary for path in self.scanned}, self.at)

    def _path_of(self, importer: str) -> list[str]:
        """Folders that may be on the path: those above the package first, the file's own last of these if it is a package."""
        folders = list(_above(importer))
        packages = [f for f in folders if posixpath.join(f, "__init__.py") in self.by_path]
        return [f for f in folders if f not in packages] + packages

    def _elsewhere(self, importer: str, dotted: str) -> list[str]:
        """Folders elsewhere in the scan that hold the top-level name, nearest first; ambiguous ones are left out."""
        homes = self._top.get(dotted.partition(".")[0], []) or self._sharing(dotted.split("."))
        near = sorted({(-_shared(importer, home), home) for home in homes})
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return []
        return [near[0][1]]

    def _sharing(self, names: list[str]) -> list[str]:
        """Folders with a package or module inside a namespace that several projects share (`company/` without `__init__.py`)."""
        for depth in range(1, len(names)):
            inside = "/" + "/".join(names[:depth])
            homes = [home for home in self._top.get(names[depth], []) if f"/{home}".endswith(inside)]
            if homes:
                return [home[: -len(inside)] if f"/{home}" != inside else "" for home in homes]
        return []

    def relative(self, importer: Unit, level: int, dotted: str) -> str | None:
        """The module that `from ..dotted import` means."""
        folder = importer.folder
        for _ in range(level - 1):
            folder = posixpath.dirname(folder)
        return self.at(folder, dotted) if dotted else self._package(folder)

    def _package(self, folder: str) -> str | None:
        init = posixpath.join(folder, "__init__.py")
        if init in self.by_path:
            return init
        return f"{folder}/" if folder in self._folders or folder == "" else None

    def child(self, module: str, name: str) -> str | None:
        """The submodule `name` of a package."""
        if module.endswith("/") or posixpath.basename(module) == "__init__.py":
            return self.at(posixpath.dirname(module), name)
        return None

    def module_name(self, path: str) -> str:
        """The dotted name under which the running program most likely knows the module: from above its outermost package."""
        stem = posixpath.dirname(path) if posixpath.basename(path) == "__init__.py" else path.removesuffix(".py")
        names = [posixpath.basename(stem)]
        folder = posixpath.dirname(stem)
        while posixpath.join(folder, "__init__.py") in self.by_path and folder:
            names.insert(0, posixpath.basename(folder))
            folder = posixpath.dirname(folder)
        return ".".join(names)

    def bases(self, unit: Unit, statement: Import) -> tuple[str, ...]:
        """The modules that a `from` import may take its name from, the likeliest first; a package may be its own."""
        if statement.level:
            base = self.relative(unit, statement.level, statement.module)
            return (base,) if base else ()
        own = (unit.path,) if unit.is_package and self._names_itself(unit, statement.module) else ()
        return (*own, *self.search(unit.path, statement.module))

    def _names_itself(self, unit: Unit, dotted: str) -> bool:
        return f".{self.module_name(unit.path)}".endswith(f".{dotted}")

    def imported_modules(self, unit: Unit, statement: Import) -> tuple[str, ...]:
        """The scanned modules that an import statement may load, submodules named in it included."""
        if statement.name is None:
            return self.search(unit.path, statement.module)[:1]
        bases = self.bases(unit, statement)[:1]
        if statement.name == "*":
            return bases
        return bases + tuple(c for b in bases if (c := self.child(b, statement.name)))


def _above(path: str) -> tuple[str, ...]:
    """The folders that hold the file, innermost first, the scan root ("") last."""
    folders = []
    folder = posixpath.dirname(path)
    while folder:
        folders.append(folder)
        folder = posixpath.dirname(folder)
    return (*folders, "")


def _shared(a: str, b: str) -> int:
    """How many leading folders two paths share."""
    count = 0
    for left, right in zip(a.split("/"), b.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
