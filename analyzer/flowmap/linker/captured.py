"""Rows that a connector publishes (change data capture of an outbox): who makes them is who publishes.

A document says of which table the rows are and which column names the topic; the class of that table, and the places that make its
objects, are in the code. Rows that are written in SQL are not seen: then the connector itself is who publishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from flowmap.linker.drafts import Draft
from flowmap.linker.messages import Slots, made_there
from flowmap.linker.rows import constructions
from flowmap.linker.sites import Site
from flowmap.linker.terms import Class, Column, Literal, Value
from flowmap.linker.units import ScopeRef
from flowmap.model.location import Evidence
from flowmap.model.project import External, Wire
from flowmap.plugin_api import Const, Messages, Plugin, Role

if TYPE_CHECKING:
    from flowmap.linker.view import View

CONNECTOR = "connector"
"""The plugin by whose word rows are messages."""
_PATTERN = Messages(target="", role=Role.PUBLISH, channel=Const(""))


def with_rows(externals: Iterable[External]) -> list[Wire]:
    """What documents say that connectors publish of rows."""
    return [w for e in externals for w in e.does if w.rows]


def captured(view: View, wires: Iterable[Wire]) -> Iterator[Draft]:
    """What a service publishes by making rows that connectors take."""
    by_table: dict[str, list[ScopeRef]] | None = None
    for wire in wires:
        if by_table is None:
            by_table = _tables(view)
        table, _, column = wire.rows.partition(".")
        plugin = Plugin(name=CONNECTOR, roots=(), transport=wire.transport)
        for ref in by_table.get(table.lower(), ()):
            name, _, rest = wire.channel.partition("{}")
            channel: Value = (Column(ref, (column,)),) if column else (Literal(wire.channel),)
            relay = Evidence(wire.location, "a connector publishes the rows of this table")
            for maker in constructions(view, ref) if not rest else ():
                yield from made_there(view, Site(plugin, _PATTERN, maker), Slots(channel), relay, name if column else "")


def _tables(view: View) -> dict[str, list[ScopeRef]]:
    """The classes of stored objects by the names of their tables, in small letters."""
    found: dict[str, list[ScopeRef]] = {}
    for ref in view.scopes:
        if view.scope(ref).kind == "class" and view.external_bases(ref):
            for name in _names(view, ref):
                found.setdefault(name.lower(), []).append(ref)
    return found


def _names(view: View, ref: ScopeRef) -> set[str]:
    """What the table of a class is called: as it says, or as Django does, by its application and its own name."""
    said = _attribute(view, Class(ref), "__tablename__")
    for term in view.attribute(Class(ref), "Meta"):
        if isinstance(term, Class):
            said |= _attribute(view, term, "db_table") | _attribute(view, term, "table_name") | _attribute(view, term, "table")
            said |= {f"{label}_{view.scope(ref).name}" for label in _attribute(view, term, "app_label")}
    folders = ref.path.split("/")[:-1]
    return said or {f"{folder}_{view.scope(ref).name}" for folder in folders[-2:]}


def _attribute(view: View, owner: Class, name: str) -> set[str]:
    return {t.value for t in view.attribute(owner, name) if isinstance(t, Literal) and isinstance(t.value, str)}
