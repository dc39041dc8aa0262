"""nginx configurations: the locations that pass requests on. What decides by regular expressions that say more than a beginning, by
maps or by variables that the file does not set is not followed."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import MOST_ROUTES, Declarations, DeclaredGateway, DeclaredRoute, DescriptorReader, Diagnostic
from flowmap.project.bounds import cut
from flowmap.project.nginx_syntax import Directive, directives
from flowmap.project.paths import base, parent
from flowmap.project.route_paths import address, exchanged, fixed_start, spelled_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r".*\.conf(\.\w+)*|.*nginx.*(conf|template|tmpl|tpl)|nginx\.\w+", re.IGNORECASE)
_PASSES = re.compile(rb"\b(proxy|grpc|uwsgi)_pass\b")
_VARIABLE = re.compile(r"\$(\w+)|\$\{(\w+)\}")
_PASSING = ("proxy_pass", "grpc_pass", "uwsgi_pass")
_LARGEST = 500_000


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    if not _PASSES.search(file.content):
        return Declarations()
    if len(file.content) > _LARGEST:
        said = Diagnostic(f"configuration of nginx is larger than {_LARGEST:,} bytes and not read", file.at(1))
        return Declarations(diagnostics=(said,))
    return gateways_in(file, file.text)


def gateways_in(file: DescriptorFile, text: str, before: int = 0) -> Declarations:
    """One gateway per server of a configuration; its text begins `before` lines into the file."""
    top = directives(text)
    upstreams = _upstreams(top) | _beside(file)
    found: list[DeclaredGateway] = []
    said = [Diagnostic("configuration of nginx is too long or too deep from here on", file.at(before + top.cut))] if top.cut else []
    for server, locations in _servers(top, None):
        names = tuple(n.lower() for d in server.all("server_name") for n in d.arguments if re.fullmatch(r"[\w-]+(\.[\w-]+)+", n))
        each = (r for location in locations for r in _routes(file, server, location, upstreams, before))
        if routes := tuple(islice(each, MOST_ROUTES)):
            found.append(DeclaredGateway("nginx", routes, file.at(before + server.line), names))
        if (left := next(each, None)) is not None:
            said.append(cut(MOST_ROUTES, "routes of one server", left.location))
    return Declarations(gateways=tuple(found), diagnostics=tuple(said))


def _servers(node: Directive, server: Directive | None) -> Iterator[tuple[Directive, list[Directive]]]:
    """Servers with their locations; a file that is included in one is one server."""
    here = node if node.name == "server" or (server is None and any(node.all("location"))) else server
    if here is node:
        yield node, [*_locations(node)]
        return
    for inner in node.block:
        yield from _servers(inner, here)


def _locations(node: Directive) -> Iterator[Directive]:
    for inner in node.block:
        if inner.name == "location":
            yield inner
        if inner.name in ("location", "if", "server"):
            yield from _locations(inner)


def _upstreams(top: Directive) -> dict[str, list[str]]:
    """The addresses behind each name that stands for several."""
    found: dict[str, list[str]] = {}
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node.name == "upstream" and node.arguments:
            found[node.arguments[0]] = [d.arguments[0] for d in node.all("server") if d.arguments]
        waiting += node.block
    return found


def _beside(file: DescriptorFile) -> dict[str, list[str]]:
    """The upstreams that other configurations in the folder name."""
    found: dict[str, list[str]] = {}
    for path in file.below(parent(file.path)):
        if path != file.path and parent(path) == parent(file.path) and _matches(path):
            content = file.look(path) or b""
            if b"upstream" in content and len(content) <= _LARGEST:
                found |= _upstreams(directives(content.decode("utf-8", errors="replace")))
    return found


def _routes(
    file: DescriptorFile, server: Directive, location: Directive, upstreams: Mapping[str, list[str]], before: int
) -> Iterator[DeclaredRoute]:
    passing = next((d for name in _PASSING for d in location.all(name) if d.arguments), None)
    *signs, path = location.arguments or ("",)
    if passing is None or path.startswith("@"):
        return
    known = {
        d.arguments[0].lstrip("$"): d.arguments[1] for node in (server, location) for d in node.all("set") if len(d.arguments) > 1
    }
    url = _VARIABLE.sub(lambda m: known.get(m[1] or m[2], m[0]), passing.arguments[0])
    host, behind = address(re.sub(r"\$(request_uri|uri|is_args|args|query_string)\b", "", url))
    by_pattern = bool({"~", "~*"} & set(signs))
    counted = "$" in behind or any(location.all("rewrite"))  # groups that something refers to by their numbers
    for one in spelled_out(path) if by_pattern and not counted else [path]:
        prefix, instead = _exchange(location, one, behind, by_pattern=by_pattern)
        for upstream in upstreams.get(host, [host]) if prefix is not None else ():
            yield DeclaredRoute(prefix or "", upstream, file.at(before + passing.line), instead, exact="=" in signs)


def _exchange(location: Directive, path: str, behind: str, *, by_pattern: bool) -> tuple[str | None, str | None]:
    """The beginning of the paths of a location, and what stands in its place when they are passed on."""
    prefix = fixed_start(path) if by_pattern else path
    for rewrite in location.all("rewrite"):
        done = exchanged(*rewrite.arguments[:2]) if len(rewrite.arguments) > 1 else None
        if done is not None and prefix is not None:
            return done
    if not behind or prefix is None:
        return prefix, None
    return (exchanged(path, behind) or (None, None)) if by_pattern else (prefix, behind)


READER = DescriptorReader("nginx", _matches, _read)
