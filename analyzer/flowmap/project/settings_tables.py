"""Tables of settings in YAML and JSON: the name of each variable with its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Setting
from flowmap.project.yaml_nodes import Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile


def settings_in(file: DescriptorFile, variables: Table) -> Iterator[Setting]:
    """The variables of a table that are given a plain value."""
    for name, node in variables.entries.items():
        if isinstance(node, Text) and not node.null:
            yield Setting(name, node.text, file.at(variables.at(name)))
