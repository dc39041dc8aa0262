"""What expressions are worth: texts (with `{}` for every piece that is not known), numbers, collections, and resources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from flowmap.project.terraform.attributes import text_of

if TYPE_CHECKING:
    from flowmap.project.terraform.expressions import Block
    from flowmap.project.terraform.modules import Module

HOLE = "{}"
LONGEST = 200_000
"""Characters of a text that is made of others."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody can tell before the configuration is applied."""


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """A resource or data source of a module; `each` is the key and value that it was made for, where it is one of several."""

    block: Block
    module: Module
    name: str
    each: tuple[Value, Value] | None = None

    @property
    def type(self) -> str:
        return self.block.labels[0]

    @property
    def identity(self) -> tuple[int, int, str]:
        """The same for every look at one resource."""
        return id(self.block), id(self.module), str(self.each[0]) if self.each is not None else ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """An attribute of a resource that the provider fills in: its `id`, its `arn`."""

    resource: Resource
    attribute: str


Value: TypeAlias = (
    "str | int | float | bool | Unknown | tuple[Value, ...] | Mapping[str, Value] | Resource | Pointer | Module | None"
)


def text(value: Value) -> str | None:
    """A value as a text; None if it is none, or not known at all."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return str(value)
        case Pointer(resource=resource, attribute=attribute):
            return text_of(resource.type, attribute, resource.name)
        case _:
            return None


def filled(value: Value) -> str:
    """A value as a piece of a text."""
    found = text(value)
    return HOLE if found is None else found


def joined(pieces: Iterable[str], between: str = "") -> Value:
    """The pieces as one text; unknown if that is longer than people's are. They are not asked for further than that."""
    found: list[str] = []
    size = 0
    for piece in pieces:
        found.append(piece)
        size += len(piece) + len(between)
        if size > LONGEST + len(between):
            return UNKNOWN
    return between.join(found)


def told(value: Value) -> str:
    """A text of which at least a part is known; empty if there is none."""
    found = text(value) or ""
    return found if any(c.isalnum() for c in found.replace(HOLE, "")) else ""


def resource_of(value: Value) -> Resource | None:
    """The resource that a reference leads to."""
    if isinstance(value, Pointer):
        return value.resource
    if isinstance(value, tuple) and len(value) == 1:
        return resource_of(value[0])
    return value if isinstance(value, Resource) else None


def entries(value: Value) -> Mapping[str, Value]:
    """A mapping; empty if the value is none."""
    return value if isinstance(value, Mapping) else {}


def elements(value: Value) -> tuple[Value, ...]:
    """The elements of a list; empty if the value is none."""
    return value if isinstance(value, tuple) else ()
