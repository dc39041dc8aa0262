"""Docker Compose files: which processes run, from which folder, under which names and with which environment.

A file is read on its own; overlays of the same folder are put together by discovery, the override last, variants for development,
test and CI weakest. An included file is found by itself; what `include` says of its variables and its folder holds over that.
Deployment options, networks as such, and secrets are not looked at; a service of nothing but test profiles is for tests.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import FOR_TESTS, Declarations, DeclaredProcess, DescriptorReader, Diagnostic
from flowmap.project.interpolation import interpolate
from flowmap.project.merging import overlaid
from flowmap.project.paths import base, is_for_work, join, parent
from flowmap.project.readers.compose_fields import (
    Compose,
    addresses_of,
    aliases_of,
    build_of,
    command_of,
    env_file_settings,
    environment_of,
    mounts_of,
)
from flowmap.project.readers.compose_labels import gateways_of
from flowmap.project.readers.dotenv import filled_in, parse_dotenv, samples_of
from flowmap.project.yaml_nodes import Table, YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_OWN_NAME = re.compile(r"(docker-)?compose.*\.ya?ml|.*[._-]compose\.ya?ml", re.IGNORECASE)
_TO_COPY = re.compile(r"(?P<meant>.*\.ya?ml)[._-](example|sample|dist|template)", re.IGNORECASE)
_VARIANT = re.compile(r"(^|[._-])(dev|devel|development|local|debug)([._-]|$)", re.IGNORECASE)
_TEST = re.compile(r"(^|[._-])(test|tests|testing|ci|e2e|mock|mocks)([._-]|$)", re.IGNORECASE)
_SERVICES = re.compile(rb"^[\"']?services[\"']?\s*:", re.MULTILINE)
_APP_ID = re.compile(r"--?app-id[= ]\s*([\w.-]+)")
_DEEPEST = 5
_MOST_INCLUDED = 50


def _matches(path: str) -> bool:
    copied = _TO_COPY.fullmatch(path)
    return path.endswith((".yml", ".yaml")) or (copied is not None and bool(_OWN_NAME.fullmatch(base(copied["meant"]))))


def _read(file: DescriptorFile) -> Declarations:
    copied = _TO_COPY.fullmatch(file.path)
    if copied is not None and file.look(copied["meant"]) is not None:
        return Declarations()
    own_name = copied is not None or bool(_OWN_NAME.fullmatch(base(file.path)))
    if not own_name and not (b"services" in file.content and _SERVICES.search(file.content)):
        return Declarations()
    try:
        roots = documents(file.content)
    except YamlError as error:
        templated = b"{{" in file.content
        return Declarations(diagnostics=() if templated or not own_name else (Diagnostic(f"compose file: {error}", file.at(1)),))
    root = table(roots[0]) if roots else None
    services = _services(root, own_name=own_name)
    included = tuple(_included(file, root)) if root is not None and own_name else ()
    if root is None or services is None:
        return Declarations(processes=included)
    compose = Compose(file, parent(file.path), services, _variables(file), _rank(file.path), table(root.get("configs")))
    return Declarations(processes=(*_processes(compose), *included), gateways=gateways_of(compose))


def _included(file: DescriptorFile, root: Table) -> Iterator[DeclaredProcess]:
    """The services of files that are included with variables or a folder of their own, as these make them."""
    known = _variables(file)
    for entry in islice(tables(root.get("include")), _MOST_INCLUDED):
        own = {"env_file", "project_directory"} & entry.entries.keys()
        for name in texts(entry.get("path"))[:_MOST_INCLUDED] if own else ():
            path = join(parent(file.path), interpolate(name, known).text)
            content = file.look(path) if path is not None else None
            read = _shared(content) if content is not None else None
            if path is not None and content is not None and read is not None:
                other = replace(file, path=path, content=content)
                folder = (
                    join(parent(file.path), text(entry.get("project_directory"))) if "project_directory" in own else parent(path)
                )
                made = Compose(other, folder or ".", read[0], _given(file, entry, known), _rank(path) + 1, read[1])
                yield from (replace(p, scope=parent(path)) for p in _processes(made))


def _given(file: DescriptorFile, entry: Table, known: dict[str, str]) -> dict[str, str]:
    """The variables that an included file gets: those of the files that are named for it hold over those of the whole."""
    found = dict(known)
    for name in texts(entry.get("env_file")):
        path = join(parent(file.path), name)
        content = file.look(path) if path is not None else None
        if path is not None and content is not None:
            found |= {s.name: s.value for s in parse_dotenv(replace(file, path=path, content=content), found)}
    return found


def _services(root: Table | None, *, own_name: bool) -> Table | None:
    """The services of a file, None if it is no compose file. The oldest format has them at the top."""
    if root is None:
        return None
    named = root.get("services")
    candidate = named if isinstance(named, Table) else root if own_name else None
    if candidate is None:
        return None
    built = any(isinstance(s, Table) and ({"image", "build"} & s.entries.keys()) for s in candidate.entries.values())
    return candidate if built or (own_name and candidate is named) else None


def _rank(path: str) -> int:
    name = base(path)
    if "override" in name:
        return 30
    if _TEST.search(name):
        return FOR_TESTS
    if _VARIANT.search(name) or is_for_work(parent(path)):
        return 5
    return 20 if re.fullmatch(r"(docker-)?compose\.ya?ml", name) else 10


def _variables(file: DescriptorFile) -> dict[str, str]:
    """What stands in the `.env` beside the file; its committed samples where it has none."""
    found: dict[str, str] = {}
    for name in (".env", *samples_of(".env")):
        path = join(parent(file.path), name)
        content = file.look(path) if path is not None else None
        if path is not None and content is not None:
            for setting in filled_in(replace(file, path=path, content=content), found):
                found.setdefault(setting.name, setting.value)
    return found


def _processes(compose: Compose) -> Iterator[DeclaredProcess]:
    sidecars = dict(_sidecars(compose))
    for name, node in compose.services.entries.items():
        if isinstance(node, Table):
            process = _process(compose, name, node, 0)
            given = sidecars.get(name)
            yield replace(process, aliases=(*process.aliases, given)) if given else process


def _sidecars(compose: Compose) -> Iterator[tuple[str, str]]:
    """Services whose Dapr sidecar stands in the file, each with the application id that callers use."""
    for node in compose.services.entries.values():
        mode = compose.text(table(node).get("network_mode"))
        words = command_of(compose, table(node).get("command"))
        if mode.startswith("service:") and (match := _APP_ID.search(" ".join(words))):
            yield mode.partition(":")[2], match[1]


def _process(compose: Compose, name: str, node: Table, depth: int) -> DeclaredProcess:
    build = build_of(compose, node.get("build"))
    profiles = compose.texts(node.get("profiles"))
    for_tests = bool(profiles) and all(_TEST.search(p) for p in profiles)
    environment, asked = environment_of(compose, node.get("environment"))
    own = DeclaredProcess(
        name=name,
        system="compose",
        scope=compose.folder,
        location=compose.file.at(compose.services.at(name)),
        rank=FOR_TESTS if for_tests else compose.rank,
        build=build,
        image=compose.text(node.get("image")),
        entrypoint=command_of(compose, node.get("entrypoint")),
        command=command_of(compose, node.get("command")),
        working_dir=compose.text(node.get("working_dir")),
        mounts=tuple(mounts_of(compose, node)),
        environment=environment,
        references=asked,
        fallbacks=tuple(env_file_settings(compose, node.get("env_file"))),
        addresses=tuple(addresses_of(compose, name, node)),
        aliases=aliases_of(compose, node),
    )
    base_process = _extended(compose, node.get("extends"), depth)
    return own if base_process is None else overlaid(own, replace(base_process, addresses=(), aliases=()))


def _extended(compose: Compose, node: Node, depth: int) -> DeclaredProcess | None:
    """The service that this one extends, of the same file or another."""
    name = compose.text(node) or compose.text(table(node).get("service"))
    if not name or depth > _DEEPEST:
        return None
    other_file = compose.text(table(node).get("file"))
    source = _other(compose, other_file) if other_file else compose
    service = source.services.get(name) if source is not None else None
    if source is None or not isinstance(service, Table):
        return None
    return _process(source, name, service, depth + 1)


def _other(compose: Compose, name: str) -> Compose | None:
    path = join(compose.folder, name)
    content = compose.file.look(path) if path is not None else None
    if path is None or content is None:
        return None
    file = replace(compose.file, path=path, content=content)
    read = _shared(content)
    return None if read is None else Compose(file, parent(path), read[0], compose.variables, compose.rank, read[1])


@lru_cache(maxsize=16)
def _shared(content: bytes) -> tuple[Table, Table] | None:
    """The services and configs of a file that others extend or include."""
    try:
        root = next((table(d) for d in documents(content)), None)
    except YamlError:
        return None
    services = _services(root, own_name=True)
    return (services, table(root.get("configs"))) if root is not None and services is not None else None


READER = DescriptorReader("compose", _matches, _read)
