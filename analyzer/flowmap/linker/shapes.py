"""Shapes: what a value looks like when it is written down as a message, level by level, and the fields that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flowmap.model.location import Location
from flowmap.model.payload import Field, Payload

MAX_DEPTH = 4
"""Levels of fields inside one another."""
MAX_FIELDS = 150
"""Fields of one message."""
OBJECT, LIST, NULL = "object", "list", "null"
ITEM = "[]"
"""The part of a list that stands for each of its elements."""


@dataclass(frozen=True, slots=True)
class Part:
    """A field of an object, or the elements of a list."""

    shape: Shape
    where: Location
    always: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """A value by its type ("" if that is not known) and its parts. `open`: there may be parts that are not known."""

    type: str = ""
    parts: Mapping[str, Part] = field(default_factory=dict)
    open: bool = False
    model: str = ""


ANYTHING = Shape(open=True)


def simple(kind: str) -> Shape:
    """A value without parts."""
    return Shape(kind)


def union(shapes: Sequence[Shape]) -> Shape:
    """What is one of several things; that it may also be nothing is not said."""
    found = [s for s in shapes if s.type != NULL] or list(shapes[:1])
    if len(found) < 2:
        return found[0] if found else ANYTHING
    parts: dict[str, list[Part]] = {}
    for name, part in ((n, p) for s in found for n, p in s.parts.items()):
        parts.setdefault(name, []).append(part)
    types, models = {s.type for s in found}, {s.model for s in found}
    return Shape(
        types.pop() if len(types) == 1 else "",
        {
            name: Part(union([p.shape for p in same]), same[0].where, len(same) == len(found) and all(p.always for p in same))
            for name, same in parts.items()
        },
        any(s.open for s in found) or len(types) > 1,
        models.pop() if len(models) == 1 else "",
    )


def as_payload(shape: Shape) -> Payload:
    """The fields of a message of this shape."""
    found = list(_fields(shape, "", True, 0))
    return Payload(
        tuple(found[:MAX_FIELDS]),
        open=shape.open or shape.type != OBJECT or len(found) > MAX_FIELDS,
        model=shape.model,
    )


def _fields(shape: Shape, before: str, always: bool, depth: int) -> Iterator[Field]:
    """Every field with its dotted name; an element of a list is no field by itself."""
    for name, part in shape.parts.items():
        full = f"{before}{ITEM}" if name == ITEM else f"{before}.{name}" if before else name
        sure = always and part.always
        inner, deeper = part.shape, depth + 1 < MAX_DEPTH
        if name != ITEM:
            yield Field(full, part.where, _type(inner), sure, open=_open(inner) or (bool(inner.parts) and not deeper))
        if deeper or name == ITEM:
            yield from _fields(inner, full, sure, depth + (name != ITEM))


def _open(shape: Shape) -> bool:
    return shape.open or shape.type == NULL or (shape.type == LIST and any(_open(p.shape) for p in shape.parts.values()))


def _type(shape: Shape) -> str:
    """The name of the type; of a list, with that of its elements."""
    if shape.type == LIST and ITEM in shape.parts and (inner := _type(shape.parts[ITEM].shape)):
        return f"{LIST}[{inner}]"
    return shape.model or ("" if shape.type == NULL else shape.type)
