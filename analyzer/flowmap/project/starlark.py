"""What expressions of a build language say that is a subset of Python: read with Python's own parser, nothing is run."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_LONGEST = 10_000
_DEEPEST = 100


def text(node: ast.expr | None, names: Mapping[str, str], depth: int = 0) -> str | None:
    """The text that an expression stands for, None if it cannot be told, or is too long or too deep to be a name."""
    if depth > _DEEPEST:
        return None
    known = _text(node, names, depth + 1)
    return known if known is not None and len(known) <= _LONGEST else None


def _text(node: ast.expr | None, names: Mapping[str, str], depth: int) -> str | None:
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.Name(id=name):
            return names.get(name)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = text(left, names, depth), text(right, names, depth)
            return None if first is None or second is None else first + second
        case ast.BinOp(left=ast.Constant(value=str(template)), op=ast.Mod(), right=right):
            return _filled(template, "%s", text(right, names, depth))
        case ast.JoinedStr(values=values):
            pieces = [text(v.value if isinstance(v, ast.FormattedValue) else v, names, depth) for v in values]
            return None if None in pieces else "".join(p for p in pieces if p is not None)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(template)), attr="format"), args=[argument]):
            return _filled(template, "{}", text(argument, names, depth))
        case _:
            return None


def _filled(template: str, hole: str, filling: str | None) -> str | None:
    if filling is None or len(template) + template.count(hole) * len(filling) > _LONGEST:
        return None
    return template.replace(hole, filling)


def texts(node: ast.expr | None, names: Mapping[str, str]) -> tuple[str, ...]:
    """The texts that are known of a list; one text is a list of itself."""
    elements = node.elts if isinstance(node, ast.List | ast.Tuple) else [node]
    return tuple(known for element in elements if (known := text(element, names)) is not None)


def pairs(node: ast.expr | None, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The entries of a dictionary whose key and value are known texts."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            name, worth = text(key, names), text(value, names)
            if name and worth is not None:
                yield name, worth
