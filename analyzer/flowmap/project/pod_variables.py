"""References in the environment of a pod: `$(NAME)` is another setting of it, or what the cluster tells every pod of a Service.

The cluster sets `ORDERS_API_SERVICE_HOST` and `ORDERS_API_SERVICE_PORT` (also `..._PORT_HTTP`, by the name of the port) for the
Service `orders-api`, so a reference to these is as good as the Service's name, whether the scan declares it or not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowmap.descriptor_api import DeclaredHost, Setting

_REFERENCE = re.compile(r"(?<!\$)\$\((\w+)\)")
_OF_A_SERVICE = re.compile(r"([A-Z][A-Z0-9_]*)_SERVICE_(HOST|PORT(?:_[A-Z0-9_]+)?)")
_PORT_OF_A_SERVICE = re.compile(r":\$\(([A-Z][A-Z0-9_]*)_SERVICE_PORT(?:_[A-Z0-9_]+)?\)")
_MOST_REFERENCES, _LONGEST = 5, 10_000


def with_references(settings: tuple[Setting, ...], hosts: tuple[DeclaredHost, ...]) -> tuple[Setting, ...]:
    """The settings with `$(NAME)` replaced by what it stands for, as far as it is known; `$$(NAME)` stays a text."""
    if not any("$(" in s.value for s in settings):
        return settings
    known = {s.name: s.value for s in settings}
    ports = {a.host: a.port for host in reversed(hosts) for a in reversed(host.addresses) if a.port is not None}
    return tuple(replace(s, value=_filled(s.value, known, ports).replace("$$(", "$(")) for s in settings)


def _filled(value: str, known: dict[str, str], ports: dict[str, int]) -> str:
    for _ in range(_MOST_REFERENCES if "$(" in value else 0):
        value = _REFERENCE.sub(lambda m: known.get(m[1]) or _told(m[1], ports) or m[0], value)[:_LONGEST]
    return _PORT_OF_A_SERVICE.sub("", value)


def _told(variable: str, ports: dict[str, int]) -> str:
    """What the cluster sets a variable to: the name of the Service for its address, its first port as far as it is declared."""
    match = _OF_A_SERVICE.fullmatch(variable)
    if match is None:
        return ""
    service = match[1].lower().replace("_", "-")
    return service if match[2] == "HOST" else str(ports.get(service, ""))
