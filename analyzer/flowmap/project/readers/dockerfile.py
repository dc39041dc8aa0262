"""Dockerfiles, under whatever name people give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Recipe
from flowmap.project.dockerfile import instructions
from flowmap.project.paths import base

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r"(docker|container)file([._-].*)?|.*[._-](docker|container)file", re.IGNORECASE)


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    steps = instructions(file.text)
    if not any(step.keyword == "FROM" for step in steps):
        return Declarations()
    return Declarations(recipes=(Recipe(file.path, steps),))


READER = DescriptorReader("dockerfile", _matches, _read)
