"""The bounded abstract evaluation of expressions: what can this be worth, at this place?

One dispatch, a memo, a guard against cycles. The meaning of names, attributes and calls lives in the modules beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from flowmap.linker import calls, collections, conditions, formats, iterables, loops, names, providers, slices
from flowmap.linker.attributes import attribute_of
from flowmap.linker.classes import super_attribute
from flowmap.linker.making import deferred
from flowmap.linker.terms import Deferred, Elements, Entries, Function, Literal, Made, Place, Template, Term, Unknown, Unset, Value
from flowmap.linker.texts import bounded, concatenate, join_paths
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import filled
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

LARGEST = 1e9
"""Factors up to which numbers are multiplied."""


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
    owners = view.values(node.value, place)
    return bounded(t for o in owners for t in providers.beside(view, o, node, place) or attribute_of(view, o, node.attr))


def _joined(view: View, node: ir.Joined, place: Place) -> Value:
    return concatenate([formats.write(view, view.values(p, place)) for p in node.parts])


def _binary(view: View, node: ir.Binary, place: Place) -> Value:
    left = view.values(node.left, place)
    right = view.values(node.right, place)
    match node.operator:
        case "+":
            return _plus(view, left, right)
        case "%":
            return bounded(t for pattern in left for t in _percent(view, pattern, node.right, right, place))
        case "/" if not all(_is_number(t) for t in right):
            return join_paths([view.texts(left), view.texts(right)])
        case "|":
            return collections.merged(left, right)
        case "&" if any(isinstance(t, Made) for t in (*left, *right)):  # a library's objects, of which it keeps both
            return bounded((*left, *right))
        case "*":
            return bounded(_times(one, other) for one in left for other in right)
        case ":" | "!r" | "!s" | "!a" as conversion:
            spec = view.text(right)
            return formats.write(view, left, conversion[1:], spec) if spec is not None else (Unknown("a formatted value"),)
        case _:
            return (Unknown("arithmetic"),)


def _is_number(term: Term) -> bool:
    return isinstance(term, Literal) and isinstance(term.value, int | float)


def _times(left: Term, right: Term) -> Term:
    numbers = [t.value for t in (left, right) if isinstance(t, Literal) and isinstance(t.value, int | float)]
    factors = [n for n in numbers if abs(n) < LARGEST]
    if len(factors) == 2:
        return Literal(factors[0] * factors[1])
    if isinstance(left, Elements):
        return left
    if isinstance(left, Literal) and isinstance(left.value, str) and isinstance(right, Literal) and isinstance(right.value, int):
        return Literal(left.value * right.value) if len(left.value) * right.value <= formats.WIDEST else Unknown("a long text")
    return Unknown("arithmetic")


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
    if isinstance(node, ir.Sequence) and node.kind == "tuple":
        positional = [view.values(e, place) for e in node.elements]
    else:
        positional = formats.percent_arguments(view, pattern.value, right)
    named = partial(_entry, view, right)
    return formats.format_percent(pattern.value, positional, named, partial(formats.write, view))


def _entry(view: View, owners: Value, name: str) -> Value:
    return collections.item(view, owners, (Literal(name),))


def _choice(view: View, node: ir.Choice, place: Place) -> Value:
    """`or` gives the first operand that is true, `and` the first that is false; an operand of which nobody can tell goes on."""
    ends = node.operator == "or"
    found: list[Term] = []
    for operand in node.operands:
        last = operand is node.operands[-1]
        value = view.values(operand, place)
        value = filled(value) if ends and not last else value
        truths = [False if ends and isinstance(t, Unset) else conditions.truth(t) for t in value]
        found += [t for t, known in zip(value, truths, strict=True) if last or known is ends or (ends and known is None)]
        if value and all(known is ends for known in truths):
            break
    return bounded(found)


def _conditional(view: View, node: ir.Conditional, place: Place) -> Value:
    test = conditions.condition(view, node.test, place)
    if test is not None:
        return view.values(node.then if test else node.orelse, place)
    return bounded(filled((*view.values(node.then, place), *view.values(node.orelse, place))))


def _compare(view: View, node: ir.Compare, place: Place) -> Value:
    known = conditions.compare(view, node, place)
    return (Literal(known),) if known is not None else (Unknown("a comparison"),)


def _negation(view: View, node: ir.Negation, place: Place) -> Value:
    known = conditions.condition(view, node.operand, place)
    return (Literal(not known),) if known is not None else (Unknown("a comparison"),)


def _mapping(view: View, node: ir.Mapping, place: Place) -> Value:
    items: list[tuple[Deferred | None, Deferred]] = []
    more = False
    for item in node.items:
        if item.key is not None:
            items.append((deferred(item.key, place), deferred(item.value, place)))
            continue
        for term in view.values(item.value, place):
            known = collections.mapping(view, term)
            items += known.items if known is not None else ()
            more = more or known is None or known.open
    return (Entries(tuple(items), more),)


def _sequence(view: View, node: ir.Sequence, place: Place) -> Value:
    written: list[tuple[Term, Elements | None]] = []
    for element in node.elements:
        if isinstance(element, ir.Starred):
            written += ((term, collections.elements(view, term)) for term in view.values(element.value, place))
        else:
            one = Elements((deferred(element, place),))
            written.append((one, one))
    found = collections.gathered(written)
    return (iterables.as_set(view, found) if node.kind == "set" else found,)


def _subscript(view: View, node: ir.Subscript, place: Place) -> Value:
    owner = view.values(node.value, place)
    if isinstance(node.index, ir.Slice):
        return bounded(t for o in owner for t in slices.sliced(view, o, node.index, place))
    return collections.item(view, owner, view.values(node.index, place))


def _lambda(_: View, node: ir.Lambda, place: Place) -> Value:
    return (Function(ScopeRef(place.scope.path, node.scope), place.frame),)


def _comprehension(view: View, node: ir.Comprehension, place: Place) -> Value:
    met = loops.iterations(view, place, node.clauses)
    if met is None:
        fixed = Place(place.frame, place.scope, place.position, loops.loose(view, place, node.clauses))
        met = loops.Met([fixed], more=True)
    if node.kind == "dict" and node.value is not None:
        return (Entries(tuple((deferred(node.element, p), deferred(node.value, p)) for p in met.places), met.more),)
    found = Elements(tuple(deferred(node.element, p) for p in met.places), met.more, met.ordered)
    return (iterables.as_set(view, found) if node.kind == "set" else found,)


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
