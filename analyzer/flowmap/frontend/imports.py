"""What import statements name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import libcst as cst

Imported: TypeAlias = tuple[str, str | None, str | None, int]
"""The module, the name in it, what it is called here, and the number of dots in front."""


def imported(node: cst.Import | cst.ImportFrom) -> Iterator[Imported]:
    """Each thing that a statement imports; all that a module has is `*`."""
    if isinstance(node, cst.Import):
        yield from ((_dotted(a.name), None, _alias(a), 0) for a in node.names)
        return
    module, level = (_dotted(node.module) if node.module else ""), len(node.relative)
    if isinstance(node.names, cst.ImportStar):
        yield module, "*", None, level
    else:
        yield from ((module, _dotted(a.name), _alias(a), level) for a in node.names)


def _dotted(node: cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _alias(node: cst.ImportAlias) -> str | None:
    return node.asname.name.value if node.asname and isinstance(node.asname.name, cst.Name) else None
