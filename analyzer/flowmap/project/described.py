"""Whose API a document describes: a service of the scan, something that only a deployment file names, or somebody else.

The title decides where it is the name of something known, then the folder, then the name of the file. Of a service whose Python is
in the scan a document says nothing: what its code does is what counts, and both together would be everything twice. A document that
is kept like a copy (below `clients`, `generated`, `frontend`) describes whoever has its title and makes nobody of itself; one that
was given as a fact always does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import FOR_TESTS
from flowmap.model.interaction import Role
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Diagnostic, External, ExternalKind, Wire
from flowmap.project.merging import distinct_wires
from flowmap.project.paths import above, base, parent, within
from flowmap.project.products import is_product
from flowmap.project.titles import file_words, is_copy, is_plain, name_of, telling, title_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from flowmap.config import Config
    from flowmap.descriptor_api import Declarations
    from flowmap.model.project import Document, Service
    from flowmap.project.index import Index
    from flowmap.project.processes import Foreign

_PROJECTS = frozenset({
    "package.json", "pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "go.mod", "Cargo.toml", "composer.json", "Gemfile",
    "mix.exs", "deno.json", "Package.swift",
})  # fmt: skip
_PROJECT_ENDINGS = (".csproj", ".fsproj", ".vbproj", ".cabal")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom a document may describe: all names by their telling words, and the folders with the code. `scanned` is a
    service of the scan."""

    name: str
    names: frozenset[str]
    folders: tuple[str, ...] = ()
    scanned: bool = False


@dataclass(slots=True)
class _Known:
    title: str
    parties: list[Party]
    projects: frozenset[str]
    made: dict[str, Party] = field(default_factory=dict)


def with_described(declared: Declarations, given: Collection[str], parties: list[Party], index: Index) -> Declarations:
    """The declarations, with what the documents say of externals. `given` are the paths of documents that were given as facts."""
    known = _Known(index.title, parties, _other_projects(index))
    found: list[External] = []
    faults: list[Diagnostic] = []
    for document in declared.documents:
        party = _described(document, known, given=document.path in given)
        if party is None and document.wires and not is_copy(document.path):
            message = "AsyncAPI document of nobody who is known here; give it with --facts if it speaks of a service of this system"
            faults.append(Diagnostic(message, Location(document.path, document.line, document.line)))
        elif party is not None and not party.scanned:
            stated, left = _external(party, document)
            found.append(stated)
            faults += left
    return replace(declared, externals=(*declared.externals, *found), diagnostics=(*declared.diagnostics, *faults))


def parties_of(services: tuple[Service, ...], foreign: list[Foreign], declared: Declarations, config: Config) -> list[Party]:
    """Everybody who is known: the services of the scan, and what is deployed or stated beside them."""
    return [*_scanned(services), *_outside(foreign, declared, config)]


def _scanned(services: tuple[Service, ...]) -> Iterator[Party]:
    for service in services:
        yield Party(service.name, frozenset(map(telling, (service.name, *service.aliases))), (service.root,), scanned=True)


def _outside(foreign: list[Foreign], declared: Declarations, config: Config) -> Iterator[Party]:
    """What is deployed or stated without Python of the scan, products left out."""
    folders: dict[str, list[str]] = {}
    names: dict[str, set[str]] = {}
    for one in foreign:
        process = one.process
        if process.rank == FOR_TESTS or is_product(one.image):
            continue
        names.setdefault(process.name, set()).update((process.name, *process.aliases))
        folders.setdefault(process.name, []).extend(_folders(one))
    plain = [e.name for e in declared.externals if e.kind is ExternalKind.DECLARED] + [e.name for e in config.externals]
    for name in plain:
        names.setdefault(name, {name})
    for name, all_names in names.items():
        yield Party(name, frozenset(map(telling, all_names)), tuple(dict.fromkeys(folders.get(name, ()))))


def _folders(foreign: Foreign) -> Iterator[str]:
    process = foreign.process
    if process.folder is not None:
        yield process.folder
    elif process.build is not None:
        recipe = parent(process.build.dockerfile) if process.build.dockerfile is not None else "."
        yield recipe if recipe != "." and within(recipe, process.build.context) else process.build.context


def _other_projects(index: Index) -> frozenset[str]:
    """Folders with the project file of another language and no Python."""
    marked = (parent(p) for p in index.others if base(p) in _PROJECTS or p.endswith(_PROJECT_ENDINGS))
    return frozenset(f for f in marked if f not in index.folders)


def _described(document: Document, known: _Known, *, given: bool) -> Party | None:
    """Whom a document describes; None if nobody can tell."""
    words = title_words(document.title)
    if (party := _named("".join(words), document.path, known)) is not None:
        return party
    if is_copy(document.path) and not given:
        return None
    if (party := _located(document, words, known, given=given)) is not None:
        return party
    for name in file_words(document.path):
        if (party := _named(name, document.path, known)) is not None:
            return party
    name = name_of(document.title, document.path)
    return known.made.setdefault(name, Party(name, frozenset((telling(name),)))) if given else None


def _named(name: str, path: str, known: _Known) -> Party | None:
    """The party of a name; of several, the one in whose folder the document lies, else one of the scan."""
    found = [p for p in known.parties if name and name in p.names]
    near = [p for p in found if any(within(path, f) for f in p.folders if f != ".")]
    scanned = [p for p in found if p.scanned]
    return next(iter(near or scanned or found), None)


def _located(document: Document, words: tuple[str, ...], known: _Known, *, given: bool) -> Party | None:
    """The party with the innermost folder around a document, if that may well be its own."""
    for folder in above(document.path):
        here = [p for p in known.parties if folder in p.folders]
        if folder == "." and given:
            return None
        if any(p.scanned for p in here):
            return next(p for p in here if p.scanned)
        if not here and folder in known.projects:
            here = [_of_project(folder, known)]
        fitting = [p for p in here if is_plain(document.path) or any(w in n for w in words for n in p.names)]
        if here:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _of_project(folder: str, known: _Known) -> Party:
    """Who lives in a folder of another language: somebody deployed under its name, else whoever it is called after."""
    called = known.title if folder == "." else base(folder)
    name = telling(called)
    found = next((p for p in known.parties if name in p.names), None)
    return found or known.made.setdefault(called, Party(called, frozenset((name,))))


def _external(party: Party, document: Document) -> tuple[External, list[Diagnostic]]:
    """What a document states of somebody outside, and what of it is of no use."""
    title = Location(document.path, document.line, document.line)
    served = (
        Wire("http", "", o.location, role=Role.SERVE, operation=f"{o.method} {document.base}{o.path}") for o in document.operations
    )
    useful = [w for w in document.wires if w.transport]
    lost = next((w for w in document.wires if not w.transport), None)
    faults = [Diagnostic(f"neither a server nor a binding says how {lost.channel} travels", lost.location)] if lost else []
    what = f"describes '{document.title}'" if document.title else "describes it"
    return External(
        party.name, ExternalKind.DECLARED, document.hosts, (Evidence(title, what),), does=distinct_wires((*useful, *served))
    ), faults
