"""`match` patterns as the comparisons that a reader would write in their place."""

from __future__ import annotations

import libcst as cst

from flowmap.frontend.expressions import Context, convert
from flowmap.model import expression as ir

_MORE = ir.Opaque("what else a pattern asks for")


def case_test(subject: ir.Expression, case: cst.MatchCase, context: Context) -> ir.Expression | None:
    """What a `case` with its guard asks; None where it always fits or says nothing about a name."""
    test = _pattern_test(subject, case.pattern, context)
    if case.guard is None:
        return test
    guard = convert(case.guard, context)
    return guard if test is None and _always(case.pattern) else _all(test or _MORE, guard)


def _always(pattern: cst.MatchPattern) -> bool:
    """Whether everything fits: `_` or a bare name."""
    return isinstance(pattern, cst.MatchAs) and pattern.pattern is None


def _all(*tests: ir.Expression) -> ir.Expression:
    return ir.Choice("and", tests) if len(tests) > 1 else tests[0]


def _pattern_test(subject: ir.Expression, pattern: cst.MatchPattern, context: Context) -> ir.Expression | None:
    match pattern:
        case cst.MatchValue(value=value):
            return ir.Compare(subject, "==", convert(value, context))
        case cst.MatchOr(patterns=patterns):
            tests = [_pattern_test(subject, p.pattern, context) for p in patterns]
            return ir.Choice("or", tuple(t or _MORE for t in tests)) if any(tests) else None
        case cst.MatchClass(cls=cls):
            kind = convert(cls, context)
            test = ir.Call(ir.Name("isinstance"), (ir.Argument(subject), ir.Argument(kind)), context.span(pattern))
            return _all(test, _MORE) if pattern.patterns or pattern.kwds else test
        case cst.MatchAs(pattern=inner) if inner is not None:
            return _pattern_test(subject, inner, context)
        case cst.MatchMapping(elements=elements):
            entries = [(ir.Subscript(subject, convert(e.key, context)), e.pattern) for e in elements]
            found = [_pattern_test(entry, inner, context) for entry, inner in entries]
            return _all(*(t for t in found if t is not None), _MORE) if any(found) else None
        case _:
            return None
