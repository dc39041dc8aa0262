"""Modules that lie in a service's folder beside its program: scripts and experiments that nothing it starts with loads."""

from __future__ import annotations

from collections.abc import Iterable

from flowmap.linker.units import Units
from flowmap.model import expression as ir
from flowmap.model.project import Service
from flowmap.model.summary import Import

LOADING = {
    "import_module", "__import__", "import_string", "load_module", "exec_module", "exec", "spec_from_file_location", "run_module",
    "run_path", "iter_modules", "walk_packages", "entry_points", "iter_entry_points", "autodiscover_tasks", "register_modules",
    "DriverManager", "ExtensionManager", "NamedExtensionManager", "EnabledExtensionManager",
}  # fmt: skip
"""Names of calls that load modules which no import names."""
FRAMEWORKS = {"django", "airflow", "dagster", "scrapy", "odoo", "frappe"}
"""Libraries that look for modules by the names of files."""


def beside(units: Units, service: Service, files: frozenset[str], started: frozenset[str]) -> frozenset[str]:
    """Of the files of a service those that what it starts with (`started`: that, and all that is loaded then) does not load; none
    where that is not known, or where code of its folder, or a framework, may load modules that nobody names."""
    if service.entry not in started or any(_frames(units, path) for path in started):
        return frozenset()
    own = (path for path in started if service.root in {".", ""} or path.startswith(f"{service.root}/"))
    return frozenset() if any(not LOADING.isdisjoint(_called(units, path)) for path in own) else files - started


def _frames(units: Units, path: str) -> bool:
    statements = (s for scope in units.by_path[path].summary.scopes for s in scope.statements)
    return any(isinstance(s, Import) and s.module.partition(".")[0] in FRAMEWORKS for s in statements)


def _called(units: Units, path: str) -> Iterable[str]:
    unit = units.by_path[path]
    for index in range(len(unit.summary.scopes)):
        for site in unit.table(index).calls:
            match site.call.callee:
                case ir.Name(id=name) | ir.Attribute(attr=name):
                    yield name
