"""The commands that a project installs: several that stay running are several services out of one code base."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.model.location import Evidence, Location
from flowmap.project.drafts import Draft
from flowmap.project.imports import reachable
from flowmap.project.locate import installed_module
from flowmap.project.paths import base, parent

if TYPE_CHECKING:
    from flowmap.descriptor_api import Distribution
    from flowmap.project.imports import Imports
    from flowmap.project.world import World

_APPLICATION = re.compile(r"application|app|wsgi|asgi|init_app(lication)?|make_app|create_app")


def scripts_of(folder: str, world: World) -> tuple[tuple[Distribution, str, str], ...]:
    """The commands that the projects of the folder install: the project, the command, and the file of the scan that it runs."""
    found: list[tuple[Distribution, str, str]] = []
    for distribution in world.declared.distributions:
        if distribution.folder == folder:
            for name, target in distribution.scripts:
                entry = installed_module(target, folder, world.index)
                if entry is not None:
                    found.append((distribution, name, entry))
    return tuple(found)


def installed_programs(folder: str, programs: tuple[str, ...], world: World, imports: Imports) -> list[Draft]:
    """A service for each command that stays running, and for each web application that none of them loads; none if there is
    no such command."""
    found: dict[str, Draft] = {}
    for distribution, name, entry in scripts_of(folder, world):
        if entry not in found and _stays(distribution, name, entry, imports):
            evidence = Evidence(distribution.location, f"installs the command '{name}'")
            found[entry] = Draft(folder, entry, names=(name,), replicas=(name,), command=(name,), evidence=(evidence,))
    if not found:
        return []
    loaded = {path for entry in found for path in reachable(entry, imports)}
    for path in programs:
        if imports.facts[path].application and path not in loaded:
            evidence = Evidence(Location(path, 1, 1), "an application that no installed command loads")
            found[path] = Draft(folder, path, stem=base(path).removesuffix(".py"), evidence=(evidence,))
    return list(found.values())


def _stays(distribution: Distribution, name: str, entry: str, imports: Imports) -> bool:
    """Whether the command, by the look of its module and those beside it, serves or waits."""
    target = dict(distribution.scripts)[name].rpartition(":")[2]
    near = [entry, *(p for p in imports.of[entry] if parent(p) == parent(entry))]
    return bool(_APPLICATION.fullmatch(target)) or any(imports.facts[p].serving for p in near)
