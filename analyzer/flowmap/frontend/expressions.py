"""libcst expressions to model expressions, one handler per node type; what has no handler becomes `Opaque`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import libcst as cst

from flowmap.model import expression as ir

MAX_TEXT = 8_000
"""Characters of a literal that are kept; a longer one is no name of anything."""
MAX_ELEMENTS = 2_000
"""Entries of a display that are kept; beyond it lies data, not configuration."""


class Context(Protocol):
    """What the handlers need of the module walk: positions, and scopes for lambdas."""

    def span(self, node: cst.CSTNode) -> ir.Span: ...

    def add_lambda(self, node: cst.Lambda) -> int: ...


def convert(node: cst.BaseExpression, context: Context) -> ir.Expression:
    """The model of `node`; total."""
    handler = HANDLERS.get(type(node))
    return handler(node, context) if handler else ir.Opaque(type(node).__name__)


def text_constant(value: str | bytes) -> ir.Expression:
    """A literal text; bytes are read as Latin-1, lone surrogates are replaced, over-long text is not kept."""
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    if len(text) > MAX_TEXT:
        return ir.Opaque(f"a text of {len(text)} characters")
    return ir.Constant(text.encode("utf-8", "replace").decode("utf-8"))


def _name(node: cst.Name, _: Context) -> ir.Expression:
    keyword = {"True": True, "False": False, "None": None}
    return ir.Constant(keyword[node.value]) if node.value in keyword else ir.Name(node.value)


def _attribute(node: cst.Attribute, context: Context) -> ir.Expression:
    return ir.Attribute(convert(node.value, context), node.attr.value)


def arguments(args: tuple[cst.Arg, ...] | list[cst.Arg], context: Context) -> tuple[ir.Argument, ...]:
    """Call arguments and class bases, in order."""
    return tuple(ir.Argument(convert(a.value, context), a.keyword.value if a.keyword else None, len(a.star)) for a in args)


def _call(node: cst.Call, context: Context) -> ir.Expression:
    return ir.Call(convert(node.func, context), arguments(list(node.args), context), context.span(node))


def _string(node: cst.SimpleString | cst.ConcatenatedString, context: Context) -> ir.Expression:
    if isinstance(node, cst.ConcatenatedString):
        left, right = convert(node.left, context), convert(node.right, context)
        parts = tuple(p for side in (left, right) for p in (side.parts if isinstance(side, ir.Joined) else (side,)))
        if all(isinstance(p, ir.Constant) for p in parts):
            return text_constant("".join(str(p.value) for p in parts if isinstance(p, ir.Constant)))
        return ir.Joined(parts)
    try:
        return text_constant(node.evaluated_value)
    except (ValueError, SyntaxError):
        return ir.Opaque("a malformed literal")


def _formatted(node: cst.FormattedString, context: Context) -> ir.Expression:
    raw = "r" in node.prefix.lower()
    parts: list[ir.Expression] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            text = part.value.replace("{{", "{").replace("}}", "}")
            parts.append(text_constant(text if raw or "\\" not in text else _unescape(text)))
        elif isinstance(part, cst.FormattedStringExpression):
            parts.append(_field(part, context))
    return ir.Joined(tuple(parts))


def _field(node: cst.FormattedStringExpression, context: Context) -> ir.Expression:
    """A value in an f-string; one that is not written as `str` writes it is the left side of an operation (`:`, `!r`, `=`)."""
    value = convert(node.expression, context)
    spec = _formatted(cst.FormattedString(node.format_spec or ()), context)
    plain = spec in (ir.Joined(()), ir.Joined((ir.Constant("s"),)), ir.Joined((ir.Constant("d"),)))
    if plain and node.conversion in (None, "s") and node.equal is None:
        return value
    operator = "=" if node.equal is not None else f"!{node.conversion}" if node.conversion else ":"
    return ir.Binary(value, operator, spec)


def _unescape(text: str) -> str:
    return text.encode("latin-1", "backslashreplace").decode("unicode_escape", "replace")


def _number(node: cst.Integer | cst.Float, _: Context) -> ir.Expression:
    try:
        value = node.evaluated_value
    except ValueError:
        return ir.Opaque("a malformed number")
    return ir.Constant(value) if abs(value) < 2**63 else ir.Opaque("a large number")


def _unary(node: cst.UnaryOperation, context: Context) -> ir.Expression:
    operand = convert(node.expression, context)
    if isinstance(node.operator, cst.Not):
        return ir.Negation(operand)
    if isinstance(node.operator, cst.Minus) and isinstance(operand, ir.Constant) and isinstance(operand.value, int | float):
        return ir.Constant(-operand.value)
    return ir.Opaque("arithmetic")


def operator_text(operator: cst.CSTNode) -> str:
    """The operator as written; `not in` and `is not` with one blank."""
    spelled: dict[type[cst.CSTNode], str] = {cst.NotIn: "not in", cst.IsNot: "is not", cst.NotEqual: "!="}
    token = getattr(operator, "_get_token", None)
    return spelled.get(type(operator)) or (token() if token else type(operator).__name__.lower())


def _binary(node: cst.BinaryOperation, context: Context) -> ir.Expression:
    return ir.Binary(convert(node.left, context), operator_text(node.operator), convert(node.right, context))


def _boolean(node: cst.BooleanOperation, context: Context) -> ir.Expression:
    operator = "or" if isinstance(node.operator, cst.Or) else "and"
    left, right = convert(node.left, context), convert(node.right, context)
    operands = left.operands if isinstance(left, ir.Choice) and left.operator == operator else (left,)
    return ir.Choice(operator, (*operands, right))


def _comparison(node: cst.Comparison, context: Context) -> ir.Expression:
    left = convert(node.left, context)
    links: list[ir.Expression] = []
    for target in node.comparisons:
        right = convert(target.comparator, context)
        links.append(ir.Compare(left, operator_text(target.operator), right))
        left = right
    return links[0] if len(links) == 1 else ir.Choice("and", tuple(links))


def _conditional(node: cst.IfExp, context: Context) -> ir.Expression:
    return ir.Conditional(convert(node.test, context), convert(node.body, context), convert(node.orelse, context))


def _dict(node: cst.Dict, context: Context) -> ir.Expression:
    items: list[ir.Item] = []
    for element in node.elements[:MAX_ELEMENTS]:
        line = context.span(element).line
        if isinstance(element, cst.DictElement):
            items.append(ir.Item(convert(element.key, context), convert(element.value, context), line))
        else:
            items.append(ir.Item(None, convert(element.value, context), line))
    return ir.Mapping(tuple(items), context.span(node))


def _sequence(node: cst.List | cst.Tuple | cst.Set, context: Context) -> ir.Expression:
    elements = (
        ir.Starred(convert(e.value, context)) if isinstance(e, cst.StarredElement) else _element(e.value, context)
        for e in node.elements[:MAX_ELEMENTS]
    )
    return ir.Sequence(type(node).__name__.lower(), tuple(elements))


def _element(node: cst.BaseExpression, context: Context) -> ir.Expression:
    found = convert(node, context)
    return ir.Sequence(found.kind, found.elements, context.span(node)) if isinstance(found, ir.Sequence) else found


def _subscript(node: cst.Subscript, context: Context) -> ir.Expression:
    indices = tuple(_slice(e.slice, context) for e in node.slice)
    return ir.Subscript(convert(node.value, context), indices[0] if len(indices) == 1 else ir.Sequence("tuple", indices))


def _slice(node: cst.BaseSlice, context: Context) -> ir.Expression:
    if isinstance(node, cst.Index):
        return convert(node.value, context)
    if isinstance(node, cst.Slice):
        lower, upper, step = (convert(part, context) if part else None for part in (node.lower, node.upper, node.step))
        return ir.Slice(lower if step is None else ir.Binary(lower or ir.Constant(None), "::", step), upper)
    return ir.Opaque("a slice")


def _lambda(node: cst.Lambda, context: Context) -> ir.Expression:
    return ir.Lambda(context.add_lambda(node))


def _clauses(node: cst.CompFor | None, context: Context) -> tuple[ir.Clause, ...]:
    clauses: list[ir.Clause] = []
    while node is not None:
        conditions = tuple(convert(c.test, context) for c in node.ifs)
        clauses.append(ir.Clause(convert(node.target, context), convert(node.iter, context), conditions))
        node = node.inner_for_in
    return tuple(clauses)


def _comprehension(node: cst.ListComp | cst.SetComp | cst.GeneratorExp, context: Context) -> ir.Expression:
    kind = {cst.ListComp: "list", cst.SetComp: "set", cst.GeneratorExp: "generator"}[type(node)]
    return ir.Comprehension(kind, convert(node.elt, context), None, _clauses(node.for_in, context))


def _dict_comprehension(node: cst.DictComp, context: Context) -> ir.Expression:
    return ir.Comprehension("dict", convert(node.key, context), convert(node.value, context), _clauses(node.for_in, context))


def _await(node: cst.Await, context: Context) -> ir.Expression:
    return ir.Await(convert(node.expression, context))


def _yield(node: cst.Yield, context: Context) -> ir.Expression:
    if node.value is None:
        return ir.Yield(ir.Constant(None))
    if isinstance(node.value, cst.From):
        return ir.Yield(convert(node.value.item, context), delegated=True)
    return ir.Yield(convert(node.value, context))


def _walrus(node: cst.NamedExpr, context: Context) -> ir.Expression:
    value = convert(node.value, context)
    return ir.Walrus(node.target.value, value) if isinstance(node.target, cst.Name) else value


def _starred(node: cst.StarredElement, context: Context) -> ir.Expression:
    return ir.Starred(convert(node.value, context))


def _ellipsis(_: cst.Ellipsis, __: Context) -> ir.Expression:
    return ir.Constant(None)


# A handler takes the one node type it stands under; a mapping cannot say so, hence Any.
HANDLERS: Mapping[type[cst.CSTNode], Callable[[Any, Context], ir.Expression]] = {
    cst.Name: _name,
    cst.Attribute: _attribute,
    cst.Call: _call,
    cst.SimpleString: _string,
    cst.ConcatenatedString: _string,
    cst.FormattedString: _formatted,
    cst.Integer: _number,
    cst.Float: _number,
    cst.UnaryOperation: _unary,
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.Dict: _dict,
    cst.List: _sequence,
    cst.Tuple: _sequence,
    cst.Set: _sequence,
    cst.Subscript: _subscript,
    cst.Lambda: _lambda,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.DictComp: _dict_comprehension,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.NamedExpr: _walrus,
    cst.StarredElement: _starred,
    cst.Ellipsis: _ellipsis,
}
