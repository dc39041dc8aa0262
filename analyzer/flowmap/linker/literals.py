"""Whether the answer to a reference stands at the site itself, as a literal: what makes a finding certain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject, argument
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def is_literal(view: View, ref: api.Ref | None, subject: Subject) -> bool:
    """Whether a reference is answered by a literal that stands at the site itself."""
    match ref:
        case api.Const() | api.FunctionName() | api.FunctionPath() | api.MethodName():
            return True
        case api.Argument():
            found = argument(view, subject.arguments, ref.index, ref.name)
            return found is not None and _is_constant(found.expression)
        case api.AllArguments():
            return all(_is_constant(a.value.expression) for a in subject.arguments if a.keyword is None)
        case api.Each(of=inner) | api.Keys(of=inner) | api.Tail(of=inner) | api.Host(of=inner):
            return is_literal(view, inner, subject)
        case api.FirstOf(refs=refs):
            first = next((r for r in refs if ask(view, r, subject)), None)
            return is_literal(view, first, subject)
        case _:
            return False


def _is_constant(node: ir.Expression | None) -> bool:
    match node:
        case ir.Constant():
            return True
        case ir.Sequence(elements=elements):
            return all(_is_constant(e) for e in elements)
        case ir.Mapping(items=items):
            return all(_is_constant(i.key) for i in items)
        case _:
            return False
