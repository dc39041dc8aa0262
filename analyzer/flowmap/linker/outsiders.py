"""What documents say that somebody outside the scan publishes, listens to and serves, as drafts like those of code.

A document of which most is served by the scan itself is a copy that a user of it keeps, whoever it seems to describe.
"""

from __future__ import annotations

from collections.abc import Iterable

from flowmap.linker.drafts import Draft
from flowmap.linker.units import ScopeRef
from flowmap.linker.urls import template
from flowmap.model.interaction import Confidence, Endpoint, Kind, Role
from flowmap.model.project import External, Wire

_ROWS = "the rows of a table say the channel"


def outsiders(externals: Iterable[External], own: Iterable[Draft]) -> list[tuple[str, list[Draft]]]:
    """The externals of which documents speak, by name, with what they do; `own` is what the services of the scan do. What a
    connector publishes of rows that services make is theirs."""
    own = list(own)
    served = {d.endpoint for d in own if d.role is Role.SERVE}
    hops = {hop.location for d in own for hop in d.via}
    theirs = {wire.rows for e in externals for wire in e.does if wire.rows and wire.location in hops}
    found = ((e.name, [_draft(wire) for wire in e.does if wire.rows not in theirs]) for e in externals if e.does)
    return [(name, _no_copy(drafts, served)) for name, drafts in found]


def _no_copy(drafts: list[Draft], served: set[Endpoint | None]) -> list[Draft]:
    offered = [d.endpoint for d in drafts if d.role is Role.SERVE]
    is_copy = 2 * sum(e in served for e in offered) > len(offered)
    return [d for d in drafts if d.role is not Role.SERVE] if is_copy else drafts


def _draft(wire: Wire) -> Draft:
    """A statement of a document. It is about code that nobody has looked at, so it is never certain."""
    serves = wire.role is Role.SERVE
    method, _, path = wire.operation.partition(" ")
    return Draft(
        role=wire.role,
        transport=wire.transport,
        plugin="document",
        confidence=Confidence.DERIVED,
        location=wire.location,
        function="" if serves else wire.operation,
        scope=ScopeRef(wire.location.path, 0),
        channel=None if serves or wire.channel == "{}" else wire.channel,
        reason=_ROWS if wire.channel == "{}" else "",
        exchange=wire.exchange or None,
        event=wire.event or None,
        match=wire.match,
        kind=Kind.QUERY if serves else wire.kind,
        endpoint=Endpoint(f"{method} {template(path)}") if serves else None,
    )
