"""What is read from a message while functions are followed that are given it, or parts of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flowmap.linker.modelled import inner_class, modelled, spelled
from flowmap.linker.received import carries
from flowmap.linker.shapes import ITEM, MAX_DEPTH
from flowmap.linker.terms import Place, Value
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.location import Location
from flowmap.model.payload import Field, Payload

if TYPE_CHECKING:
    from flowmap.linker.view import View

FRAME = {"type", "channel", "pattern", "id", "source", "detail-type", "time", "subject", "specversion"}
"""What brokers, not publishers, say in the envelopes that they hand over as mappings."""
HEADERS = frozenset("headers header properties attributes metadata meta messageattributes applicationproperties".split())
"""What libraries hand over beside a message."""
BATCHES = {"Records", "records", "Sns", "Messages", "messages"}
"""Keys that lead to envelopes in envelopes."""
LOOSE = {"dict", "list", "", "Mapping", "object", "T"}
"""Types of fields in which there may be anything."""

WayIn = tuple[str, ...]
"""The keys that lead to a part of a message."""


@dataclass(frozen=True, slots=True)
class Held:
    """A message, or what stands in it at `path`; `raw`: as the library hands it over, `framed` in an envelope. `model` is the class
    that describes it; `plain`: an object of a class that is none of the scan, whose attributes are its fields."""

    raw: bool = False
    path: WayIn = ()
    model: ScopeRef | None = None
    plain: bool = False
    framed: bool = True

    def opened(self, name: str) -> Held | None:
        """What the envelope of a library holds under a name; None for what comes beside the message."""
        return None if re.sub(r"[\W_]+", "", name).lower() in HEADERS else replace(self, framed=False)

    @property
    def element(self) -> Held:
        """What a loop over it, or an index, gives."""
        if self.raw:
            return self
        return replace(self, path=(*self.path[:-1], self.path[-1] + ITEM) if self.path else (ITEM,))


@dataclass(slots=True)
class Read:
    """How a field is read."""

    where: Location
    type: str
    always: bool = False
    spare: bool = True


@dataclass(slots=True)
class Reads:
    """What is read from a message; `plain` where the library hands over nothing around it. `leaks` are the parts of which nobody
    knows what is read besides, `tested` those that are looked for first; `entered` the functions that were followed, with what they
    were given."""

    plain: bool = True
    fields: dict[WayIn, Read] = field(default_factory=dict)
    leaks: set[WayIn] = field(default_factory=set)
    tested: set[WayIn] = field(default_factory=set)
    entered: dict[object, Held | None] = field(default_factory=dict)
    model: str = ""

    def add(self, path: WayIn, where: Location, kind: str, *, always: bool, spare: bool) -> None:
        """A field that is read somewhere."""
        known = self.fields.setdefault(path, Read(where, kind))
        known.always, known.spare, known.type = known.always or always, known.spare and spare, known.type or kind

    def payload(self) -> Payload:
        """What is read, as it is said of a subscription."""
        fields = (
            Field(".".join(path), r.where, r.type, r.always, r.spare or path in self.tested, open=path in self.leaks)
            for path, r in self.fields.items()
        )
        return Payload(tuple(fields), () in self.leaks, self.model)


class Situation:
    """A point in a function with the names that it has for parts of the message."""

    def __init__(self, view: View, place: Place, names: Mapping[str, Held], found: Reads) -> None:
        self.view, self.ref, self.frame, self.names, self.found = view, place.scope, place.frame, dict(names), found
        self.position, self.line, self.sure, self.spare = 0, view.scope(self.ref).line, False, False
        self.own: set[WayIn] = set()

    def leak(self, *parts: Held | None) -> None:
        """Something is done with parts of the message that is not understood."""
        self.found.leaks |= {held.path for held in parts if held is not None and held.path not in self.own}

    def terms(self, node: ir.Expression) -> Value:
        """What an expression here can be worth, whoever calls."""
        return self.view.close(self.view.values(node, Place(self.frame, self.ref, self.position)))

    def item(self, owner: Held, key: str, *, spare: bool = False) -> Held | None:
        """`owner[key]`: of what the library hands over, the message in it or what the broker says."""
        if owner.raw and (carries(key) or key in BATCHES):
            return owner if key in BATCHES else owner.opened(key)
        if owner.raw and owner.framed and (key in FRAME or not self.found.plain):
            return None
        return self.read(owner, key, spare=spare)

    def read(self, owner: Held, key: str, *, spare: bool = False) -> Held:
        """A field of what is held."""
        model = modelled(self.view, owner.model) if owner.model is not None else None
        declared = model.named(key) if model is not None else None
        cls = inner_class(self.view, declared)[0] if declared is not None else None
        held = Held(False, (*owner.path, declared.names[0] if declared is not None else key), cls, owner.plain)
        if held.path not in self.own:
            kind = spelled(declared.annotation) if declared is not None else ""
            where = self.view.unit(self.ref.path).location(self.line, self.line)
            self.found.add(held.path, where, kind, always=self.sure, spare=spare or self.spare)
        return held

    def made(self, held: Held, cls: ScopeRef) -> Held:
        """An object of a class is made of what is held: it needs what the class declares."""
        model = modelled(self.view, cls)
        if model is None or len(held.path) >= MAX_DEPTH:
            self.leak(held)
            return replace(held, raw=False, model=cls)
        self.found.model = self.found.model or ("" if held.path else self.view.scope(cls).name)
        made = Held(False, held.path, cls)
        for declared in model.fields:
            inside = self.read(made, declared.names[0], spare=not declared.needed)
            inner, several = inner_class(self.view, declared)
            if inner is not None and inner != cls:
                self.made(inside.element if several else inside, inner)
            elif spelled(declared.annotation) in LOOSE:
                self.leak(inside)
        if model.open:
            self.leak(made)
        return made
