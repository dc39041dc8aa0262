"""Requests that a gateway passes on: from the path that is asked for to the service behind it, by the longest route that fits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from flowmap.model.interaction import Confidence, Endpoint, Interaction
from flowmap.model.location import Evidence
from flowmap.model.project import Route

_IN_CLUSTER = re.compile(r"[^.]+\.[^.]+(\.svc(\.cluster\.local)?)?")
_USUAL = {None, 80, 443}
"""The ports that a gateway is asked at by its name; another one of a machine is somebody else's."""
Gateways = dict[str, list[Route]]
"""The routes under each name by which a gateway may be asked: `external:<name>`, or a host name."""


def by_gateway(routes: Iterable[Route]) -> Gateways:
    """The routes, the longest prefixes first."""
    found: Gateways = defaultdict(list)
    for route in routes:
        for name in (*(f"external:{g}" for g in route.gateways), *route.names):
            found[name].append(route)
    return {name: sorted(theirs, key=lambda r: (-len(_segments(r.prefix)), not r.exact)) for name, theirs in found.items()}


def passed_on(call: Interaction, target: str | None, gateways: Gateways) -> list[Interaction]:
    """The call as the gateway makes it, once for each server behind the route that takes it; none if no gateway does."""
    endpoint = call.endpoint
    if endpoint is None or not gateways or " " not in endpoint.operation:
        return []
    host = endpoint.host or ""
    short = host.partition(".")[0] if _IN_CLUSTER.fullmatch(host) and (endpoint.scheme != "https" or ".svc" in host) else host
    by_name = () if host == "localhost" and endpoint.port not in _USUAL else (host, short)
    routes = next((found for name in (target or "", *by_name) if (found := gateways.get(name))), [])
    method, path = endpoint.operation.split(" ", 1)
    taking = [r for r in routes if _takes(r, host, _segments(path))]
    best = [r for r in taking if (r.prefix, r.exact) == (taking[0].prefix, taking[0].exact)]
    return [_through(call, endpoint, route, method, path) for route in best]


def _segments(path: str) -> list[str]:
    return [s for s in path.split("?")[0].split("/") if s]


def _takes(route: Route, host: str, path: list[str]) -> bool:
    wanted = _segments(route.prefix)
    if route.exact and len(path) != len(wanted):
        return False
    return path[: len(wanted)] == wanted and (not route.hosts or host in route.hosts or host in route.names)


def _through(call: Interaction, endpoint: Endpoint, route: Route, method: str, path: str) -> Interaction:
    behind = path
    if route.instead is not None:
        behind = "/" + "/".join([*_segments(route.instead), *_segments(path)[len(_segments(route.prefix)) :]])
    told = replace(endpoint, operation=f"{method} {behind}", host=route.host, port=route.port, scheme=None)
    line = Evidence(route.location, f"requests for {route.prefix} are passed on to {route.host}")
    weakest = min(call.confidence, Confidence.DERIVED, key=lambda c: c.rank)
    return replace(call, target=None, endpoint=told, confidence=weakest, evidence=(*call.evidence, line))
