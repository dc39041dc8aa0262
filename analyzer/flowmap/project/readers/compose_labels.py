"""The labels of compose services by which Traefik finds out what to pass on to them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import MOST_ROUTES, DeclaredGateway
from flowmap.project.traefik import Named, Traefik
from flowmap.project.yaml_nodes import Table, Text, items, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.readers.compose_fields import Compose
    from flowmap.project.yaml_nodes import Node

_LABEL = re.compile(r"traefik\.http\.(routers|middlewares|services)\.([^.]+)\.(.+)", re.IGNORECASE)


def gateways_of(compose: Compose) -> tuple[DeclaredGateway, ...]:
    """What Traefik is told by the services of the file: their routers, and the middlewares that any of them names."""
    found = Traefik()
    options: dict[tuple[str, str], dict[str, str]] = {}
    lines: dict[tuple[str, str], int] = {}
    for container, node in compose.services.entries.items():
        for label, value, line in _labels(compose, table(node)):
            if match := _LABEL.fullmatch(label):
                kind, name, option = match[1].lower(), match[2], match[3].lower()
                options.setdefault((kind, name), {"service": container} if kind == "routers" else {})[option] = value
                lines.setdefault((kind, name), line)
                if kind == "services" and option == "loadbalancer.server.port":
                    found.upstreams[name] = (f"{container}:{value}",)
        found.upstreams.setdefault(container, (container,))
    for (kind, name), given in options.items():
        held = found.routers if kind == "routers" else found.middlewares
        if kind != "services":
            held[name] = Named(given, compose.file.at(lines[kind, name]))
    routes = tuple(islice(found.routes(), MOST_ROUTES))
    return (DeclaredGateway("traefik", routes, compose.file.at(1)),) if routes else ()


def _labels(compose: Compose, service: Table) -> Iterator[tuple[str, str, int]]:
    for holder in (table(service.get("deploy")), service):
        yield from _pairs(compose, holder.get("labels"))


def _pairs(compose: Compose, node: Node) -> Iterator[tuple[str, str, int]]:
    for name, value in table(node).entries.items():
        if isinstance(value, Text):
            yield compose.text(Text(name, value.line)), compose.text(value), value.line
    for item in items(node):
        name, _, value_text = compose.text(item).partition("=")
        yield name.strip(), value_text.strip(), item.line
