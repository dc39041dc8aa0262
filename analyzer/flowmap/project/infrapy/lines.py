"""A program of several modules as one file for what reads one: its lines are those of the modules one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.descriptor_api import DescriptorFile, Location

if TYPE_CHECKING:
    from flowmap.project.infrapy.running import Program
    from flowmap.project.infrapy.values import Thing

_FILE = 1_000_000
"""More lines than a file has: a line is its own, and this as often as modules come before its own."""


@dataclass(frozen=True, slots=True)
class Modules(DescriptorFile):
    """The file by which a program is known, whose lines are those of the `modules`."""

    modules: tuple[str, ...] = ()

    def at(self, line: int) -> Location:
        number, own = divmod(line, _FILE)
        return Location(self.modules[number], own, own) if number < len(self.modules) else Location(self.path, 1, 1)

    def line(self, thing: Thing) -> int:
        """The line of a thing among those of all modules."""
        return self.modules.index(thing.path) * _FILE + thing.line if thing.path in self.modules else 1


def as_one(file: DescriptorFile, program: Program) -> Modules:
    """The modules that a program was followed through."""
    return Modules(file.path, file.content, file.look, file.is_folder, file.below, tuple(program.read))
