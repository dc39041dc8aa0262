"""What is decided before the program runs: truth values and comparisons of known values. None is "cannot tell"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import arguments, collections
from flowmap.linker.terms import (
    Class,
    Element,
    Elements,
    Entries,
    EnumMember,
    Function,
    Instance,
    Literal,
    Place,
    Symbol,
    Template,
    Term,
    Unset,
    Value,
)
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def truth(term: Term) -> bool | None:
    """`bool(term)`."""
    match term:
        case Literal(value=value):
            return bool(value)
        case Entries(items=items, open=more) | Elements(items=items, open=more):
            return None if more else bool(items)
        case Template(parts=parts):
            return True if any(isinstance(p, str) for p in parts) else None
        case Function() | Class():
            return True
        case _:
            return None


def decided(value: Value) -> bool | None:
    """The truth on which all alternatives agree."""
    found = {truth(t) for t in value}
    return found.pop() if len(found) == 1 else None


def condition(view: View, node: ir.Expression, place: Place) -> bool | None:
    """The truth of an expression."""
    return decided(view.values(node, place))


def compare(view: View, node: ir.Compare, place: Place) -> bool | None:
    """`left operator right`, the same for all alternatives."""
    left, right = view.values(node.left, place), view.values(node.right, place)
    if node.operator in {"is", "is not"} and any(_may_be_none(view, n, place) for n in (node.left, node.right)):
        return None
    found = {_compared(view, node.operator, one, other) for one in left for other in right}
    return found.pop() if len(found) == 1 else None


def closed(view: View, node: ir.Expression, place: Place) -> bool | None:
    """The truth of an expression with parameters as all callers give them, and what starts the program."""
    match node:
        case ir.Compare(operator=sign, left=left, right=right) if sign not in {"is", "is not"}:
            sides = [view.close(view.values(side, place)) for side in (left, right)]
            found = {_compared(view, sign, one, other) for one in sides[0] for other in sides[1]}
            return found.pop() if len(found) == 1 else None
        case ir.Negation(operand=inner):
            result = closed(view, inner, place)
            return None if result is None else not result
        case _:
            return decided(view.close(view.values(node, place)))


def _may_be_none(view: View, node: ir.Expression, place: Place) -> bool:
    """Whether a None among the alternatives may have been left out, as the placeholder of a name or an attribute."""
    if isinstance(node, ir.Attribute):
        value = view.values(node, place)
        return not (all(isinstance(t, EnumMember) for t in value) or all(isinstance(t, Literal) and t.value is None for t in value))
    if not isinstance(node, ir.Name):
        return False
    unit = view.unit(place.scope.path)
    bindings = [
        b for i in (place.scope.index, 0) for b in (*unit.table(i).names.get(node.id, ()), *unit.late.get((i, node.id), ()))
    ]
    nothing = [b for b in bindings if isinstance(b.value, ir.Constant) and b.value.value is None]
    return bool(nothing) and len(bindings) > len(nothing)


def _compared(view: View, sign: str, left: Term, right: Term) -> bool | None:
    if sign in {"!=", "is not", "not in"}:
        same = _compared(view, {"!=": "==", "is not": "is", "not in": "in"}[sign], left, right)
        return None if same is None else not same
    if sign == "==":
        return _equal(view, left, right)
    if sign == "is":
        return _identical(view, left, right)
    if sign == "in":
        return _contains(view, left, right)
    return _ordered(sign, left, right)


def _ordered(sign: str, left: Term, right: Term) -> bool | None:
    if not isinstance(left, Literal) or not isinstance(right, Literal):
        return None
    one, other = left.value, right.value
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return None
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}.get(sign)


def _equal(view: View, left: Term, right: Term) -> bool | None:
    if isinstance(left, EnumMember) and isinstance(right, EnumMember) and left.scope == right.scope:
        return left.name == right.name
    one, other = collections.plain(view, left), collections.plain(view, right)
    if one is None or other is None or not all(isinstance(t, Literal) or view.is_text_enum(t) for t in _members(left, right)):
        return None
    return one == other


def _members(*terms: Term) -> list[Literal | EnumMember]:
    return [t for t in terms if isinstance(t, Literal | EnumMember)]


def _identical(view: View, left: Term, right: Term) -> bool | None:
    if not _is_something(left) or not _is_something(right):
        return None
    nothing = [isinstance(t, Literal) and t.value is None for t in (left, right)]
    if any(nothing):
        return all(nothing)
    if isinstance(left, EnumMember) or (isinstance(left, Literal) and isinstance(left.value, bool)):
        return _equal(view, left, right)
    return None


def _is_something(term: Term) -> bool:
    """Whether it is known of a term that it is None, or that it is not: an object that an annotation promises may be either."""
    known = isinstance(term, Literal | EnumMember | Elements | Entries | Class | Function | Template)
    return known or (isinstance(term, Instance) and term.creation is not None)


def _contains(view: View, left: Term, right: Term) -> bool | None:
    if isinstance(right, Literal):
        both = isinstance(left, Literal) and isinstance(left.value, str) and isinstance(right.value, str)
        return str(left.value) in str(right.value) if both and isinstance(left, Literal) else None
    known = arguments.words(view) if right == Symbol("sys.argv") else collections.elements(view, right)
    if known is None:
        return _in_environment(view, left, right)
    found = [_equal(view, left, t) and (None if item.perhaps else True) for item in known.items for t in view.force(item)]
    if True in found:
        return True
    return None if None in found or known.open else False


def _in_environment(view: View, left: Term, right: Term) -> bool | None:
    """`"NAME" in os.environ`."""
    if not isinstance(left, Literal) or not isinstance(left.value, str):
        return None
    value = view.environment_read(Element(right, left.value))
    return not isinstance(value[0], Unset) if len(value) == 1 else None
