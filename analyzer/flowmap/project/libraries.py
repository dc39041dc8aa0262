"""Which files of installed libraries a scan needs: what its imports lead to, as far as something that plugins know lies beyond.

A library in which nothing leads to a library of messages or requests is left alone: following it could find nothing.
"""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowmap.model.project import INSTALLED, Diagnostic, SourceFile
from flowmap.project import leaving_out
from flowmap.project.lexical import imported_names

if TYPE_CHECKING:
    from flowmap.project.site_packages import SitePackages

MOST_MODULES = 60
"""Modules of one library; one that asks for more is no wrapper, and stays unread."""
MOST_FILES = 1_500
"""Files of all libraries together."""
DEEPEST = 20
"""Packages inside one another."""

Judge = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Libraries:
    """The files to follow, by path, and what stood in the way."""

    files: tuple[SourceFile, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Search:
    """The state of one search: contents and imports of the files that were opened, by their paths."""

    packages: SitePackages
    hides: Judge
    leads_on: Judge
    known: dict[str, list[str]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    targets: dict[str, set[str]] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    full: bool = False


def libraries(wanted: Iterable[str], packages: SitePackages, hides: Judge, leads_on: Judge) -> Libraries:
    """The files behind the `wanted` module names. `hides` tells libraries that are not looked into, `leads_on` names of libraries
    in which something publishes, subscribes, calls or serves."""
    search = _Search(packages, hides, leads_on)
    waiting = sorted({path for name in wanted for path in _files(search, name)})
    for path in waiting:  # grows while it is gone through: nearest first
        waiting += _opened(search, path)
    needed = _beyond(search)
    kept = sorted(path for path in needed if search.counts[_top(path)] <= MOST_MODULES)
    files = tuple(SourceFile(f"{INSTALLED}/{path}", search.contents[path]) for path in kept)
    return Libraries(files, (*packages.diagnostics, *_bounds(search, {_top(path) for path in needed})))


def _files(search: _Search, dotted: str) -> list[str]:
    """The file of a module with those of the packages around it, outermost first; empty for what is not followed."""
    if dotted not in search.known:
        names = dotted.split(".")
        outside = "" in names or len(names) > DEEPEST or names[0] in sys.stdlib_module_names or search.hides(dotted)
        found = [] if outside else [search.packages.module(".".join(names[: n + 1])) for n in range(len(names))]
        search.known[dotted] = [path for path in found if path is not None]
    return search.known[dotted]


def _opened(search: _Search, path: str) -> list[str]:
    """Reads a file, unless that was done or is too much; the files that it imports."""
    top = _top(path)
    if leaving_out.file_reason(posixpath.basename(path)) == leaving_out.GENERATED:
        return []  # as in the scan: plugins know such modules by their names
    if path in search.contents or search.counts.get(top, 0) > MOST_MODULES:
        return []
    if len(search.contents) >= MOST_FILES:
        search.full = True
        return []
    content = search.packages.read(path)
    if content is None:
        return []
    search.contents[path] = content
    search.counts[top] = search.counts.get(top, 0) + 1
    names = {_absolute(name, path) for name in imported_names(content)}
    if any(search.leads_on(name) for name in names):
        search.ends.add(path)
    found = sorted({f for name in names for f in _files(search, name)})
    search.targets[path] = set(found)
    return found


def _absolute(name: str, path: str) -> str:
    """The dotted name that an import in a file means."""
    tail = name.lstrip(".")
    level = len(name) - len(tail)
    if not level:
        return name
    folder = path
    for _ in range(level):
        folder = posixpath.dirname(folder)
    return f"{folder}/{tail}".strip("/").replace("/", ".")


def _beyond(search: _Search) -> set[str]:
    """The files from which a way leads to something that plugins know, what these import of their own library, and the packages
    around them."""
    sources: dict[str, set[str]] = {}
    for path, targets in search.targets.items():
        for target in targets:
            sources.setdefault(target, set()).add(path)
    leading = _closure(search.ends, sources)
    own = {p: {t for t in targets if _top(t) == _top(p)} for p, targets in search.targets.items()}
    found = _closure(leading, own)
    return {p for p in found | {p for path in found for p in _packages(path)} if p in search.contents}


def _packages(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield f"{path}/__init__.py"


def _closure(start: set[str], steps: dict[str, set[str]]) -> set[str]:
    found, todo = set(start), list(start)
    while todo:
        new = steps.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found


def _top(path: str) -> str:
    """The name under which a library is imported."""
    return path.partition("/")[0].removesuffix(".py")


def _bounds(search: _Search, needed: set[str]) -> Iterator[Diagnostic]:
    large = ", ".join(top for top in sorted(needed) if search.counts[top] > MOST_MODULES)
    if large:
        remedy = "what they publish and call can be stated under [[wrappers]]"
        yield Diagnostic(f"libraries of more than {MOST_MODULES} modules are not followed: {large}; {remedy}")
    if search.full:
        yield Diagnostic(f"installed libraries are followed through {MOST_FILES:,} files only; what lies beyond stays unknown")
