"""The linked program: all modules, and which of them each service runs."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flowmap.linker.beside import beside
from flowmap.linker.documents import Naming, loaded_by, named_by, naming
from flowmap.linker.gathered import Gathered
from flowmap.linker.named import Named, called_by_name
from flowmap.linker.units import Units
from flowmap.model.project import Diagnostic, Document, Project, Service
from flowmap.model.summary import Import, ModuleSummary


@dataclass(frozen=True, slots=True)
class Program:
    """`files` maps each service's name to the modules it is made of: its own, and what they import from elsewhere; `beside` to
    those of them that only lie in its folder, `documents` to the API documents that these name."""

    units: Units
    project: Project
    services: tuple[Service, ...]
    files: dict[str, frozenset[str]]
    beside: dict[str, frozenset[str]]
    documents: dict[str, tuple[Document, ...]]
    diagnostics: tuple[Diagnostic, ...]


def link(summaries: Iterable[ModuleSummary], project: Project, libraries: Iterable[ModuleSummary] = ()) -> Program:
    """All summaries of one project, and of the installed libraries that it uses, as a program."""
    units = Units(list(summaries), project.roots, tuple(libraries), project.services)
    named, texts = naming(project), Named(project, units)
    gathered = Gathered(units, texts)
    own = {s.name: _own(units, s, project.services) for s in project.services}

    def members(service: Service, start: set[str]) -> frozenset[str]:
        return _members(units, service, project.services, named, texts, gathered, start)

    found = {s.name: members(s, own[s.name]) for s in project.services}
    parts = {s.name: [found[o.name] for o in project.services if _encloses(s, o)] for s in project.services}
    files = {s.name: _less_parts(s, found[s.name], parts[s.name], members) for s in project.services}
    loose = {s.name: beside(units, s, files[s.name], members(s, _started(units, s))) for s in project.services}
    problems = tuple(
        Diagnostic(u.summary.problem, u.location(u.summary.problem_line, u.summary.problem_line))
        for u in units.by_path.values()
        if u.summary.problem
    )
    documents = {name: named_by(paths, named) for name, paths in files.items()}
    return Program(units, project, project.services, files, loose, documents, problems)


def loaded_with(program: Program, path: str) -> frozenset[str]:
    """A module, and all that it loads within the program."""
    named = naming(program.project)
    return frozenset(_closure({path}, lambda p: _with_packages(program.units, _loaded(program.units, p, named))))


def _own(units: Units, service: Service, services: tuple[Service, ...]) -> set[str]:
    """The modules that a service begins with, none if it is no code: its folder (less the folders of services inside it), or its
    entry where the folder is shared."""
    if service.entry is not None and not service.entry.endswith(".py"):
        return set()
    sharing = [s for s in services if s.root == service.root]
    if len(sharing) > 1 and service.entry is not None:
        return _started(units, service)
    own = {p for p in units.scanned if _inside(p, service.root) and not _elsewhere(p, service, services)}
    return own - {s.entry for s in sharing if s is not service and s.entry}


def _started(units: Units, service: Service) -> set[str]:
    """The modules that the process of a service starts with, as far as they are known."""
    said = (posixpath.normpath(posixpath.join(service.root, word)) for word in service.command)
    return {service.entry or "", *said} & units.by_path.keys()


def _less_parts(
    service: Service, found: frozenset[str], parts: list[frozenset[str]], members: Callable[[Service, set[str]], frozenset[str]]
) -> frozenset[str]:
    """The modules of a service less those that only services inside its folder come to, where it is known what it starts with."""
    theirs = found & frozenset[str]().union(*parts)
    if service.entry not in found or not theirs:
        return found
    return found - (theirs - members(service, {service.entry}))


def _encloses(service: Service, other: Service) -> bool:
    return other.root != service.root and _inside(other.root, service.root)


def _members(
    units: Units,
    service: Service,
    services: tuple[Service, ...],
    named: Naming,
    texts: Named,
    gathered: Gathered,
    own: set[str],
) -> frozenset[str]:
    """The modules that a service begins with and everything these import, by themselves or by the API documents that they name, and
    what they name of the service's folder in texts."""
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
    return any(_encloses(service, s) and _inside(path, s.root) for s in services)


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
