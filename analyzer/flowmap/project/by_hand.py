"""Programs that people run by hand beside deployed services: a repair of data, a benchmark, a seed. They lie in folders of scripts
or tools, nothing of the services loads them, and no deployment, build or start script names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.model.project import LeftOut
from flowmap.project.imports import reachable
from flowmap.project.paths import base, parent, parts, relative, within
from flowmap.project.programs import is_run, may_not_run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowmap.model.project import Service
    from flowmap.project.drafts import Draft
    from flowmap.project.imports import Imports
    from flowmap.project.index import Index

REASON = "programs that people run by hand"
_FOLDER = re.compile(r"(.*[-_])?(scripts?|tools?)", re.IGNORECASE)
_TELLING = re.compile(
    r"(.*/)?(.*(docker|container)file.*|procfile.*|.*crontab.*|[^/.]+|.*\.(sh|ya?ml|toml|cfg|ini|service|timer|json|tf|conf|hcl|bash|tpl))",
    re.IGNORECASE,
)
"""Files that may say what is started."""
_OF_WORKERS = re.compile(r"\.(github|gitlab|circleci|azure|vscode|idea)|docs?")
"""Folders of what does not run the services."""


def run_by_hand(deployed: Iterable[Draft], services: Iterable[Service], imports: Imports, index: Index) -> frozenset[str]:
    """The files of such programs, with what nobody else loads of the same folders."""
    roots = {d.root for d in deployed}
    aside = {p for p in index.paths if any(_is_aside(p, root) for root in roots)}
    programs = {p for p in aside if not may_not_run(p) and is_run(p, imports, index)}
    if not programs:
        return frozenset()
    known = list(services)
    started = {p for p in programs if any(_starts(s, p) for s in known)} | _named(programs, index)
    loaded = {p for start in (*sorted(index.contents.keys() - aside), *sorted(started)) for p in imports.of.get(start, ())}
    needed = {p for start in loaded | started for p in (start, *reachable(start, imports))}
    alone = programs - needed
    theirs = {p for program in alone for p in reachable(program, imports)}
    return frozenset((alone | (theirs & aside)) - needed)


def left_out(found: frozenset[str]) -> tuple[LeftOut, ...]:
    """What a report says of them."""
    return (LeftOut(REASON, len(found), min(found)),) if found else ()


def _is_aside(path: str, root: str) -> bool:
    folder = parent(path)
    return within(folder, root) and any(_FOLDER.fullmatch(part) for part in parts(relative(folder, root)))


def _starts(service: Service, path: str) -> bool:
    of_a_service_aside = within(path, service.root) and _is_aside(f"{service.root}/x", ".")
    return service.entry == path or of_a_service_aside or base(path) in service.command


def _named(programs: set[str], index: Index) -> set[str]:
    """The programs that some file names which may say what is started."""
    found: set[str] = set()
    for other in index.in_order:
        if not _TELLING.fullmatch(other) or any(_OF_WORKERS.fullmatch(part) for part in parts(parent(other))):
            continue
        content = (index.look(other) or b"").decode("utf-8", errors="replace")
        found |= {p for p in programs - found if _names(content, p)}
    return found


def _names(content: str, path: str) -> bool:
    stem, folder = base(path).removesuffix(".py"), base(parent(path))
    return f"{stem}.py" in content or f"{folder}.{stem}" in content
