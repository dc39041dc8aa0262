"""Units of systemd: the settings of a section, with their lines, and the words and variables in them."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

LARGEST_UNIT = 100_000
"""Bytes of a unit that is read."""
Entries = list[tuple[str, str, int]]
"""Settings: the name, the value, the line."""


def entries(text: str, section: str) -> Entries:
    """The settings of a section; lines that go on are one."""
    return list(_entries(text, f"[{section}]"))


def _entries(text: str, section: str) -> Iterator[tuple[str, str, int]]:
    current = ""
    lines = enumerate(text.splitlines(), 1)
    for number, line in lines:
        whole = line.strip()
        while whole.endswith("\\"):
            whole = whole[:-1].rstrip() + " " + next(lines, (0, ""))[1].strip()
        if whole.startswith("["):
            current = whole
        key, given, value = whole.partition("=")
        if current == section and given and not whole.startswith(("#", ";")):
            yield key.strip(), value.strip(), number


def words(text: str) -> tuple[str, ...]:
    """The words of a value; none if its quotes do not match."""
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return ()


def variables(file: DescriptorFile, found: Entries) -> Iterator[Setting]:
    """What `Environment=` sets; of several variables with one name the last one holds, which comes first here."""
    for key, value, line in reversed(found):
        for word in words(value) if key == "Environment" else ():
            name, given, told = word.partition("=")
            if given:
                yield Setting(name, told, file.at(line))
