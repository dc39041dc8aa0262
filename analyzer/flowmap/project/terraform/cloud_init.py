"""The variables in what a machine runs at its start: environment files that cloud-init writes, and `export` lines of a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Setting
from flowmap.project.paths import base
from flowmap.project.terraform.values import HOLE, told
from flowmap.project.yaml_nodes import YamlError, documents, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import Location

_LINE = re.compile(r"^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$", re.MULTILINE)
_EXPORT = re.compile(r"^\s*export\s+([A-Za-z_]\w*)=(.*)$", re.MULTILINE)


def env_files(content: str, where: Location) -> Iterator[Setting]:
    """The variables that are set; those of which nothing is known are left out."""
    if content.lstrip().startswith("#!"):
        yield from _settings(_EXPORT, content, where)
        return
    try:
        roots = documents(content.encode())
    except YamlError:
        return
    for root in roots:
        for file in tables(table(root).get("write_files")):
            if base(text(file.get("path"))).endswith(".env") or base(text(file.get("path"))).startswith("env"):
                yield from _settings(_LINE, text(file.get("content")), where)


def _settings(pattern: re.Pattern[str], content: str, where: Location) -> Iterator[Setting]:
    for match in pattern.finditer(content):
        value = match[2].strip().strip("\"'")
        if told(value) or HOLE not in value:
            yield Setting(match[1], value, where)
