"""Start scripts beside deployed code: programs of a shared folder that people start by hand, such as a job that is submitted.

Only folders whose deployed programs are told apart by their entries are looked at; elsewhere the folder is one service anyway.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.model.location import Evidence, Location
from flowmap.project.drafts import Draft
from flowmap.project.imports import reachable
from flowmap.project.locate import host_layout
from flowmap.project.paths import base, parent, within
from flowmap.project.starting import course_of

if TYPE_CHECKING:
    from flowmap.project.imports import Imports
    from flowmap.project.world import World

_SCRIPT = re.compile(r"(run|start|submit)[\w-]*\.sh")


def started_by_hand(drafts: list[Draft], world: World, imports: Imports) -> list[Draft]:
    """A service for each start script that starts a file which no deployed program loads."""
    found: dict[str, Draft] = {}
    for path in sorted(world.index.others):
        folder = parent(path)
        near = [d for d in drafts if within(d.entry or d.root, folder)]
        if not _SCRIPT.fullmatch(base(path)) or not near or any(d.entry is None or d.own_folder for d in near):
            continue
        program = course_of(("sh", base(path)), host_layout(folder), (), world, Location(path, 1, 1)).program
        loaded = {file for d in near if d.entry is not None for file in reachable(d.entry, imports)}
        if program is None or program.entry is None or program.entry in loaded:
            continue
        evidence = Evidence(Location(path, 1, 1), f"a script that starts {program.entry}")
        stem = base(program.entry).removesuffix(".py")
        found[program.entry] = Draft(folder, program.entry, stem=stem, command=program.command.words, evidence=(evidence,))
    return list(found.values())
