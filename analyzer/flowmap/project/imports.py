"""Which files of a scan import which others, as far as the names of the imports and the places of the files tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.project.index import beside
from flowmap.project.lexical import Facts, facts_of
from flowmap.project.paths import above, base, parent, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.project.index import Index


@dataclass(frozen=True, slots=True)
class Imports:
    """The facts of every file, and for every file those that it imports."""

    facts: Mapping[str, Facts]
    of: Mapping[str, frozenset[str]]


def imports_of(index: Index, talking: frozenset[str]) -> Imports:
    """The imports of all files; `talking` as for `facts_of`."""
    facts = {path: facts_of(content, talking) for path, content in index.contents.items()}
    modules = _Modules(frozenset(p.removesuffix(".py") for p in index.paths), _local_names(index), _homes(index))
    return Imports(facts, {path: frozenset(_found(path, fact, modules)) for path, fact in facts.items()})


@dataclass(frozen=True, slots=True)
class _Modules:
    """The files of a scan without their suffix, every name that could begin an import of one, and for each top-level package
    that is the only one of its name the folder it stands in: there it is found from anywhere."""

    stems: frozenset[str]
    names: frozenset[str]
    homes: Mapping[str, str]

    def file(self, folder: str, module: str) -> str | None:
        stem = module if folder == "." else f"{folder}/{module}"
        if stem in self.stems:
            return f"{stem}.py"
        return f"{stem}/__init__.py" if f"{stem}/__init__" in self.stems else None


def _local_names(index: Index) -> frozenset[str]:
    return frozenset({base(path).removesuffix(".py") for path in index.paths} | {base(folder) for folder in index.folders})


def _homes(index: Index) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for path in index.paths:
        folder = parent(path)
        if base(path) == "__init__.py" and folder != "." and beside(parent(folder), "__init__.py") not in index.contents:
            found.setdefault(base(folder), set()).add(parent(folder))
    return {name: min(folders) for name, folders in found.items() if len(folders) == 1}


def _found(path: str, facts: Facts, modules: _Modules) -> Iterator[str]:
    folders = (parent(path), *above(parent(path)))
    bases = [place for folder in folders for place in (folder, beside(folder, "src"))]
    for name in facts.imports:
        first = name.partition(".")[0]
        if name.startswith("."):
            found = _relative(name, path, modules)
        elif first not in modules.names:
            continue
        else:
            home = modules.homes.get(first)
            places = [*bases, home] if home is not None else bases
            found = next((hit for place in places if (hit := modules.file(place, name.replace(".", "/")))), None)
        if found is not None and found != path:
            yield found


def _relative(name: str, path: str, modules: _Modules) -> str | None:
    tail = name.lstrip(".")
    folder = path
    for _ in range(len(name) - len(tail)):
        folder = parent(folder)
    return modules.file(folder, tail.replace(".", "/")) if tail else None


def reachable(start: str, imports: Imports) -> frozenset[str]:
    """All files that running `start` loads, itself included."""
    found = {start}
    waiting = [start]
    while waiting:
        for path in imports.of.get(waiting.pop(), frozenset()):
            if path not in found:
                found.add(path)
                waiting.append(path)
    return frozenset(found)


def imported_from_outside(folder: str, imports: Imports) -> bool:
    """Whether a file outside the folder imports one inside."""
    return any(within(target, folder) for path, targets in imports.of.items() if not within(path, folder) for target in targets)
