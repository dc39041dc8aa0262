"""What of a program was not understood, as diagnostics at its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Diagnostic, Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.infrapy.running import Program
    from flowmap.project.infrapy.values import Thing

_MOST = 20


def diagnostics_of(file: DescriptorFile, program: Program, faults: Sequence[tuple[Thing, str]]) -> Iterator[Diagnostic]:
    """Where the program could not be followed, and the things of which something could not be told, each with what."""
    if program.cut:
        yield Diagnostic("the program of this app is too large to be followed to its end", file.at(1))
    yield from (Diagnostic(why, Location(path, line, line)) for path, line, why in program.faults)
    for thing, what in faults[:_MOST]:
        yield Diagnostic(f"this part of the infrastructure is not understood: {what}", Location(thing.path, thing.line, thing.line))
    if len(faults) > _MOST:
        yield Diagnostic(f"{len(faults) - _MOST} more parts of the infrastructure are not understood", file.at(1))
