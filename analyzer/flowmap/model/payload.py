"""Payloads: what a publisher puts into a message and what a subscriber reads from one, as far as that is understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flowmap.model.location import Location

SIMPLE = frozenset({"str", "int", "float", "bool", "bytes"})
"""Types of values that hold no others."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field by its dotted name, `items[].sku` for what stands in a list. `type` is "" where it is not known. `always`: set in
    every message; of a reader: read from every message. `spare`: a reader that provides for its absence. `open`: not everything in
    it is known. `location`: where it is set or read first."""

    name: str
    location: Location
    type: str = ""
    always: bool = True
    spare: bool = False
    open: bool = False

    @property
    def leaf(self) -> str:
        """The name without those of the fields that it stands in."""
        return self.name.rpartition(".")[2].removesuffix("[]")


@dataclass(frozen=True, slots=True)
class Payload:
    """The fields by name, in the order of the code. `open`: others may be set, or read, that nobody sees. `model` is the class that
    describes them."""

    fields: tuple[Field, ...] = ()
    open: bool = True
    model: str = ""

    def hides(self, name: str) -> bool:
        """Whether a field that is none of the known ones may be set, or read: anything may, or what it stands in is not known."""
        return self.open or any(f.open and name.startswith((f"{f.name}.", f"{f.name}[]")) for f in self.fields)

    def leaves(self) -> frozenset[str]:
        """The last names of all fields."""
        return frozenset(f.leaf for f in self.fields)


def together(payloads: Iterable[Payload | None]) -> Payload | None:
    """What is known of a message that is made, or read, in one of several ways; None if nothing is."""
    found = list(payloads)
    known = [p for p in found if p is not None]
    if not known:
        return None
    fields: dict[str, list[Field]] = {}
    for field in (f for p in known for f in p.fields):
        fields.setdefault(field.name, []).append(field)
    models = {p.model for p in known}
    return Payload(
        tuple(_one(same, everywhere=len(same) >= len(found)) for same in fields.values()),
        any(p is None or p.open for p in found),
        models.pop() if len(models) == 1 else "",
    )


def _one(same: list[Field], *, everywhere: bool) -> Field:
    """A field that is set or read in several ways."""
    types = {f.type for f in same}
    return replace(
        same[0],
        type=types.pop() if len(types) == 1 else "",
        always=everywhere and all(f.always for f in same),
        spare=all(f.spare for f in same),
        open=any(f.open for f in same),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A field of a contract: who sets it and who reads it, by position among the publishers and the subscribers."""

    name: str
    type: str
    set_by: tuple[tuple[int, Field], ...]
    read_by: tuple[tuple[int, Field], ...]


def contract(sent: Iterable[Payload | None], read: Iterable[Payload | None]) -> tuple[Row, ...]:
    """The fields of a message. What is read under a shorter name than it is set under counts as the same where only one is meant:
    a reader may have taken the message out of an envelope."""
    setting: dict[str, list[tuple[int, Field]]] = {}
    for number, field in _fields(sent):
        setting.setdefault(field.name, []).append((number, field))
    reading: dict[str, list[tuple[int, Field]]] = {}
    for number, field in _fields(read):
        inside = [name for name in setting if name.endswith(f".{field.name}") or field.name.endswith(f".{name}")]
        name = inside[0] if field.name not in setting and len(inside) == 1 else field.name
        reading.setdefault(name, []).append((number, field))
    return tuple(_row(name, setting.get(name, []), reading.get(name, [])) for name in dict.fromkeys((*setting, *reading)))


def _fields(payloads: Iterable[Payload | None]) -> Iterator[tuple[int, Field]]:
    return ((n, f) for n, p in enumerate(payloads) if p is not None for f in p.fields)


def _row(name: str, sets: list[tuple[int, Field]], reads: list[tuple[int, Field]]) -> Row:
    types = dict.fromkeys(f.type for _, f in (*sets, *reads) if f.type)
    return Row(name, " or ".join(types), tuple(sets), tuple(reads))
