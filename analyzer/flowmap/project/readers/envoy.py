"""Envoy's static configuration: virtual hosts with their routes to clusters, and the addresses of those."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import MOST_ROUTES, Declarations, DeclaredGateway, DeclaredRoute, DescriptorReader
from flowmap.project.route_paths import exchanged
from flowmap.project.yaml_nodes import Items, Table, YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_DEEPEST = 40


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml")) or ("envoy" in path and path.endswith(".json"))


def _read(file: DescriptorFile) -> Declarations:
    if b"virtual_hosts" not in file.content:
        return Declarations()
    try:
        roots = documents(file.content)
    except YamlError:
        return Declarations()
    pairs = ((text(c.get("name")), [*_endpoints(c)]) for root in roots for c in _below(root, "clusters"))
    clusters = {name: addresses for name, addresses in pairs if addresses}
    gateways: list[DeclaredGateway] = []
    for host in (h for root in roots for h in _below(root, "virtual_hosts")):
        domains = tuple(d.partition(":")[0].lower() for d in texts(host.get("domains")) if "*" not in d)
        found = (r for route in tables(host.get("routes")) for r in _routes(file, route, clusters, domains))
        routes = tuple(islice(found, MOST_ROUTES))
        if routes:
            gateways.append(DeclaredGateway("envoy", routes, file.at(host.line), domains))
    return Declarations(gateways=tuple(gateways))


def _below(root: Node, key: str) -> Iterator[Table]:
    """The mappings of all sequences under a key, at any depth; what aliases share counts once."""
    seen: set[int] = set()
    waiting: list[tuple[Node, int]] = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        if id(node) in seen or depth > _DEEPEST:
            continue
        seen.add(id(node))
        if isinstance(node, Table):
            yield from tables(node.get(key))
            waiting += [(inner, depth + 1) for inner in reversed([*node.entries.values()])]
        elif isinstance(node, Items):
            waiting += [(inner, depth + 1) for inner in reversed(node.items)]


def _endpoints(cluster: Table) -> Iterator[str]:
    """The addresses of a cluster, in today's words or those of the second version."""
    held = [*_below(cluster.get("load_assignment"), "lb_endpoints"), *tables(cluster.get("hosts"))]
    for holder in held:
        found = table(
            holder.get("endpoint", "address", "socket_address") if "endpoint" in holder.entries else holder.get("socket_address")
        )
        host, port = text(found.get("address")), text(found.get("port_value"))
        if host:
            yield f"{host}:{port}" if port else host


def _routes(
    file: DescriptorFile, route: Table, clusters: dict[str, list[str]], domains: tuple[str, ...]
) -> Iterator[DeclaredRoute]:
    match, action = table(route.get("match")), table(route.get("route"))
    exact = "path" in match.entries
    start = text(match.get("prefix")) or text(match.get("path")) or text(match.get("path_separated_prefix"))
    instead: str | None = text(action.get("prefix_rewrite")) or None
    rewritten = table(action.get("regex_rewrite"))
    if (
        rewritten.entries
        and (done := exchanged(text(rewritten.get("pattern", "regex")), text(rewritten.get("substitution")))) is not None
    ):
        start, instead = done
    names = [text(action.get("cluster")), *(text(c.get("name")) for c in tables(action.get("weighted_clusters", "clusters")))]
    for upstream in (u for name in names for u in clusters.get(name, ())):
        if start:
            yield DeclaredRoute(start, upstream, file.at(route.line), instead, exact, domains)


READER = DescriptorReader("envoy", _matches, _read)
