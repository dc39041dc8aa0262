"""What runs beside the scanned Python: products (brokers, databases, proxies) and services in other languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import FOR_TESTS
from flowmap.model.location import Evidence, Location
from flowmap.model.project import External, ExternalKind
from flowmap.project.configured import address_of
from flowmap.project.merging import distinct, distinct_wires, first_of_each
from flowmap.project.products import is_product
from flowmap.project.services import without_secret
from flowmap.project.world import folded

if TYPE_CHECKING:
    from flowmap.config import Config
    from flowmap.descriptor_api import Declarations
    from flowmap.model.project import Address, Service
    from flowmap.project.processes import Foreign


def externals_of(
    foreign: list[Foreign], services: tuple[Service, ...], declared: Declarations, config: Config
) -> tuple[External, ...]:
    """What the configuration, the deployment and the readers name, one for each name; services of the scan are none."""
    own = {folded(n) for s in services for n in (s.name, *s.aliases)}
    found = {e.name: e for e in stated_externals(config)}
    deployed = [f for f in foreign if f.process.rank != FOR_TESTS] or foreign
    for external in (*(_external(f, declared) for f in deployed), *declared.externals):
        if folded(external.name) in own:
            continue
        known = found.get(external.name)
        found[external.name] = external if known is None else both(known, external)
    return tuple(sorted(found.values(), key=lambda e: e.name))


def stated_externals(config: Config) -> tuple[External, ...]:
    """What the configuration names."""
    where = Location(config.origin, 1, 1)
    return tuple(
        External(
            e.name,
            ExternalKind.DECLARED,
            tuple(address_of(host, where) for host in e.hosts),
            publishes=tuple(e.publishes),
            subscribes=tuple(e.subscribes),
        )
        for e in config.externals
    )


def both(one: External, other: External) -> External:
    """Two statements about the same thing as one."""
    kind = ExternalKind.PRODUCT if ExternalKind.PRODUCT in (one.kind, other.kind) else one.kind
    return replace(
        one,
        kind=kind,
        addresses=distinct((*one.addresses, *other.addresses)),
        evidence=(*one.evidence, *other.evidence),
        publishes=tuple(dict.fromkeys((*one.publishes, *other.publishes))),
        subscribes=tuple(dict.fromkeys((*one.subscribes, *other.subscribes))),
        image=one.image or other.image,
        environment=first_of_each((*one.environment, *other.environment)),
        does=distinct_wires((*one.does, *other.does)),
    )


def _external(foreign: Foreign, declared: Declarations) -> External:
    process = foreign.process
    labels = set(process.labels)
    hosts: list[Address] = [a for host in declared.hosts if set(host.selector) <= labels for a in host.addresses]
    kind = ExternalKind.PRODUCT if is_product(foreign.image) else ExternalKind.DECLARED
    what = f"{process.system} runs '{process.name}'" + (f" from the image {foreign.image}" if foreign.image else "")
    addresses, evidence = distinct((*process.addresses, *hosts)), (Evidence(process.location, what),)
    told = tuple(replace(s, value=without_secret(s.value)) for s in foreign.environment)
    return External(process.name, kind, addresses, evidence, image=foreign.image, environment=told)
