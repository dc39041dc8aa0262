"""Traefik's routers and middlewares, as labels of containers and files of its own say them in the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import DeclaredRoute
from flowmap.project.route_paths import exchanged, fixed_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.model.location import Location

_CONDITION = re.compile(r"(!)?\b(Host|HostSNI|PathPrefixStrip|PathPrefix|PathRegexp|Path)\(([^)]*)\)", re.IGNORECASE)
_ARGUMENT = re.compile(r"[`\"']([^`\"']*)[`\"']")
_DEEPEST = 5
_MOST = 100
"""Names in a list, and middlewares of a router."""
_LONGEST = 2_000
"""Characters of a rule."""


@dataclass(frozen=True, slots=True)
class Named:
    """A router, a service or a middleware: its options by dotted names in small letters, and where it stands."""

    options: Mapping[str, str]
    location: Location


@dataclass(slots=True)
class Traefik:
    """All that is configured in one place. `upstreams` are the addresses behind each service's name."""

    routers: dict[str, Named] = field(default_factory=dict)
    middlewares: dict[str, Named] = field(default_factory=dict)
    upstreams: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def routes(self) -> Iterator[DeclaredRoute]:
        for router in self.routers.values():
            hosts, paths = hosts_and_paths(router.options.get("rule", ""))
            names = router.options.get("middlewares", "")
            ways = [(start, instead, exact) for path, exact in paths for start, instead in self._exchanges(path, names)]
            for upstream in self.upstreams.get(_plain(router.options.get("service", "")), ()):
                for start, instead, exact in ways:
                    yield DeclaredRoute(start, upstream, router.location, instead, exact, hosts)

    def _exchanges(self, path: str, names: str) -> list[tuple[str, str | None]]:
        """What the path of a rule becomes, and longer paths that become something else."""
        now = path
        longer: list[tuple[str, str | None]] = []
        for options in islice(self._applied(names, 0), _MOST):
            for prefix in _words(options.get("stripprefix.prefixes", "")):
                if prefix != "/" and f"{prefix}/".startswith(path.rstrip("/") + "/") and prefix != path:
                    longer.append((prefix, "/"))
                elif f"{now}/".startswith(prefix.rstrip("/") + "/"):
                    now = stripped(prefix, now)
            now = options.get("addprefix.prefix", "").rstrip("/") + now if "addprefix.prefix" in options else now
            done = exchanged(options.get("replacepathregex.regex", ""), options.get("replacepathregex.replacement", ""))
            if done is not None and f"{now}/".startswith(done[0].rstrip("/") + "/"):
                now = done[1].rstrip("/") + now[len(done[0].rstrip("/")) :]
        return [*longer, (path, now if now != path else None)]

    def _applied(self, names: str, depth: int) -> Iterator[Mapping[str, str]]:
        """The options of middlewares in order, chains taken apart."""
        for name in map(_plain, _words(names) if depth < _DEEPEST else ()):
            if name in self.middlewares:
                options = self.middlewares[name].options
                yield options
                yield from self._applied(options.get("chain.middlewares", ""), depth + 1)


def _words(text: str) -> list[str]:
    return [w.strip() for w in text.split(",", _MOST)[:_MOST] if w.strip()]


def _plain(name: str) -> str:
    """A name without the provider that it comes from."""
    return name.partition("@")[0]


def stripped(prefix: str, path: str | None = None) -> str:
    """A path, by default the prefix itself, without the prefix."""
    rest = (path if path is not None else prefix)[len(prefix.rstrip("/")) :]
    return rest if rest.startswith("/") else f"/{rest}"


def hosts_and_paths(rule: str) -> tuple[tuple[str, ...], list[tuple[str, bool]]]:
    """The hosts that a rule asks for, and the beginnings of paths, each with whether it is the whole path."""
    hosts: list[str] = []
    paths: list[tuple[str, bool]] = []
    for negated, kind, arguments in _CONDITION.findall(rule[:_LONGEST]):
        for argument in _ARGUMENT.findall(arguments) if not negated else ():
            if kind.lower().startswith("host"):
                hosts.append(argument.lower())
            elif kind.lower() == "pathregexp":
                paths += [(start, False)] if (start := fixed_start(argument)) else []
            else:
                paths.append((argument.partition("{")[0] or "/", kind.lower() == "path" and "{" not in argument))
    return tuple(dict.fromkeys(hosts)), paths or ([("/", False)] if hosts else [])
