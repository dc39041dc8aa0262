"""Expressions of the scanned code, as written: a closed union that mirrors the source and resolves nothing.

They cross the process and cache border, hence msgspec structs: compact arrays, tagged, cheap to build and to decode.
Equality is by value; the linker uses identity where it needs a key.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Node(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """Base of all nodes: immutable, tagged with the class name."""


class Span(msgspec.Struct, frozen=True, array_like=True):
    """Lines from 1, column from 1."""

    line: int
    end_line: int
    column: int


class Constant(Node, frozen=True, tag="k"):
    """A literal: text (adjacent literals joined, bytes decoded), number, truth value or None. `...` is None too."""

    value: str | int | float | bool | None


class Name(Node, frozen=True, tag="n"):
    """A bare identifier."""

    id: str


class Attribute(Node, frozen=True, tag="a"):
    """`value.attr`."""

    value: Expression
    attr: str


class Argument(msgspec.Struct, frozen=True, array_like=True):
    """One argument of a call: `stars` is 1 for `*x`, 2 for `**x`, else 0."""

    value: Expression
    keyword: str | None = None
    stars: int = 0


class Call(Node, frozen=True, tag="c"):
    """`callee(arguments)`."""

    callee: Expression
    arguments: tuple[Argument, ...]
    span: Span


class Joined(Node, frozen=True, tag="f"):
    """An f-string: its texts and the expressions in between, in order. A value that is formatted otherwise than by `str` is
    an operation: `value : spec`, `value !r spec`, `value = spec`."""

    parts: tuple[Expression, ...]


class Binary(Node, frozen=True, tag="b"):
    """`left operator right`, operator as written (`+`, `%`, `|`, ...)."""

    left: Expression
    operator: str
    right: Expression


class Choice(Node, frozen=True, tag="o"):
    """`a or b`, `a and b`: operator and operands, left to right."""

    operator: str
    operands: tuple[Expression, ...]


class Compare(Node, frozen=True, tag="q"):
    """`left operator right`; a chained comparison is an `and` of these."""

    left: Expression
    operator: str
    right: Expression


class Negation(Node, frozen=True, tag="!"):
    """`not operand`."""

    operand: Expression


class Conditional(Node, frozen=True, tag="?"):
    """`then if test else orelse`."""

    test: Expression
    then: Expression
    orelse: Expression


class Item(msgspec.Struct, frozen=True, array_like=True):
    """One entry of a mapping display; a `**spread` has no key."""

    key: Expression | None
    value: Expression
    line: int = 0


class Mapping(Node, frozen=True, tag="m"):
    """A dict display."""

    items: tuple[Item, ...]
    span: Span


class Sequence(Node, frozen=True, tag="s"):
    """A list, tuple or set display. One that stands in another, as its row, knows where."""

    kind: str
    elements: tuple[Expression, ...]
    span: Span | None = None


class Starred(Node, frozen=True, tag="*"):
    """`*value` inside a display or a target."""

    value: Expression


class Subscript(Node, frozen=True, tag="i"):
    """`value[index]`; a slice is a `Slice`."""

    value: Expression
    index: Expression


class Slice(Node, frozen=True, tag=":"):
    """`lower:upper`; with a step, `lower` is the operation `lower :: step`."""

    lower: Expression | None
    upper: Expression | None


class Lambda(Node, frozen=True, tag="l"):
    """An anonymous function; `scope` indexes the module's scopes."""

    scope: int


class Clause(msgspec.Struct, frozen=True, array_like=True):
    """`for target in iterable if conditions`."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...] = ()


class Comprehension(Node, frozen=True, tag="g"):
    """A list, set, dict comprehension or a generator expression; `value` is the dict's."""

    kind: str
    element: Expression
    value: Expression | None
    clauses: tuple[Clause, ...]


class Await(Node, frozen=True, tag="w"):
    """`await value`."""

    value: Expression


class Yield(Node, frozen=True, tag="y"):
    """`yield value`, `yield from value`."""

    value: Expression
    delegated: bool = False


class Walrus(Node, frozen=True, tag="="):
    """`name := value`."""

    name: str
    value: Expression


class Opaque(Node, frozen=True, tag="u"):
    """Something that is not modelled; `reason` says what."""

    reason: str


Expression: TypeAlias = (
    Constant
    | Name
    | Attribute
    | Call
    | Joined
    | Binary
    | Choice
    | Compare
    | Negation
    | Conditional
    | Mapping
    | Sequence
    | Starred
    | Subscript
    | Slice
    | Lambda
    | Comprehension
    | Await
    | Yield
    | Walrus
    | Opaque
)


def children(node: Expression) -> tuple[Expression, ...]:
    """The direct sub-expressions, in source order. A lambda's body is a scope of its own and no child."""
    match node:
        case Attribute(value=v) | Starred(value=v) | Await(value=v) | Yield(value=v) | Walrus(value=v) | Negation(operand=v):
            return (v,)
        case Call():
            return (node.callee, *(a.value for a in node.arguments))
        case Joined(parts=parts) | Choice(operands=parts) | Sequence(elements=parts):
            return parts
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Conditional():
            return (node.test, node.then, node.orelse)
        case Mapping():
            return tuple(e for i in node.items for e in (i.key, i.value) if e is not None)
        case Subscript():
            return (node.value, node.index)
        case Slice():
            return tuple(e for e in (node.lower, node.upper) if e is not None)
        case Comprehension():
            clauses = (e for c in node.clauses for e in (c.iterable, c.target, *c.conditions))
            return (*clauses, node.element, *(() if node.value is None else (node.value,)))
        case _:
            return ()
