"""Packages that are checked out under another name than they are known by, or scanned from within: a project's own folder that is
a package (`setup.py` beside `__init__.py`), or the folder of the scan, whose modules import one another as `vendor.shop.orders`.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from flowmap.model.summary import Import, ModuleSummary

FEWEST = 2
"""Modules and packages of the folder that must be found under a name before it counts."""
At = Callable[[str, str], str | None]
"""Folder and dotted name -> the module that is there."""


def installed_names(summaries: Mapping[str, ModuleSummary], at: At) -> dict[str, str]:
    """Dotted name -> the folder that is known by it, as its own imports tell."""
    folders = {"", *(posixpath.dirname(path) for path in summaries if posixpath.basename(path) == "setup.py")}
    found: dict[str, str] = {}
    for folder in sorted(f for f in folders if posixpath.join(f, "__init__.py") in summaries):
        inside = f"{folder}/" if folder else ""
        imported = dict(sorted(n for path, s in summaries.items() if path.startswith(inside) for n in _imported(s)))
        if (name := _name(imported, folder, at)) is not None:
            found.setdefault(name, folder)
    return found


def _imported(summary: ModuleSummary) -> Iterator[tuple[str, bool]]:
    """The modules that are imported by their whole names; with `from a import b`, what may be one, which is not sure."""
    for scope in summary.scopes:
        for statement in scope.statements:
            if isinstance(statement, Import) and not statement.level:
                yield statement.module, True
                yield from ((f"{statement.module}.{statement.name}", False),) if statement.name not in {None, "*"} else ()


def _name(imported: Mapping[str, bool], folder: str, at: At) -> str | None:
    """The beginning of imports behind which most of what lies in the folder stands, if no other beginning has as many, and little
    else does."""
    behind: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for dotted, sure in imported.items():
        names = dotted.split(".")
        for end in range(1, len(names)):
            module = at(folder, ".".join(names[end:]))
            if module is not None and not module.endswith("/"):
                behind[".".join(names[:end])].add(names[end])
            elif sure:
                others[".".join(names[:end])].add(dotted)
    ranked = sorted((n for n in behind if len(behind[n]) > 2 * len(others[n])), key=lambda n: -len(behind[n]))
    counts = [len(behind[n]) for n in ranked] + [0]
    return ranked[0] if counts[0] >= FEWEST and counts[0] > counts[1] else None
