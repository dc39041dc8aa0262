"""The names under which a machine, or a container on it, reaches what listens on the machine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.model.project import Address

if TYPE_CHECKING:
    from flowmap.model.location import Location

LOCAL_HOSTS = ("localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal", "docker.for.mac.localhost")  # noqa: S104  names, nothing is bound


def local_addresses(port: int, location: Location) -> tuple[Address, ...]:
    return tuple(Address(host, port, location) for host in LOCAL_HOSTS)
