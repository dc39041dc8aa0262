"""Traefik's own files (the file provider), in YAML or TOML: routers, services with their servers, middlewares."""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import MOST_ROUTES, Declarations, DeclaredGateway, DescriptorReader
from flowmap.project.gotemplate_values import Value, entry, plain, table_of
from flowmap.project.route_paths import address
from flowmap.project.traefik import Named, Traefik
from flowmap.project.yaml_nodes import Table, YamlError, documents, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_YAML = re.compile(rb"^http\s*:", re.MULTILINE)
_TOML = re.compile(rb"^\s*\[http\.routers", re.MULTILINE)


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml", ".toml"))


def _read(file: DescriptorFile) -> Declarations:
    if file.path.endswith(".toml"):
        return _stated(file, _toml(file), Table({}, {}, 1)) if _TOML.search(file.content) else Declarations()
    if b"routers" not in file.content or not _YAML.search(file.content):
        return Declarations()
    try:
        roots = documents(file.content)
    except YamlError:
        return Declarations()
    http = table(table(roots[0]).get("http")) if roots else Table({}, {}, 1)
    return _stated(file, plain(http), table(http.get("routers")))


def _toml(file: DescriptorFile) -> Value:
    try:
        found: Value = tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return entry(found, "http")


def _stated(file: DescriptorFile, http: Value, lines: Table) -> Declarations:
    found = Traefik()
    for name, router in table_of(entry(http, "routers")).items():
        found.routers[name] = Named(dict(_flat(router)), file.at(lines.at(name) or 1))
    for name, middleware in table_of(entry(http, "middlewares")).items():
        found.middlewares[name] = Named(dict(_flat(middleware)), file.at(1))
    for name, service in table_of(entry(http, "services")).items():
        urls = dict(_flat(service)).get("loadbalancer.servers.url", "")
        found.upstreams[name] = tuple(host for url in urls.split(",") if (host := address(url)[0]))
    routes = tuple(islice(found.routes(), MOST_ROUTES))
    return Declarations(gateways=(DeclaredGateway("traefik", routes, file.at(1)),) if routes else ())


def _flat(value: Value, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """The options under dotted names; the elements of a list, or of each entry of its mappings, in one text."""
    if isinstance(value, dict) and depth < 8:
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key.lower()}".removeprefix("."), depth + 1)
    elif isinstance(value, list):
        gathered: dict[str, list[str]] = {}
        for item in value:
            for key, text in _flat(item, path, depth + 1):
                gathered.setdefault(key, []).append(text)
        yield from ((key, ",".join(texts)) for key, texts in gathered.items())
    elif isinstance(value, str):
        yield path, value


READER = DescriptorReader("traefik", _matches, _read)
