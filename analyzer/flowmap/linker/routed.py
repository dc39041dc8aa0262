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

_HOST = re.compile(r"^(https?://[^/]+|\{\})")


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
    return [replace(d, handler=served.get(_route(d))) if d.route and d.handler is None else d for d in drafts]


def moved(drafts: Sequence[Sequence[Draft]]) -> list[list[Draft]]:
    """The drafts of each service; a subscription that names the URL of an endpoint which its service does not have goes to the one
    service that does."""
    served = [{_path(d) for d in own if d.role is Role.SERVE} for own in drafts]
    found: list[list[Draft]] = [[] for _ in drafts]
    for number, own in enumerate(drafts):
        for draft in own:
            away = draft.handler is None and _HOST.match(draft.route)
            there = [n for n, paths in enumerate(served) if _route(draft) in paths] if away else []
            found[there[0] if len(there) == 1 else number].append(draft)
    return [with_handlers(own) for own in found]


def _route(draft: Draft) -> str:
    """The path of the endpoint to which messages are brought."""
    return template(_HOST.sub("", draft.route) or "/")


def _path(draft: Draft) -> str:
    return draft.endpoint.operation.partition(" ")[2] if draft.endpoint is not None else ""


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
