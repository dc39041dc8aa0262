"""Messages that are brought to endpoints: subscriptions that name a route instead of a function, in code or deployment files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flowmap.linker.drafts import Draft
from flowmap.linker.units import ScopeRef
from flowmap.linker.urls import template
from flowmap.model.interaction import Confidence, Role
from flowmap.model.project import Service, Wire


def declared(wires: Iterable[Wire], service: Service, drafts: Sequence[Draft]) -> list[Draft]:
    """The subscriptions that deployment files declare for a service, by its name or by a route that it has."""
    names = {_folded(n) for n in (service.name, *service.aliases)}
    routes = {_path(d) for d in drafts if d.role is Role.SERVE}
    mine = (w for w in wires if names & {_folded(n) for n in w.services} or (not w.services and template(w.route) in routes))
    return [
        Draft(
            role=Role.SUBSCRIBE,
            transport=wire.transport,
            plugin=wire.transport,
            confidence=Confidence.CERTAIN,
            location=wire.location,
            function="",
            scope=ScopeRef(wire.location.path, 0),
            channel=wire.channel,
            route=wire.route,
        )
        for wire in mine
    ]


def with_handlers(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; those that name a route have the handler of its endpoint."""
    served = {_path(d): d.handler for d in drafts if d.role is Role.SERVE and d.handler is not None}
    return [replace(d, handler=served.get(template(d.route))) if d.route and d.handler is None else d for d in drafts]


def _path(draft: Draft) -> str:
    return draft.endpoint.operation.partition(" ")[2] if draft.endpoint is not None else ""


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
