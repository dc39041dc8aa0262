"""The syntax tree of a Terraform file: bodies of attributes and blocks, and expressions as they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Constant:
    """A text without interpolation, a number, `true`, `false` or `null`."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Template:
    """A text with interpolations: its pieces in order."""

    parts: tuple[str | Expression, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """The root of a reference: `var`, `local`, the type of a resource."""

    id: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """`of.name`."""

    of: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """`of[key]`; the key of a splat (`of[*]`, `of.*`) is None."""

    of: Expression
    key: Expression | None


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a built-in function."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """`[a, b]`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a mapping, with its line."""

    key: Expression
    value: Expression
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """`{ a = b }`."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`condition ? then : otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    """Operands with the operators between them, in the order of the text; a sign before an operand is an operator without a
    left side."""

    operators: tuple[str, ...]
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class For:
    """`[for key, value in of : each]`; of a mapping, `entry` is what stands before its arrow. What is filtered out is not told."""

    names: tuple[str, ...]
    of: Expression
    entry: Expression | None
    each: Expression


Expression: TypeAlias = (
    Constant | Template | Name | Attribute | Index | Call | Sequence | Mapping | Choice | Operation | For
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assigned:
    """The value of an attribute, and its lines."""

    value: Expression
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Body:
    """The attributes and blocks between two braces, or of a file."""

    attributes: dict[str, Assigned]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """`kind "label" "label" { ... }`; `path` is its file."""

    kind: str
    labels: tuple[str, ...]
    body: Body
    path: str
    line: int
    end_line: int
