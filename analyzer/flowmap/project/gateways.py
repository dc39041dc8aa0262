"""Which process a gateway's routes are those of, and where they lead once the variables of its environment are put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.model.project import Route
from flowmap.project.interpolation import interpolate
from flowmap.project.local_hosts import LOCAL_HOSTS
from flowmap.project.paths import common_folder, parent, parts, within
from flowmap.project.world import built_image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DeclaredGateway
    from flowmap.project.processes import Foreign
    from flowmap.project.world import World


def routes_of(foreign: list[Foreign], world: World) -> tuple[Route, ...]:
    """The routes of all gateways, in the order of the files."""
    return tuple(route for gateway in world.declared.gateways for route in _routes(gateway, _running(gateway, foreign, world)))


def _running(gateway: DeclaredGateway, foreign: list[Foreign], world: World) -> list[Foreign]:
    """The processes whose configuration a file is."""
    path = gateway.location.path
    having = [
        f for f in foreign if f.process.location.path != path and any(within(path, source) for source in _inside(f, world, path))
    ]
    if having or not gateway.product:
        return having
    same = [f for f in foreign if gateway.product in f.image.lower()]
    near = max((_common(f, path) for f in same), default=0)
    return [f for f in same if _common(f, path) == near]


def _inside(foreign: Foreign, world: World, path: str) -> Iterator[str]:
    """The files and folders of the scan that stand in a container; the whole scan says nothing about one file."""
    yield from (m.source for m in foreign.process.mounts if m.source != ".")
    build = foreign.process.build
    if build is not None and within(path, build.context):
        image = built_image(build, world)
        yield from (p.source for p in image.places if p.source != ".") if image is not None else ()


def _common(foreign: Foreign, path: str) -> int:
    return len(parts(common_folder(foreign.process.scope, parent(path))))


def _routes(gateway: DeclaredGateway, running: list[Foreign]) -> Iterator[Route]:
    processes = [f.process for f in running]
    variables = {s.name: s.value for p in reversed(processes) for s in (*reversed(p.fallbacks), *reversed(p.environment))}
    for route in gateway.routes:
        upstream = interpolate(route.upstream, variables)
        host, _, port = upstream.text.rpartition(":") if ":" in upstream.text else (upstream.text, "", "")
        if not host or upstream.missing or (port and not port.isdecimal()) or (processes and host in LOCAL_HOSTS[:3]):
            continue  # what a container calls itself leads to nobody else
        yield Route(
            prefix=route.prefix,
            host=host.lower(),
            port=int(port[:6]) if port else None,
            location=route.location,
            instead=route.instead,
            exact=route.exact,
            gateways=tuple(dict.fromkeys(p.name for p in processes)),
            names=gateway.names,
            hosts=route.hosts,
        )
