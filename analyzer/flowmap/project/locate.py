"""From what a command names to the file of the scan that it means."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.project.images import Place, in_scan
from flowmap.project.index import Index, below, exists
from flowmap.project.paths import join, relative, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import Distribution
    from flowmap.project.servers import Start


COMMANDS = "management/commands/"
"""Where Django looks for the commands of an application."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a process runs: its working folder and import folders as container paths, what of the scan stands where, and the
    folder of the scan in which the end of a path is looked for if it is not where the recipe says. `written` are files that are no
    files of the scan, (path, text)."""

    working_dir: str
    places: tuple[Place, ...]
    import_folders: tuple[str, ...]
    near: str
    written: tuple[tuple[str, str], ...] = ()


def host_layout(folder: str) -> Layout:
    """The layout of a process that runs on the host in `folder`."""
    return Layout("/", (Place("/", folder),), (), folder)


def entry_of(start: Start, layout: Layout, distributions: tuple[Distribution, ...], index: Index) -> str | None:
    """The Python file that the process starts with."""
    if start.script:
        tail = "__main__.py" if start.program == "python" else "__init__.py"
        inside = posixpath.normpath(posixpath.join(layout.working_dir, start.script, tail))
        return script_at(start.script, layout, index) or _python_at(inside, layout, index)
    if start.management:
        return _unique(f"{COMMANDS}{start.management}.py", layout.near, index)
    for module in start.modules:
        if module and (found := _module(module, start.folders, layout, index)):
            return found
    return _installed(start.console, layout, distributions, index) if start.console else None


def _installed(command: str, layout: Layout, distributions: tuple[Distribution, ...], index: Index) -> str | None:
    """The file behind a command: a program that stands where it is called, else what a project installs under its name."""
    there = (
        in_scan(posixpath.normpath(posixpath.join(layout.working_dir, command)), layout.places, index) if "/" in command else None
    )
    return there if there in index.contents else console_entry(posixpath.basename(command), _nearest(distributions, layout), index)


def _nearest(distributions: tuple[Distribution, ...], layout: Layout) -> tuple[Distribution, ...]:
    """The projects of which the process has something first: several may install a command of the same name."""
    own = {layout.near, *(p.source for p in layout.places)}
    return tuple(sorted(distributions, key=lambda d: (d.folder not in own, not any(within(f, d.folder) for f in own))))


def script_at(path: str, layout: Layout, index: Index) -> str | None:
    """The file of the scan, of any kind, that `path` means in the process's working folder."""
    there = in_scan(posixpath.normpath(posixpath.join(layout.working_dir, path)), layout.places, index)
    if there is not None and exists(index, there):
        return there
    if path.endswith(".py"):
        return _by_ending(posixpath.normpath(path).lstrip("/"), layout.near, index)
    beside_it = join(layout.near, posixpath.basename(path))
    return beside_it if beside_it is not None and exists(index, beside_it) else None


def _python_at(path: str, layout: Layout, index: Index) -> str | None:
    found = in_scan(path, layout.places, index)
    return found if found in index.contents else None


def _module(module: str, folders: tuple[str, ...], layout: Layout, index: Index) -> str | None:
    stem = module.replace(".", "/")
    for folder in (*folders, "", *layout.import_folders):
        base = posixpath.normpath(posixpath.join(layout.working_dir, folder))
        for tail in (f"{stem}.py", f"{stem}/__init__.py"):
            found = in_scan(posixpath.join(base, tail), layout.places, index)
            if found is not None and found in index.contents:
                return found
    for tail in (f"{stem}.py", f"{stem}/__init__.py"):
        if found := _unique(tail, layout.near, index):
            return found
    return None


def _by_ending(path: str, near: str, index: Index) -> str | None:
    """The file below `near` whose path ends as `path` does, with as many components as can be found."""
    pieces = [p for p in path.split("/") if p != ".."]
    for start in range(len(pieces)):
        if found := _unique("/".join(pieces[start:]), near, index):
            return found
    return None


def _unique(tail: str, near: str, index: Index) -> str | None:
    """The one file nearest to `near` whose path ends with `tail`."""
    found = [p for p in below(index, near) if p == tail or p.endswith("/" + tail)]
    found.sort(key=lambda p: (relative(p, near).count("/"), p))
    if len(found) > 1 and found[0].count("/") == found[1].count("/"):
        return None
    return found[0] if found else None


def console_entry(name: str, distributions: tuple[Distribution, ...], index: Index) -> str | None:
    """The module that an installed command calls into."""
    for distribution in distributions:
        for script, target in distribution.scripts:
            if script == name and (found := installed_module(target, distribution.folder, index)):
                return found
    return None


def installed_module(target: str, folder: str, index: Index) -> str | None:
    """The file of `module:function` in the package whose project is in `folder`."""
    for path in _spellings(target.partition(":")[0], folder):
        if path in index.contents:
            return path
    return _unique(target.partition(":")[0].replace(".", "/") + ".py", folder, index)


def _spellings(module: str, folder: str) -> Iterator[str]:
    """Where a module may be; the last part of its name may also be an object in it."""
    for stem in (module.replace(".", "/"), module.rpartition(".")[0].replace(".", "/")):
        for base in ("", "src/"):
            for tail in (f"{stem}.py", f"{stem}/__init__.py") if stem else ():
                path = join(folder, base + tail)
                if path is not None:
                    yield path
