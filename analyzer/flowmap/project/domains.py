"""The domains that the configuration puts services into. Where it says nothing of one, the organisation's catalogue decides."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowmap.config import Config, DomainConfig
    from flowmap.model.project import Service


def with_domains(services: tuple[Service, ...], config: Config) -> tuple[Service, ...]:
    """The services, each in the first domain that takes it in."""
    return tuple(_placed(s, config.domains) for s in services)


def _placed(service: Service, domains: list[DomainConfig]) -> Service:
    found = next((d for d in domains if _takes(d, service)), None)
    return replace(service, domain=found.name) if found is not None else service


def _takes(domain: DomainConfig, service: Service) -> bool:
    """Whether one of its names is meant, or its folder or one around it."""
    named = any(fnmatchcase(service.name, name) for name in domain.services)
    return named or any(
        fnmatchcase(service.root, pattern)
        for folder in domain.folders
        for pattern in (folder.rstrip("/"), f"{folder.rstrip('/')}/*")
    )
