"""The linked program: all modules, and which of them each service runs."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flowmap.linker.documents import Naming, loaded_by, named_by, naming
from flowmap.linker.gathered import Gathered
from flowmap.linker.named import Named, called_by_name
from flowmap.linker.units import Units
from flowmap.model.project import Diagnostic, Document, Project, Service
from flowmap.model.summary import Import, ModuleSummary


@dataclass(frozen=True, slots=True)
class Program:
    """`files` maps each service's name to the modules it is made of: its own, and what they import from elsewhere; `documents` to
    the API documents that these name."""

    units: Units
    project: Project
    services: tuple[Service, ...]
    files: dict[str, frozenset[str]]
    documents: dict[str, tuple[Document, ...]]
    diagnostics: tuple[Diagnostic, ...]


def link(summaries: Iterable[ModuleSummary], project: Project, libraries: Iterable[ModuleSummary] = ()) -> Program:
    """All summaries of one project, and of the installed libraries that it uses, as a program."""
    units = Units(list(summaries), project.roots, tuple(libraries), project.services)
    named, texts = naming(project), Named(project, units)
    gathered = Gathered(units, texts)
    files = {s.name: _members(units, s, project.services, named, texts, gathered) for s in project.services}
    problems = tuple(
        Diagnostic(u.summary.problem, u.location(u.summary.problem_line, u.summary.problem_line))
        for u in units.by_path.values()
        if u.summary.problem
    )
    documents = {name: named_by(paths, named) for name, paths in files.items()}
    return Program(units, project, project.services, files, documents, problems)


def _members(
    units: Units, service: Service, services: tuple[Service, ...], named: Naming, texts: Named, gathered: Gathered
) -> frozenset[str]:
    """The modules of a service, none if it is no code: its folder (less the folders of services inside it), or what its entry
    imports where the folder is shared; and everything these import, by themselves or by the API documents that they name, and
    what they name of the service's folder in texts."""
    if service.entry is not None and not service.entry.endswith(".py"):
        return frozenset()
    sharing = [s for s in services if s.root == service.root]
    if len(sharing) > 1 and service.entry is not None:
        said = (posixpath.normpath(posixpath.join(service.root, word)) for word in service.command)
        own = {service.entry, *said} & units.by_path.keys()
    else:
        own = {p for p in units.scanned if _inside(p, service.root) and not _elsewhere(p, service, services)}
        own -= {s.entry for s in sharing if s is not service and s.entry}
    others = {s.entry for s in services if s is not service}

    def loaded(path: str) -> set[str]:
        imported = _loaded(units, path, named)
        in_texts = texts.by(path) | gathered.by(path, imported, service.command)
        own_ones = (m for m in in_texts if _inside(m, service.root) and not _elsewhere(m, service, services))
        by_text = {m for m in own_ones if m not in others}
        return _with_packages(units, imported | by_text | texts.entered(path))

    return frozenset(_closure(own, loaded))


def _inside(path: str, root: str) -> bool:
    return root in (".", "") or path.startswith(f"{root}/")


def _elsewhere(path: str, service: Service, services: tuple[Service, ...]) -> bool:
    """Whether the file lies in the folder of another service further down."""
    return any(_inside(s.root, service.root) and _inside(path, s.root) and s.root != service.root for s in services)


def _closure(start: set[str], loaded: Callable[[str], set[str]]) -> set[str]:
    """The modules and all that they load within the program."""
    found = set(start)
    todo = sorted(start)
    while todo:
        path = todo.pop()
        for module in loaded(path):
            if module not in found:
                found.add(module)
                todo.append(module)
    return found


def _loaded(units: Units, path: str, named: Naming) -> set[str]:
    unit = units.by_path[path]
    modules: set[str] = set()
    for scope in unit.summary.scopes:
        for statement in scope.statements:
            if isinstance(statement, Import):
                modules.update(m for m in units.imported_modules(unit, statement) if not m.endswith("/"))
    modules.update(called_by_name(units, unit), loaded_by(units, path, named))
    return modules


def _with_packages(units: Units, modules: set[str]) -> set[str]:
    return modules | {init for m in modules for init in _packages(units, m)}


def _packages(units: Units, path: str) -> list[str]:
    """The `__init__.py` files that run before a module."""
    found = []
    folder = posixpath.dirname(path)
    while folder and (init := posixpath.join(folder, "__init__.py")) in units.by_path:
        found.append(init)
        folder = posixpath.dirname(folder)
    return found
