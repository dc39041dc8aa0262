"""nx workspaces: the command that a project's `project.json` gives for serving it, in the folder where it runs.

https://nx.dev/reference/project-configuration; Python projects use `nx:run-commands`, or the executors of @nxlv/python.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorReader
from flowmap.project.paths import above, base, join, parent

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_SERVING = ("serve", "start", "run", "dev", "worker", "consume")
"""Targets that run a project, likeliest first; one of them is enough."""
_LARGEST = 200_000


def _matches(path: str) -> bool:
    return base(path) == "project.json"


def _read(file: DescriptorFile) -> Declarations:
    if len(file.content) > _LARGEST or b'"targets"' not in file.content:
        return Declarations()
    try:
        project = json.loads(file.text)
    except (ValueError, RecursionError):
        return Declarations()  # many tools have a project.json; those of nx are valid
    targets = project.get("targets") if isinstance(project, dict) else None
    if not isinstance(project, dict) or not isinstance(targets, dict):
        return Declarations()
    for name in _SERVING:
        process = _process(file, str(project.get("name") or base(parent(file.path))), name, targets.get(name))
        if process is not None:
            return Declarations(processes=(process,))
    return Declarations()


def _process(file: DescriptorFile, project: str, name: str, target: object) -> DeclaredProcess | None:
    options = target.get("options") if isinstance(target, dict) else None
    if not isinstance(options, dict):
        return None
    command = _command(options)
    if not command:
        return None
    own = parent(file.path)
    line = next((n for n, text in enumerate(file.text.splitlines(), 1) if f'"{name}"' in text), 1)
    return DeclaredProcess(
        name=project,
        system="nx",
        scope=own,
        location=file.at(line),
        folder=_folder(file, own, options.get("cwd")),
        command=("sh", "-c", command),
    )


def _command(options: dict[str, object]) -> str:
    """The one command, or the first of several, which may be texts or objects with one."""
    several = options.get("commands")
    first = several[0] if isinstance(several, list) and several else None
    found = options.get("command") or (first.get("command") if isinstance(first, dict) else first)
    return found if isinstance(found, str) else ""


def _folder(file: DescriptorFile, own: str, stated: object) -> str:
    """Where a command runs: `cwd` from the workspace's folder, the nearest above that has it; else that of the project."""
    if not isinstance(stated, str) or not stated:
        return own
    if "{projectRoot}" in stated:
        return join(own, stated.replace("{projectRoot}", "").strip("/") or ".") or own
    found = (join(folder, stated) for folder in (own, *above(own)))
    return next((folder for folder in found if folder is not None and file.is_folder(folder)), own)


READER = DescriptorReader("nx", _matches, _read)
