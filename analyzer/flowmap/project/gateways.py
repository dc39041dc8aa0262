"""Which process a gateway's routes are those of, and where they lead once the variables of its environment are put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.model.project import Route
from flowmap.project.images import Place
from flowmap.project.interpolation import interpolate
from flowmap.project.local_hosts import LOCAL_HOSTS
from flowmap.project.paths import base, common_folder, parent, parts, within
from flowmap.project.products import is_product
from flowmap.project.world import built_image, image_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DeclaredGateway
    from flowmap.project.processes import Foreign
    from flowmap.project.world import World


def routes_of(foreign: list[Foreign], world: World) -> tuple[Route, ...]:
    """The routes of all gateways, in the order of the files."""
    return tuple(route for gateway in world.declared.gateways for route in _routes(gateway, _running(gateway, foreign, world)))


def _running(gateway: DeclaredGateway, foreign: list[Foreign], world: World) -> list[Foreign]:
    """The processes whose configuration a file is: of those that have it inside, the ones that are such a gateway by their image or
    by where they keep it, or have it by its own name; else the nearest by their images."""
    path, product = gateway.location.path, gateway.product
    if not product:
        return []
    same = [f for f in foreign if _is(f.image.lower(), product)]
    places = {id(f): [*_inside(f, world, path)] for f in foreign if f.process.location.path != path}
    having = [f for f in same if places.get(id(f))]
    having = having or [f for f in foreign if any(p.source == path or product in p.container for p in places.get(id(f), ()))]
    near = max((_common(f, path) for f in same), default=0)
    return having or [f for f in same if _common(f, path) == near]


def _is(image: str, product: str) -> bool:
    """Whether an image is a product, and not only something that goes with it."""
    name = base(image_name(image))
    return name == product or (product in name and is_product(image))


def _inside(foreign: Foreign, world: World, path: str) -> Iterator[Place]:
    """The places of a container that hold a file; that of the whole scan says nothing about one file."""
    build = foreign.process.build
    image = built_image(build, world) if build is not None and within(path, build.context) else None
    mounts = (Place(m.target, m.source) for m in foreign.process.mounts)
    places = (*mounts, *(image.places if image is not None else ()))
    yield from (p for p in places if p.source != "." and within(path, p.source))


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
