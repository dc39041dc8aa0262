"""What is done after a failure: whether it is for whatever failed, and whether anything bounds how often."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flowmap.linker.tables import CallSite, enclosing
from flowmap.model import expression as ir
from flowmap.model.summary import Scope

EVERYTHING = {"Exception", "BaseException"}


def may_fail_again(scope: Scope, site: CallSite, unless: str) -> bool:
    """Whether a call stands where anything at all is caught, in a function none of whose conditions has a name like `unless`."""
    caught = next((scope.blocks[b] for b in enclosing(scope.blocks, site.block) if scope.blocks[b].kind == "except"), None)
    if caught is None or not (caught.test is None or EVERYTHING & set(names_in(caught.test))):
        return False
    tests = (b.test for b in scope.blocks if b.test is not None and b.kind in {"if", "while", "case"})
    return not any(re.search(unless, name) for test in tests for name in names_in(test))


def names_in(node: ir.Expression) -> Iterator[str]:
    """The names, attributes and texts of an expression."""
    match node:
        case ir.Name(id=name) | ir.Attribute(attr=name):
            yield name
        case ir.Constant(value=str() as text):
            yield text
    for child in ir.children(node):
        yield from names_in(child)
