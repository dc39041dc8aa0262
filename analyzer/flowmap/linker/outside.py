"""Imports that lead out of the scan: what to look for among the installed libraries, and what plugins already speak for."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from flowmap.linker.knowledge import compile_knowledge
from flowmap.linker.units import Unit, Units
from flowmap.model.project import Project
from flowmap.model.summary import Import, ModuleSummary
from flowmap.plugin_api import Plugin


def missing(summaries: Iterable[ModuleSummary], project: Project) -> tuple[str, ...]:
    """The dotted names, in order, that the imports of the scan name and no file of it has: modules, and what is taken from them,
    which may be a module too. The language's own modules are left out."""
    units = Units(list(summaries), project.roots)
    return tuple(sorted({name for unit in units.by_path.values() for name in _asked(units, unit)}))


def _asked(units: Units, unit: Unit) -> Iterable[str]:
    for scope in unit.summary.scopes:
        for statement in scope.statements:
            if not isinstance(statement, Import) or statement.level:
                continue
            module = statement.module
            if module.partition(".")[0] in sys.stdlib_module_names or _scanned(units, unit.path, module):
                continue
            yield module
            if statement.name not in (None, "*"):
                yield f"{module}.{statement.name}"


def _scanned(units: Units, importer: str, module: str) -> bool:
    return any(not found.endswith("/") for found in units.search(importer, module))


@dataclass(frozen=True, slots=True)
class Spoken:
    """What plugins speak for. Below a name of `opaque` nothing is looked into: patterns say what it means. A library is worth
    following if it leads to one of `telling`: a library in which something publishes, subscribes, calls or serves, or a class of
    settings."""

    opaque: frozenset[str]
    telling: frozenset[str]

    def hides(self, dotted: str) -> bool:
        """Whether a module belongs to a library that plugins know."""
        return _below(dotted, self.opaque)

    def leads_on(self, dotted: str) -> bool:
        """Whether an import of this name makes it worth following who imports it."""
        return _below(dotted, self.telling)


def spoken_for(plugins: Iterable[Plugin]) -> Spoken:
    """What the given plugins know. Of a plugin that names no root every library counts of which it names a part; what is stated of
    single functions leaves their library open."""
    plugins = tuple(p for p in plugins if not p.stated)
    roots = {r for p in plugins for r in p.roots}
    shared = {r.partition(".")[0] for r in roots if "." in r}
    named = {n.partition(".")[0] for n in compile_knowledge(plugins).defined}
    telling = {r for p in plugins if p.patterns or p.recognise for r in p.roots} | {s.base for p in plugins for s in p.settings}
    return Spoken(frozenset(roots | (named - shared - {""})), frozenset(telling))


def _below(dotted: str, names: frozenset[str]) -> bool:
    parts = dotted.split(".")
    return any(".".join(parts[: n + 1]) in names for n in range(len(parts)))
