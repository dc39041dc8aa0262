"""The programs in a folder that nothing deploys, and which of them belong together.

A program is a file that is run and that, itself or through what it imports, talks to others. Programs that share modules of
their own folder are processes of one service; programs that share nothing, or only what lies outside both, are services.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from flowmap.project.imports import Imports, reachable
from flowmap.project.lexical import acts
from flowmap.project.marked import is_helper
from flowmap.project.paths import above, base, common_folder, parent, parts, relative, within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowmap.project.index import Index

MAIN_NAMES = frozenset({"main", "app", "run", "server", "wsgi", "asgi", "manage", "__main__", "api"})
GENERIC_FOLDERS = frozenset({
    "src", "app", "code", "handlers", "handler", "lambda", "lambdas", "functions", "api", "cmd", "entrypoints", "main", "project",
    "source", "python", "service", "web", "backend",
})  # fmt: skip

# Modules that programs of different services share without being one: names and shapes, not behaviour.
_TRIVIAL = frozenset({
    "__init__", "common", "config", "configs", "const", "constants", "env", "errors", "event", "events", "exceptions", "helper",
    "helpers", "log", "logger", "logging", "messages", "schema", "schemas", "settings", "topics", "types", "util", "utils",
    "version",
})  # fmt: skip
# Files that tools load and nobody runs.
_NO_PROGRAM = re.compile(
    r"__init__\.py|setup\.py|noxfile\.py|fabfile\.py|gunicorn.*\.py|.*[._]conf(ig)?\.py|conf\.py|versioneer\.py"
)
CONTAINERS = frozenset({"services", "apps", "microservices", "functions", "lambdas", "applications"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """Programs that are one service. `folder` holds them and no other program, or is shared with others (`shared`)."""

    folder: str
    programs: tuple[str, ...]
    shared: bool


def programs_of(files: Iterable[str], imports: Imports, index: Index) -> tuple[str, ...]:
    """The programs among `files`."""
    candidates = [p for p in files if not is_helper(parent(p)) and not may_not_run(p) and is_run(p, imports, index)]
    return tuple(sorted(p for p in candidates if _takes_part(p, imports) and not _is_part_of_another(p, imports)))


def may_not_run(path: str) -> bool:
    """Whether a file is one that tools load and nobody runs."""
    return _NO_PROGRAM.fullmatch(base(path)) is not None


def _is_part_of_another(path: str, imports: Imports) -> bool:
    """Whether a file imports it that it does not load itself: modules that import each other have no first."""
    loaded = reachable(path, imports)
    return any(path in targets for importer, targets in imports.of.items() if importer not in loaded)


def is_run(path: str, imports: Imports, index: Index) -> bool:
    """Whether a file does something when it is run."""
    facts = imports.facts[path]
    if facts.runs:
        return True
    return (facts.talks or base(path).removesuffix(".py") in MAIN_NAMES) and acts(index.contents[path])


def _takes_part(path: str, imports: Imports) -> bool:
    return imports.facts[path].handler or any(imports.facts[p].talks for p in reachable(path, imports))


def is_main(path: str) -> bool:
    return base(path).removesuffix(".py") in MAIN_NAMES


def clusters_of(programs: tuple[str, ...], top: str, imports: Imports) -> tuple[Cluster, ...]:
    """The programs below `top` that belong together, those first that come first by name."""
    loaded = {p: reachable(p, imports) for p in programs}
    groups: list[list[str]] = []
    for program in programs:
        joined = [g for g in groups if any(_together(program, other, loaded, top) for other in g)]
        rest = [g for g in groups if g not in joined]
        groups = [*rest, sorted([program, *(p for g in joined for p in g)])]
    return tuple(_cluster(group, programs, top) for group in sorted(groups))


def _together(one: str, other: str, loaded: dict[str, frozenset[str]], top: str) -> bool:
    places = _contained_in(one, top), _contained_in(other, top)
    if any(places):
        return places[0] == places[1]
    folders = parent(one), parent(other)
    shared = (p for p in loaded[one] & loaded[other] if base(p).removesuffix(".py") not in _TRIVIAL)
    return any(within(p, folder) for p in shared for folder in folders)


def _contained_in(path: str, top: str) -> str:
    """The folder below a folder of services (`services/orders`) that the path lies in; empty if none."""
    for folder in (f for f in above(path) if f != top and within(f, top)):
        if base(parent(folder)) in CONTAINERS:
            return folder
    return ""


def _cluster(group: list[str], programs: tuple[str, ...], top: str) -> Cluster:
    """The highest folder below `top` that holds the group and no other program."""
    common = _common_folder(group)
    others = [p for p in programs if p not in group]
    if any(within(p, common) for p in others):
        return Cluster(common, tuple(group), shared=True)
    for folder in above(common):
        if not within(folder, top) or folder == top or any(within(p, folder) for p in others):
            break
        common = folder
    return Cluster(common, tuple(group), shared=False)


def _common_folder(paths: list[str]) -> str:
    return reduce(common_folder, (parent(p) for p in paths))


def main_of(cluster: Cluster) -> str:
    """The program that the service is most likely started with."""
    return min(cluster.programs, key=lambda p: (not is_main(p), len(parts(relative(p, cluster.folder))), p))
