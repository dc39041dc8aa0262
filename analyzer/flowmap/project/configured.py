"""Services that the configuration states, in place of what discovery made of their folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.errors import ConfigError
from flowmap.model.location import Evidence, Location
from flowmap.model.project import Address, Service, Setting
from flowmap.project.paths import join, within

if TYPE_CHECKING:
    from flowmap.config import Config, ServiceConfig
    from flowmap.project.index import Index


def with_configured(discovered: tuple[Service, ...], config: Config, index: Index) -> tuple[Service, ...]:
    """The configured services, and those discovered ones whose folder none of them takes. Raises ConfigError for a folder or
    file that is not in the scan."""
    where = Location(config.origin, 1, 1)
    stated = tuple(_service(service, where, index) for service in config.services)
    kept = tuple(s for s in discovered if not any(_takes(c, s) for c in stated))
    return (*stated, *kept)


def configured_roots(config: Config, index: Index) -> tuple[str, ...]:
    """The configured folders of the import path, relative to the scan root, which is "". Raises ConfigError for one that has no
    Python files."""
    found = []
    for stated in config.roots:
        root = join(".", stated)
        if root is None or root not in index.folders:
            raise ConfigError(f"The configured import root '{stated}' has no Python files in the scan.")
        found.append("" if root == "." else root)
    return tuple(found)


def _takes(configured: Service, discovered: Service) -> bool:
    """Whether the discovered service lies in the configured one's folder; with an entry only that one program of it is meant."""
    if configured.entry is not None and configured.entry == discovered.entry:
        return True
    if configured.name == discovered.name:
        return True
    if configured.entry is not None and discovered.entry is not None and configured.root == discovered.root:
        return False
    return within(discovered.root, configured.root)


def _service(stated: ServiceConfig, where: Location, index: Index) -> Service:
    root = join(".", stated.root)
    if root is None or root not in index.folders:
        raise ConfigError(
            f"The configured service '{stated.name}' has the root '{stated.root}', where the scan has no Python files."
        )
    entry = join(".", stated.entry) if stated.entry is not None else None
    if stated.entry is not None and entry not in index.contents:
        raise ConfigError(
            f"The configured service '{stated.name}' has the entry '{stated.entry}', which is no Python file of the scan."
        )
    return Service(
        name=stated.name,
        root=root,
        entry=entry,
        description=stated.description,
        aliases=tuple(stated.aliases),
        environment=tuple(Setting(n, v, where) for n, v in sorted(stated.environment.items())),
        addresses=tuple(address_of(host, where) for host in stated.hosts),
        evidence=(Evidence(where, "stated in the configuration"),),
    )


def address_of(host: str, where: Location) -> Address:
    """`name` or `name:port`."""
    name, colon, port = host.rpartition(":")
    return Address(name.lower(), int(port), where) if colon and port.isdecimal() else Address(host.lower(), None, where)
