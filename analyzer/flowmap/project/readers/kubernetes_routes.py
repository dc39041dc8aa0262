"""Resources of Kubernetes that say which requests go to which Service: Ingress, Gateway API, and what gateways and meshes add."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import MOST_ROUTES, DeclaredGateway, DeclaredRoute
from flowmap.project.route_paths import exchanged, fixed_start
from flowmap.project.traefik import hosts_and_paths, stripped
from flowmap.project.yaml_nodes import Table, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flowmap.descriptor_api import DescriptorFile

# The Services of the controllers as their own charts name them, by a word of the class.
_CONTROLLERS = {"traefik": ("traefik",), "kong": ("kong-proxy", "kong-gateway-proxy"), "haproxy": ("haproxy-ingress",)}
_USUAL = ("ingress-nginx-controller", "ingress-nginx", "nginx-ingress-controller")


def gateways_of(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredGateway]:
    """The routes that one resource states."""
    kind, group = text(manifest.get("kind")), text(manifest.get("apiVersion")).partition("/")[0]
    read = _KINDS.get((kind, group))
    if read is not None:
        yield from read(file, manifest)


def _ingress(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredGateway]:
    notes = table(manifest.get("metadata", "annotations"))
    target = text(notes.get("nginx.ingress.kubernetes.io/rewrite-target"))
    by_class = text(manifest.get("spec", "ingressClassName")) or text(notes.get("kubernetes.io/ingress.class"))
    controllers = next((names for word, names in _CONTROLLERS.items() if word in by_class), _USUAL)
    for rule in tables(manifest.get("spec", "rules")):
        host = text(rule.get("host")).lower()
        routes: list[DeclaredRoute] = []
        for path in tables(rule.get("http", "paths")):
            backend = table(path.get("backend"))
            service = text(backend.get("service", "name")) or text(backend.get("serviceName"))
            written = text(path.get("path")) or "/"
            start, instead = (exchanged(written, target) or (None, None)) if target else (fixed_start(written), None)
            if service and start is not None:
                exact = text(path.get("pathType")) == "Exact"
                hosts = (host,) if host else ()
                routes.append(DeclaredRoute(start, service, file.at(path.line), instead, exact, hosts))
        if routes:
            yield DeclaredGateway("", tuple(routes), file.at(rule.line), (*((host,) if host else ()), *controllers))


def _http_route(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredGateway]:
    hosts = tuple(h.lower() for h in texts(manifest.get("spec", "hostnames")))
    routes = tuple(islice(_http_routes(file, manifest, hosts), MOST_ROUTES))
    names = tuple(text(p.get("name")) for p in tables(manifest.get("spec", "parentRefs")))
    if routes:
        yield DeclaredGateway("", routes, file.at(manifest.line), (*hosts, *names))


def _http_routes(file: DescriptorFile, manifest: Table, hosts: tuple[str, ...]) -> Iterator[DeclaredRoute]:
    for rule in tables(manifest.get("spec", "rules")):
        instead = next(
            (p for f in tables(rule.get("filters")) if (p := text(f.get("urlRewrite", "path", "replacePrefixMatch")))), None
        )
        paths = [table(m.get("path")) for m in tables(rule.get("matches"))] or [table(rule)]
        for path in paths:
            for backend in tables(rule.get("backendRefs")):
                exact = text(path.get("type")) == "Exact"
                start = text(path.get("value")) or "/"
                yield DeclaredRoute(start, text(backend.get("name")), file.at(backend.line), instead, exact, hosts)


def _mapping(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredGateway]:
    """Emissary's `Mapping`: the prefix is cut off unless something else is to stand for it."""
    spec = table(manifest.get("spec"))
    upstream = text(spec.get("service")).rpartition("://")[2].partition("/")[0]
    rewrite = spec.get("rewrite")
    instead = text(rewrite) or None if "rewrite" in spec.entries else "/"
    host = text(spec.get("hostname")) or text(spec.get("host"))
    hosts = (host.lower(),) if host not in ("", "*") else ()
    if upstream and text(spec.get("prefix")):
        route = DeclaredRoute(text(spec.get("prefix")), upstream, file.at(spec.at("service")), instead, hosts=hosts)
        yield DeclaredGateway("emissary", (route,), file.at(spec.line), (*hosts, "ambassador", "emissary-ingress"))


def _virtual_service(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredGateway]:
    """Istio's: inside the mesh a request to one of its hosts goes where it says."""
    hosts = tuple(h.lower() for h in texts(manifest.get("spec", "hosts")) if "*" not in h)
    routes = tuple(islice(_mesh_routes(file, manifest, hosts), MOST_ROUTES))
    if routes:
        yield DeclaredGateway("", routes, file.at(manifest.line), hosts)


def _mesh_routes(file: DescriptorFile, manifest: Table, hosts: tuple[str, ...]) -> Iterator[DeclaredRoute]:
    for rule in tables(manifest.get("spec", "http")):
        instead = text(rule.get("rewrite", "uri")) or None
        matches = [table(m.get("uri")) for m in tables(rule.get("match"))] or [table(rule)]
        for match in matches:
            start = text(match.get("prefix")) or text(match.get("exact")) or ("/" if "regex" not in match.entries else "")
            for destination in (table(r.get("destination")) for r in tables(rule.get("route"))):
                upstream = text(destination.get("host"))
                if start and upstream and upstream.lower() not in hosts:
                    yield DeclaredRoute(start, upstream, file.at(destination.line), instead, "exact" in match.entries, hosts)


def _ingress_route(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredGateway]:
    """Traefik's own. Middlewares are other resources: one whose name says that it strips is taken to strip what is asked for."""
    for rule in tables(manifest.get("spec", "routes")):
        hosts, paths = hosts_and_paths(text(rule.get("match")))
        strips = any("strip" in text(m.get("name")).lower() for m in tables(rule.get("middlewares")))
        found = (
            DeclaredRoute(start, text(service.get("name")), file.at(rule.line), stripped(start) if strips else None, exact, hosts)
            for start, exact in paths
            for service in tables(rule.get("services"))
        )
        routes = tuple(islice(found, MOST_ROUTES))
        if routes:
            yield DeclaredGateway("traefik", routes, file.at(rule.line), (*hosts, "traefik"))


_KINDS: dict[tuple[str, str], Callable[[DescriptorFile, Table], Iterator[DeclaredGateway]]] = {
    ("Ingress", "networking.k8s.io"): _ingress,
    ("Ingress", "extensions"): _ingress,
    ("HTTPRoute", "gateway.networking.k8s.io"): _http_route,
    ("GRPCRoute", "gateway.networking.k8s.io"): _http_route,
    ("Mapping", "getambassador.io"): _mapping,
    ("VirtualService", "networking.istio.io"): _virtual_service,
    ("IngressRoute", "traefik.io"): _ingress_route,
    ("IngressRoute", "traefik.containo.us"): _ingress_route,
}
