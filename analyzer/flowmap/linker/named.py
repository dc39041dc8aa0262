"""Modules that a program names in texts instead of importing them: what frameworks load by dotted names.

`include("orders.urls")`, `DJANGO_SETTINGS_MODULE = "shop.settings"`, `MIDDLEWARE = ["shop.middleware.Audit"]`, `INSTALLED_APPS`,
Pyramid's `config.include(".views")` and `config.scan()`, Celery's `include=[...]` and `autodiscover_tasks`, `run("shop.main:app")`;
what configurations of PasteDeploy put together for `loadapp`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from flowmap.linker.entry_points import groups_in, parts_in
from flowmap.linker.units import Unit, Units
from flowmap.model import expression as ir
from flowmap.model.project import Project

_DOTTED = re.compile(rb"""["'](\.{0,2}[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+|\.{1,2}[A-Za-z_]\w*)(?::\w+)?["']""")
_QUOTED = re.compile(rb"""["'](\.{0,2}[A-Za-z_][\w.]*)["']""")
_SCANS = re.compile(rb"""\.scan\(\s*(?:["'](\.{0,2}[\w.]+)["'])?""")
_TASKS = re.compile(rb"autodiscover_tasks\(([^)]*)\)")
_ASSEMBLES = re.compile(rb"\bloadapp\(")
_OF_APPS = ("apps", "models", "admin", "signals", "tasks")
"""The modules of an installed application that are loaded with it."""


def called_by_name(units: Units, unit: Unit) -> Iterator[str]:
    """What `importlib.import_module("a.b")` loads, where the text stands there; it may lie in any folder."""
    for index in range(len(unit.summary.scopes)):
        for site in unit.table(index).calls:
            match site.call:
                case ir.Call(
                    callee=ir.Name(id="import_module" | "__import__") | ir.Attribute(attr="import_module"),
                    arguments=(ir.Argument(value=ir.Constant(value=str() as dotted)), *_),
                ) if not dotted.startswith("."):
                    yield from (m for m in units.search(unit.path, dotted)[:1] if not m.endswith("/"))


class Named:
    """The modules that the files of a project name."""

    def __init__(self, project: Project, units: Units) -> None:
        self._contents: Mapping[str, bytes] = {f.path: f.content for f in project.files}
        self._units = units
        self._groups = groups_in((d.path, d.content) for d in project.data)
        self._parts = tuple(parts_in((d.path, d.content) for d in project.data))
        self._known: dict[str, frozenset[str]] = {}

    def by(self, path: str) -> frozenset[str]:
        """The scanned modules that a file names."""
        if path not in self._known:
            content = self._contents.get(path, b"")
            self._known[path] = frozenset(m for m in self._all(path, content) if m != path and m in self._units.by_path)
        return self._known[path]

    def entered(self, path: str) -> frozenset[str]:
        """The scanned modules of the entry points whose group a file names, wherever they lie, and of the parts of applications
        that it has put together."""
        content = self._contents.get(path, b"") if self._groups or self._parts else b""
        groups = {match[1].decode() for match in _QUOTED.finditer(content)} & self._groups.keys()
        targets = [target for group in sorted(groups) for target in self._groups[group].values()]
        targets += self._parts if _ASSEMBLES.search(content) else ()
        modules = (m for target in targets for m in self._module(path, target.partition(":")[0]))
        return frozenset(m for m in modules if m in self._units.by_path)

    def _all(self, path: str, content: bytes) -> Iterator[str]:
        for match in _DOTTED.finditer(content):
            yield from self._module(path, match[1].decode())
        if b"INSTALLED_APPS" in content:
            for match in _QUOTED.finditer(content):
                yield from self._beside(path, match[1].decode(), _OF_APPS)
        for match in _TASKS.finditer(content):
            for name in _QUOTED.finditer(match[1]):
                yield from self._beside(path, name[1].decode(), ("tasks",))
        for match in _SCANS.finditer(content):
            folder = self._package(path, match[1].decode()) if match[1] else posixpath.dirname(path)
            if folder:
                yield from (m for m in self._units.by_path if m.startswith(f"{folder}/"))

    def _module(self, path: str, dotted: str) -> Iterator[str]:
        """The module, or the one that has the class or function, of that name; tasks are called by their names, not loaded."""
        module = self._at(path, dotted)
        owner, _, last = dotted.rpartition(".")
        if module is None and owner.strip("."):
            module = self._at(path, owner)
            if module is None or last not in self._units.by_path[module].table(0).names or self._is_task(module, last):
                return
        if module is not None:
            yield module

    def _is_task(self, module: str, name: str) -> bool:
        pattern = rb"^@[\w.]*(?:task|actor|job)\b.*\n(?:.*\n){0,8}?\s*(?:async )?def %s\b" % re.escape(name.encode())
        return not name[:1].isupper() and re.search(pattern, self._contents.get(module, b""), re.MULTILINE) is not None

    def _at(self, path: str, dotted: str) -> str | None:
        name = dotted.lstrip(".")
        if name == dotted:
            found = self._units.search(path, dotted)[:1]
            return found[0] if found and not found[0].endswith("/") else None
        folder = posixpath.dirname(path)
        for _ in range(len(dotted) - len(name) - 1):
            folder = posixpath.dirname(folder)
        stem = posixpath.join(folder, name.replace(".", "/"))
        return next((m for m in (f"{stem}.py", f"{stem}/__init__.py") if m in self._units.by_path), None)

    def _package(self, path: str, dotted: str) -> str:
        """The folder of a package, or of the package in which an application's configuration lies; "" for what is none."""
        module = next(self._module(path, dotted), "")
        return posixpath.dirname(module) if module.endswith(("/__init__.py", "/apps.py")) else ""

    def _beside(self, path: str, dotted: str, names: tuple[str, ...]) -> Iterator[str]:
        if folder := self._package(path, dotted):
            yield posixpath.join(folder, "__init__.py")
            for name in names:
                yield posixpath.join(folder, f"{name}.py")
                yield posixpath.join(folder, name, "__init__.py")
