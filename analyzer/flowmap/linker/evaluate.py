"""The bounded abstract evaluation of expressions: what can this be worth, at this place?

One dispatch, a memo, a guard against cycles. The meaning of names, attributes and calls lives in the modules beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flowmap.linker import calls, collections, names
from flowmap.linker.attributes import attribute_of
from flowmap.linker.classes import super_attribute
from flowmap.linker.making import deferred
from flowmap.linker.terms import Deferred, Elements, Entries, Function, Literal, Place, Template, Term, Unknown, Unset, Value
from flowmap.linker.texts import bounded, concatenate, format_percent, join_paths
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View


def evaluate(view: View, node: ir.Expression, place: Place) -> Value:
    """All terms that `node` can be worth at `place`. Use `View.values`, which remembers."""
    return HANDLERS[type(node)](view, node, place)


def _constant(_: View, node: ir.Constant, __: Place) -> Value:
    return (Literal(node.value),)


def _name(view: View, node: ir.Name, place: Place) -> Value:
    return names.lookup(view, node.id, place)


def _attribute(view: View, node: ir.Attribute, place: Place) -> Value:
    if names.is_super(node.value):
        return super_attribute(view, node.attr, place)
    return bounded(t for owner in view.values(node.value, place) for t in attribute_of(view, owner, node.attr))


def _joined(view: View, node: ir.Joined, place: Place) -> Value:
    return concatenate([view.texts(view.values(p, place)) for p in node.parts])


def _binary(view: View, node: ir.Binary, place: Place) -> Value:
    left = view.values(node.left, place)
    right = view.values(node.right, place)
    if node.operator == "+":
        return _plus(view, left, right)
    if node.operator == "%":
        return bounded(t for pattern in left for t in _percent(view, pattern, node.right, right, place))
    if node.operator == "/":
        return join_paths([view.texts(left), view.texts(right)])
    if node.operator == "|":
        return collections.merged(left, right)
    if node.operator == "*":
        return left if any(isinstance(t, Elements) for t in left) else (Unknown("arithmetic"),)
    return (Unknown("arithmetic"),)


def _plus(view: View, left: Value, right: Value) -> Value:
    if any(isinstance(t, Elements) for t in (*left, *right)):
        return collections.joined(left, right)
    numbers = [t.value for t in (*left, *right) if isinstance(t, Literal) and isinstance(t.value, int | float)]
    if len(left) == len(right) == 1 and len(numbers) == 2:
        return (Literal(numbers[0] + numbers[1]),)
    return concatenate([view.texts(left), view.texts(right)])


def _percent(view: View, pattern: Term, node: ir.Expression, right: Value, place: Place) -> Value:
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        return (Unknown("a computed format"),) if not isinstance(pattern, Template) else (pattern,)
    if isinstance(node, ir.Sequence):
        positional: Sequence[Value] = [view.texts(view.values(e, place)) for e in node.elements]
    else:
        positional = [view.texts(right)]
    return format_percent(pattern.value, positional, lambda name: collections.item(view, right, (Literal(name),)))


def _choice(view: View, node: ir.Choice, place: Place) -> Value:
    if node.operator == "and":
        return view.values(node.operands[-1], place)
    found: list[Term] = []
    for operand in node.operands:
        value = view.values(operand, place)
        last = operand is node.operands[-1]
        found += [t for t in value if last or not _falsy(t)]
        if value and all(isinstance(t, Literal) and t.value for t in value):
            break
    return bounded(found)


def _falsy(term: Term) -> bool:
    return isinstance(term, Unset) or (isinstance(term, Literal) and not term.value)


def _conditional(view: View, node: ir.Conditional, place: Place) -> Value:
    test = view.values(node.test, place)
    if len(test) == 1 and isinstance(test[0], Literal):
        return view.values(node.then if test[0].value else node.orelse, place)
    return bounded((*view.values(node.then, place), *view.values(node.orelse, place)))


def _compare(view: View, node: ir.Compare, place: Place) -> Value:
    if node.operator in {"==", "!="}:
        left, right = view.values(node.left, place), view.values(node.right, place)
        if len(left) == len(right) == 1 and isinstance(left[0], Literal) and isinstance(right[0], Literal):
            return (Literal((left[0] == right[0]) is (node.operator == "==")),)
    return (Unknown("a comparison"),)


def _negation(view: View, node: ir.Negation, place: Place) -> Value:
    value = view.values(node.operand, place)
    if len(value) == 1 and isinstance(value[0], Literal):
        return (Literal(not value[0].value),)
    return (Unknown("a comparison"),)


def _mapping(view: View, node: ir.Mapping, place: Place) -> Value:
    items: list[tuple[Deferred | None, Deferred]] = []
    more = False
    for item in node.items:
        if item.key is not None:
            items.append((deferred(item.key, place), deferred(item.value, place)))
            continue
        for term in view.values(item.value, place):
            items += term.items if isinstance(term, Entries) else ()
            more = more or not isinstance(term, Entries) or term.open
    return (Entries(tuple(items), more),)


def _sequence(view: View, node: ir.Sequence, place: Place) -> Value:
    items: list[Deferred] = []
    more = False
    for element in node.elements:
        if not isinstance(element, ir.Starred):
            items.append(deferred(element, place))
            continue
        for term in view.values(element.value, place):
            spread = collections.elements(view, term)
            items += spread.items if spread else ()
            more = more or spread is None or spread.open
    return (Elements(tuple(items), more),)


def _subscript(view: View, node: ir.Subscript, place: Place) -> Value:
    owner = view.values(node.value, place)
    if isinstance(node.index, ir.Slice):
        return bounded(t for o in owner for t in collections.sliced(view, o, node.index, place))
    return collections.item(view, owner, view.values(node.index, place))


def _lambda(_: View, node: ir.Lambda, place: Place) -> Value:
    return (Function(ScopeRef(place.scope.path, node.scope), place.frame),)


def _comprehension(view: View, node: ir.Comprehension, place: Place) -> Value:
    places = collections.iterations(view, place, node.clauses)
    if places is None:
        fixed = Place(place.frame, place.scope, place.position, collections.loose(view, place, node.clauses))
        places, more = [fixed], True
    else:
        more = False
    if node.kind == "dict" and node.value is not None:
        return (Entries(tuple((deferred(node.element, p), deferred(node.value, p)) for p in places), more),)
    return (Elements(tuple(deferred(node.element, p) for p in places), more),)


def _transparent(view: View, node: ir.Await | ir.Walrus | ir.Starred, place: Place) -> Value:
    return view.values(node.value, place)


def _yield(_: View, __: ir.Yield, ___: Place) -> Value:
    return (Unknown("what a generator is sent"),)


def _opaque(_: View, node: ir.Opaque, __: Place) -> Value:
    return (Unknown(node.reason),)


def _slice(_: View, __: ir.Slice, ___: Place) -> Value:
    return (Unknown("a slice"),)


# A handler takes the one node type it stands under; a mapping cannot say so, hence Any.
HANDLERS: Mapping[type[ir.Expression], Callable[[View, Any, Place], Value]] = {
    ir.Constant: _constant,
    ir.Name: _name,
    ir.Attribute: _attribute,
    ir.Call: calls.call,
    ir.Joined: _joined,
    ir.Binary: _binary,
    ir.Choice: _choice,
    ir.Compare: _compare,
    ir.Negation: _negation,
    ir.Conditional: _conditional,
    ir.Mapping: _mapping,
    ir.Sequence: _sequence,
    ir.Starred: _transparent,
    ir.Subscript: _subscript,
    ir.Slice: _slice,
    ir.Lambda: _lambda,
    ir.Comprehension: _comprehension,
    ir.Await: _transparent,
    ir.Yield: _yield,
    ir.Walrus: _transparent,
    ir.Opaque: _opaque,
}
