"""Several repositories as one project, as if they lay side by side in one folder.

Each is understood on its own. What one deploys under the name or image of a service that another has the code of is that service:
it is reached there too, and what it is told there it knows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from flowmap.config import Config
from flowmap.model.project import External, ExternalKind, Project, Service, Wire, added_up
from flowmap.model.relocating import below, plain, told_apart
from flowmap.project.configured import configured_roots, with_configured
from flowmap.project.domains import with_domains
from flowmap.project.externals import both, stated_externals
from flowmap.project.files import Tree
from flowmap.project.index import index_of
from flowmap.project.merging import distinct, first_of_each
from flowmap.project.paths import base
from flowmap.project.world import image_name


def joined(parts: Sequence[tuple[str, Project]]) -> Project:
    """The project that repositories make together, each given with the folder below which its files appear."""
    names = told_apart([(home, [s.name for s in project.services]) for home, project in parts])
    own = [_renamed(below(home, project), known) for (home, project), known in zip(parts, names, strict=True)]
    services, externals = absorbed([(p.services, p.externals) for p in own])
    return Project(
        files=tuple(f for p in own for f in p.files),
        services=services,
        externals=externals,
        left_out=added_up(x for p in own for x in p.left_out),
        diagnostics=tuple(d for p in own for d in p.diagnostics),
        wires=tuple(w for p in own for w in p.wires),
        forwards=tuple(f for p in own for f in p.forwards),
        existing=tuple(dict.fromkeys(e for p in own for e in p.existing)),
        elsewhere=tuple(dict.fromkeys(e for p in own for e in p.elsewhere)),
        disposals=tuple(dict.fromkeys(d for p in own for d in p.disposals)),
        stored=tuple(s for p in own for s in p.stored),
        routes=tuple(r for p in own for r in p.routes),
        documents=tuple(d for p in own for d in p.documents),
        roots=tuple(f"{home}/{root}".rstrip("/") for home, project in parts for root in project.roots),
        data=tuple(d for p in own for d in p.data),
        suppressions=tuple(s for p in own for s in p.suppressions),
    )


def with_stated(project: Project, config: Config) -> Project:
    """The project with what the configuration of the whole system states; its paths start with the folders of repositories. Raises
    ConfigError for a folder or file that is not in the scan."""
    tree = Tree(Path(), "", project.files, (), (), ())
    index = index_of(tree, lambda _: None)
    found = {e.name: e for e in stated_externals(config)}
    for external in project.externals:
        found[external.name] = both(found[external.name], external) if external.name in found else external
    return replace(
        project,
        services=with_domains(with_configured(project.services, config, index), config),
        externals=tuple(sorted(found.values(), key=lambda e: e.name)),
        roots=(*project.roots, *configured_roots(config, index)),
    )


def _renamed(project: Project, names: dict[str, str]) -> Project:
    return replace(
        project,
        services=tuple(renamed(s, names) for s in project.services),
        wires=tuple(_rewired(w, names) for w in project.wires),
    )


def renamed(service: Service, names: dict[str, str]) -> Service:
    """The service by the name that it has in the system; the one that it has at home becomes an alias."""
    name = names[service.name]
    return service if name == service.name else replace(service, name=name, aliases=(*service.aliases, service.name))


def _rewired(wire: Wire, names: dict[str, str]) -> Wire:
    return replace(wire, services=tuple(names.get(s, s) for s in wire.services), target=names.get(wire.target, wire.target))


def absorbed(
    parts: Sequence[tuple[tuple[Service, ...], tuple[External, ...]]],
) -> tuple[tuple[Service, ...], tuple[External, ...]]:
    """The services of all repositories in order, and what is outside of all of them: a deployed thing that has its code in another
    repository is that service."""
    found = {s.name: s for services, _ in parts for s in services}
    outside: dict[str, External] = {}
    for number, (_, externals) in enumerate(parts):
        theirs = _by_name(s for n, (services, _) in enumerate(parts) if n != number for s in services)
        for external in externals:
            known = _same(external, theirs)
            if known is not None:
                found[known] = _told(found[known], external)
            else:
                there = outside.get(external.name)
                outside[external.name] = external if there is None else both(there, external)
    return tuple(sorted(found.values(), key=_order)), tuple(sorted(outside.values(), key=lambda e: e.name))


def _by_name(services: Iterable[Service]) -> dict[str, set[str]]:
    """The names of services by every name that they go by."""
    found: dict[str, set[str]] = defaultdict(set)
    for service in services:
        for alias in (service.name, *service.aliases):
            found[plain(alias)].add(service.name)
    return found


def _same(external: External, services: dict[str, set[str]]) -> str | None:
    """The one service that a deployed thing is, by its name or by that of its image; products are none."""
    if external.kind is ExternalKind.PRODUCT:
        return None
    names = (external.name, base(image_name(external.image)))
    return next((next(iter(found)) for name in names if name and len(found := services.get(plain(name), set())) == 1), None)


def _told(service: Service, external: External) -> Service:
    """The service with what another repository says of it; its own word comes first."""
    settings = first_of_each((*service.environment, *external.environment))
    return replace(
        service,
        aliases=tuple(a for a in dict.fromkeys((*service.aliases, external.name)) if a != service.name),
        environment=tuple(sorted(settings, key=lambda s: (s.name, s.within))),
        addresses=distinct((*service.addresses, *external.addresses)),
        evidence=tuple(dict.fromkeys((*service.evidence, *external.evidence))),
    )


def _order(service: Service) -> tuple[str, str, str]:
    return (service.name, service.root, service.entry or "")
