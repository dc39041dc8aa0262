"""CODEOWNERS files of GitHub and GitLab: who owns which paths.

Sections count, with the owners that they give to all their lines; how many have to approve does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic, OwnedPaths
from flowmap.project.bounds import cut
from flowmap.project.paths import base, parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_HOLDERS = frozenset({".github", ".gitlab", ".bitbucket"})
_SECTION = re.compile(r"\^?\[([^\]]+)\](?:\[\d+\])?\s*(.*)")
_WORD = re.compile(r"(?:\\.|[^\s\\])+")
_OWNER = re.compile(r"@[\w./-]+|[\w.+-]+@[\w.-]+\.\w+")
_MOST, _LONGEST = 5_000, 2_000


def _matches(path: str) -> bool:
    return base(path) == "CODEOWNERS"


def _read(file: DescriptorFile) -> Declarations:
    lines = file.text.splitlines()
    said = [cut(_MOST, "lines of owners", file.at(_MOST + 1))] if len(lines) > _MOST else []
    long = next((number for number, line in enumerate(lines[:_MOST], 1) if len(line) > _LONGEST), None)
    if long is not None:
        said.append(Diagnostic(f"lines of more than {_LONGEST:,} characters are not read", file.at(long)))
    return Declarations(owned=tuple(_owned(file)), diagnostics=tuple(said))


def _owned(file: DescriptorFile) -> Iterator[OwnedPaths]:
    folder = parent(file.path)
    folder = parent(folder) if base(folder) in _HOLDERS else folder
    section, usual = "", ()
    for number, line in enumerate(file.text.splitlines()[:_MOST], 1):
        text = "" if len(line) > _LONGEST else re.sub(r"(^|\s)#.*", "", line).strip()
        if match := _SECTION.fullmatch(text):
            section, usual = match[1].strip().lower(), tuple(_OWNER.findall(match[2]))
        elif text:
            pattern, *owners = _WORD.findall(text)
            named = tuple(o for o in owners if _OWNER.fullmatch(o))
            if named or not owners:
                yield OwnedPaths(folder, section, pattern, named or usual, file.at(number))


READER = DescriptorReader("codeowners", _matches, _read)
