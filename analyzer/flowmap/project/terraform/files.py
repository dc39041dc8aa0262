"""Files of the scan that a configuration reads, and templates with their variables put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.project.paths import join
from flowmap.project.terraform import expressions as ir
from flowmap.project.terraform.parsing import parsed_template
from flowmap.project.terraform.scanning import HclError
from flowmap.project.terraform.values import HOLE, LONGEST, UNKNOWN, Value, filled, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowmap.project.terraform.modules import Module


def path_of(module: Module, path: str) -> str | None:
    """A path as the scan knows it: `path.module` and `path.root` stand for folders of the scan, any other one is seen from the
    module that is applied."""
    if HOLE in path:
        return None
    folders = (module.source.folder, module.root.source.folder)
    known = any(path == f or path.startswith(f"{f}/") for f in folders)
    return join(".", path) if known else join(module.root.source.folder, path)


def file_text(module: Module, path: str) -> str | None:
    """The text of a file of the scan; None if there is none, or it is too large."""
    where = path_of(module, path)
    content = module.look(where) if where is not None else None
    return content.decode("utf-8", errors="replace") if content is not None and len(content) <= LONGEST else None


def filled_template(content: str, path: str, variables: Mapping[str, Value]) -> Value:
    """A template with its variables put in; anything else that stands in it is a hole."""
    try:
        template = parsed_template(content, path)
    except HclError:
        return UNKNOWN
    if isinstance(template, ir.Template):
        return joined(p if isinstance(p, str) else _piece(p, variables) for p in template.parts)
    return template.value if isinstance(template, ir.Constant) else UNKNOWN


def _piece(expression: ir.Expression, variables: Mapping[str, Value]) -> str:
    return filled(variables.get(expression.id, UNKNOWN)) if isinstance(expression, ir.Name) else HOLE
