"""`match` patterns as the comparisons that a reader would write in their place."""

from __future__ import annotations

import libcst as cst

from flowmap.frontend.expressions import Context, convert
from flowmap.model import expression as ir


def pattern_test(subject: ir.Expression, pattern: cst.MatchPattern, context: Context) -> ir.Expression | None:
    """`case` as the comparison a reader would write; None where it always fits or says nothing about a name."""
    if isinstance(pattern, cst.MatchValue):
        return ir.Compare(subject, "==", convert(pattern.value, context))
    if isinstance(pattern, cst.MatchOr):
        tests = tuple(t for p in pattern.patterns if (t := pattern_test(subject, p.pattern, context)) is not None)
        return ir.Choice("or", tests) if tests else None
    if isinstance(pattern, cst.MatchClass):
        callee = ir.Name("isinstance")
        kind = convert(pattern.cls, context)
        return ir.Call(callee, (ir.Argument(subject), ir.Argument(kind)), context.span(pattern))
    if isinstance(pattern, cst.MatchAs) and pattern.pattern is not None:
        return pattern_test(subject, pattern.pattern, context)
    return None
