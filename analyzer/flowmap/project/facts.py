"""Documents and exports that are given as facts: files, or folders with them, in the scan or outside of it.

They are read like those that lie in the scan, whatever they are called. What is not below the scanned folder is named
`<facts>/folder/file`, with as many of the folders around it as tell what is given apart; a reference leads to no file outside of
the given folder, or of the given file's own.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorFile
from flowmap.errors import ConfigError, PathError
from flowmap.model.location import Location
from flowmap.model.project import GIVEN, Diagnostic
from flowmap.project.bounds import cut
from flowmap.project.descriptors import stated
from flowmap.project.files import LARGEST_DESCRIPTOR, looking

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from flowmap.config import Config
    from flowmap.descriptor_api import DescriptorReader
    from flowmap.project.files import Look
    from flowmap.project.systems import System

_ENDINGS = (".json", ".yaml", ".yml")
_MOST_FILES = 2_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What the given files, which are called `paths`, state: documents, what moves messages, and what is wrong with them."""

    declared: Declarations
    paths: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Given:
    """A given file or folder, whose files are named relative to `base`, behind `prefix`."""

    path: Path
    base: Path
    prefix: str


def facts_of(root: Path, config: Config, given: tuple[Path, ...], readers: tuple[DescriptorReader, ...]) -> Facts:
    """What is given on the command line and by the configuration of the scan below `root`. Raises PathError for what is not there,
    ConfigError for a configured path outside the scan."""
    found: list[Declarations] = []
    paths: set[str] = set()
    own, named = [_real(path) for path in _configured(root, config)], [_real(path) for path in given]
    names = _names_of({_base(path) for path in named})
    for one in dict.fromkeys(_placed(path, root.resolve(), names) for path in (*own, *named)):
        for number, (path, content) in enumerate(_files(one, readers)):
            paths.add(path)
            too_many = Declarations(diagnostics=(cut(_MOST_FILES, "files of facts", Location(path, 1, 1)),))
            found.append(_stated(path, content, one, readers) if number < _MOST_FILES else too_many)
    return Facts(_together(found), frozenset(paths))


def with_facts(declared: Declarations, facts: Facts) -> Declarations:
    """The declarations of the scan with the facts, which may be in it too."""
    documents = (d for d in declared.documents if d.path not in facts.paths)
    return replace(
        declared,
        documents=(*documents, *facts.declared.documents),
        forwards=tuple(dict.fromkeys((*declared.forwards, *facts.declared.forwards))),
        existing=tuple(dict.fromkeys((*declared.existing, *facts.declared.existing))),
        disposals=tuple(dict.fromkeys((*declared.disposals, *facts.declared.disposals))),
        diagnostics=tuple(dict.fromkeys((*declared.diagnostics, *facts.declared.diagnostics))),
    )


def stated_facts(system: System) -> tuple[Path, ...]:
    """What the configuration of several repositories together names; its paths start with their folders. Raises ConfigError for
    one that lies in none of them."""
    if any(r.config is system.config for r in system.repositories):
        return ()
    found = []
    for path in system.config.facts:
        name, _, rest = path.partition("/")
        home = next((r.folder for r in system.repositories if r.name == name), None)
        if home is None or not (home / rest).resolve().is_relative_to(home.resolve()):
            raise ConfigError(f"The configured facts '{path}' lie in none of the scanned repositories; give them with --facts.")
        found.append(home / rest)
    return tuple(found)


def is_outside(path: str) -> bool:
    """Whether a file of facts lies outside the scan, where no code of it can name the file."""
    return path.startswith(f"{GIVEN}/")


def _configured(root: Path, config: Config) -> Iterator[Path]:
    """What the configuration names. It is a file of the scanned repository, so it may name nothing outside."""
    for path in config.facts:
        if not (root / path).resolve().is_relative_to(root.resolve()):
            raise ConfigError(f"The configured facts '{path}' lie outside of the scanned folder; give them with --facts.")
        yield root / path


def _real(path: Path) -> Path:
    if not path.exists():
        raise PathError(f"The facts {path} do not exist; give an API document, an export of a broker, or a folder with them.")
    return path.resolve()


def _base(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _names_of(bases: Collection[Path]) -> Mapping[Path, str]:
    """A name for each folder: as many of the last parts of its path as tell them all apart."""
    for count in range(1, max((len(base.parts) for base in bases), default=0) + 1):
        names = {base: "/".join(base.parts[1:][-count:]) for base in bases}
        if len(set(names.values())) == len(bases):
            return names
    return {}


def _placed(path: Path, root: Path, names: Mapping[Path, str]) -> _Given:
    if path.is_relative_to(root):
        return _Given(path, root, "")
    base = _base(path)
    return _Given(path, base, f"{GIVEN}/{names[base]}/" if names[base] else f"{GIVEN}/")


def _names(given: _Given, readers: tuple[DescriptorReader, ...]) -> list[str]:
    """The files that are given, relative to the base: of a folder, those that may be documents or that a reader takes for its own.
    Links to folders are not followed."""
    if given.path.is_file():
        return [given.path.relative_to(given.base).as_posix()]
    folders = os.walk(given.path)
    files = [Path(folder) / name for folder, _, names in folders for name in names if _may_be_one(name, readers)]
    return sorted(file.relative_to(given.base).as_posix() for file in files)


def _may_be_one(name: str, readers: tuple[DescriptorReader, ...]) -> bool:
    return name.endswith(_ENDINGS) or any(reader.facts and reader.matches(name) for reader in readers)


def _files(given: _Given, readers: tuple[DescriptorReader, ...]) -> Iterator[tuple[str, bytes | None]]:
    """The given files by the paths under which reports name them; None for one that cannot be read."""
    look = looking(given.base)
    yield from ((given.prefix + name, look(name)) for name in _names(given, readers)[: _MOST_FILES + 1])


def _look(given: _Given) -> Look:
    look, prefix = looking(given.base), given.prefix
    return lambda path: look(path.removeprefix(prefix)) if path.startswith(prefix) else None


def _stated(path: str, content: bytes | None, given: _Given, readers: tuple[DescriptorReader, ...]) -> Declarations:
    """What a file states; one that was given by its name should state something."""
    if content is None:
        return _faulty(path, f"file of facts cannot be read, or is larger than {LARGEST_DESCRIPTOR:,} bytes")
    file = DescriptorFile(path, content, _look(given))
    found = _together(stated(reader, reader.read, file, path) for reader in readers if reader.facts)
    if found == Declarations() and given.path.is_file():
        return _faulty(path, "given as facts, and no document or export that is understood")
    return found


def _faulty(path: str, message: str) -> Declarations:
    return Declarations(diagnostics=(Diagnostic(message, Location(path, 1, 1)),))


def _together(declared: Iterable[Declarations]) -> Declarations:
    """Of what files state, all that may be given as a fact."""
    found = list(declared)
    return Declarations(
        documents=tuple(d for f in found for d in f.documents),
        forwards=tuple(d for f in found for d in f.forwards),
        existing=tuple(d for f in found for d in f.existing),
        disposals=tuple(d for f in found for d in f.disposals),
        diagnostics=tuple(d for f in found for d in f.diagnostics),
    )
