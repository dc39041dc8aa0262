"""Under which dotted names the modules of one service are known while it runs: what task names and settings are made of.

The imports that the code itself writes tell which folders are on its path. Where none does, a package ends where `__init__.py`
files end, or at the service's own folder, in which its process is started.
"""

from __future__ import annotations

import posixpath
from collections import Counter

from flowmap.linker.units import Units
from flowmap.model.summary import Import


class Modules:
    """The files of one service by their dotted names, and the other way round."""

    def __init__(self, units: Units, files: frozenset[str], root: str) -> None:
        roots = _import_roots(units, files)
        self._units = units
        self._names = {path: _name(units, path, roots, "" if root == "." else root) for path in sorted(files)}
        self._paths = {name: path for path, name in reversed(self._names.items())}

    def name(self, path: str) -> str:
        """The dotted name under which the running service knows a file."""
        return self._names.get(path) or self._units.module_name(path)

    def path(self, dotted: str) -> str | None:
        """The file of a module by its dotted name, or by the end of it."""
        found = self._paths.get(dotted)
        return found or next((p for n, p in self._paths.items() if n.endswith(f".{dotted}")), None)


def _import_roots(units: Units, files: frozenset[str]) -> Counter[str]:
    """The folders from which absolute imports within the service are counted, with how many are."""
    found: Counter[str] = Counter()
    for path in files:
        unit = units.by_path[path]
        for scope in unit.summary.scopes:
            for statement in scope.statements:
                if isinstance(statement, Import) and not statement.level:
                    found.update(
                        r for m in units.search(path, statement.module)[:1] if (r := _root_of(m, statement.module)) is not None
                    )
    return found


def _root_of(module: str, dotted: str) -> str | None:
    stem, tail = _stem(module), dotted.replace(".", "/")
    return posixpath.dirname(f"{stem[: -len(tail)]}x") if f"/{stem}".endswith(f"/{tail}") else None


def _stem(module: str) -> str:
    """The path of a module without ending; of a package, its folder."""
    return module.rstrip("/").removesuffix(".py").removesuffix("/__init__")


def _name(units: Units, path: str, roots: Counter[str], root: str) -> str:
    if (installed := units.installed_name(path)) is not None:
        return installed
    plain = units.module_name(path)
    stem = _stem(path)
    start = stem[: -len(plain)].rstrip("/")
    above = [r for r in roots if not r or stem.startswith(f"{r}/")]
    if start in roots or not (stem.startswith(f"{root}/") or above):
        return plain
    best = max(above, key=lambda r: (roots[r], len(r))) if above else max(start, root, key=len)
    return stem[len(best) :].lstrip("/").replace("/", ".")
