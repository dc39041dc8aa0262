"""What discovery found on disk: files, services, what their deployment tells them, and what else is declared there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from flowmap.model.disposal import Disposal
from flowmap.model.interaction import Confidence, Kind, Match, Role, Streams
from flowmap.model.location import Evidence, Location
from flowmap.model.suppression import Suppression

INSTALLED = "<environment>"
"""The folder under which the files of installed libraries are named, wherever they lie."""
GIVEN = "<facts>"
"""The same for documents that are given from outside the scan."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Python file; `path` is relative to the scan root, with forward slashes; of a library, to packages, below `INSTALLED`."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DataMap:
    """A mapping in a file of data, in the order of the file."""

    items: tuple[tuple[str, Data], ...]


@dataclass(frozen=True, slots=True)
class DataList:
    """A sequence in a file of data."""

    items: tuple[Data, ...]


Data: TypeAlias = str | int | float | bool | DataMap | DataList | None


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of configuration (JSON, YAML, TOML, INI) that the Python of the scan names, and what is in it."""

    path: str
    content: Data


@dataclass(frozen=True, slots=True)
class Setting:
    """An environment variable that a deployment file gives a service; with `within`, only to the code in that folder or file."""

    name: str
    value: str
    location: Location
    within: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A way to reach a service: host name (lower case, without port) and port; None is any port."""

    host: str
    port: int | None
    location: Location


@dataclass(frozen=True, slots=True)
class Service:
    """A deployable unit with Python of the scan. `root` is its folder ("." for the scan root); `entry` the file that its
    process starts with, None where the whole folder is the unit. `command` is the process's argument vector, if known.
    Services that share a root are told apart by their entries (or commands). `owners`, `system` and `domain` are those that the
    organisation names, empty where it does not. `places` are (path in its container, file or folder of the scan that stands
    there), of several for one path the strongest first, `handed` (variable, source) of values that only whoever deploys knows."""

    name: str
    root: str
    entry: str | None = None
    description: str = ""
    aliases: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    environment: tuple[Setting, ...] = ()
    addresses: tuple[Address, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    owners: tuple[str, ...] = ()
    system: str = ""
    domain: str = ""
    places: tuple[tuple[str, str], ...] = ()
    handed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Conduit:
    """What carries messages, as a deployment file names it: a queue, a topic, a stream, an event type on a bus (`exchange`), of
    certain senders only (`source`)."""

    transport: str
    channel: str
    exchange: str = ""
    event: str = ""
    source: str = ""
    match: Match = Match.EXACT


@dataclass(frozen=True, slots=True)
class Wire:
    """What a deployment file declares a service to do; mostly a subscription: messages of `channel` are brought to the endpoint
    `route` (a path), or to the function `handler` (`folder/file.py:name` or `module:name`), of the named services, or of whoever
    has it if none is named. `operation` is what is served (`GET /orders/{id}`) or called, `target` the name of who is called.
    `actor` is who does it where that is no code (a state machine): what it publishes and calls follows from the wires that start
    it. `${NAME}` in the channel is a setting of the service, and a channel that is a URL counts by the first label of its host.
    `local`: it never leaves the service. `rows` (`table.column`) are published, where the column says: in the place of `{}`."""

    transport: str
    channel: str
    location: Location
    services: tuple[str, ...] = ()
    route: str = ""
    role: Role = Role.SUBSCRIBE
    handler: str = ""
    exchange: str = ""
    event: str = ""
    source: str = ""
    match: Match = Match.EXACT
    kind: Kind = Kind.EVENT
    operation: str = ""
    target: str = ""
    waits: bool = True
    actor: str = ""
    group: str = ""
    local: bool = False
    rows: str = ""
    confidence: Confidence = Confidence.CERTAIN


@dataclass(frozen=True, slots=True)
class Forward:
    """The infrastructure carries what is sent to `source` to `target` (a subscription, a rule): its readers listen to `source`."""

    source: Conduit
    target: Conduit
    location: Location
    confidence: Confidence = Confidence.CERTAIN


@dataclass(frozen=True, slots=True)
class Existing:
    """A channel that is there, whoever uses it: a deployment file makes it, a broker's listing or a foreign program names it."""

    transport: str
    channel: str
    location: Location


@dataclass(frozen=True, slots=True)
class Route:
    """What a gateway does with requests: those whose path is `prefix`, or goes on behind it unless it has to be `exact`, are passed
    on to `host` and `port`, with `instead` in the place of the prefix (None: the path stays as it is). The gateway is asked under
    the names of externals, `gateways`, and under host names of its own, `names`; with `hosts` the route only holds for those."""

    prefix: str
    host: str
    port: int | None
    location: Location
    instead: str | None = None
    exact: bool = False
    gateways: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of an API document: the HTTP method in capitals, the path as a template, and what the document says of the
    function that answers: its `handler` (the operation's id) and the module or class that this is in, both "" if not said."""

    method: str
    path: str
    handler: str
    controller: str
    location: Location

    @property
    def target(self) -> str:
        """The handler with its module in front."""
        return f"{self.controller}.{self.handler}" if self.controller and self.handler else self.handler


@dataclass(frozen=True, slots=True)
class Document:
    """An API document of the scan, or one that was given with it: what a service, which goes by its `title`, serves and what it
    publishes and listens to (`wires`, from the service's own view). `base` stands before the paths of its operations, `hosts` are
    where they are asked for, `line` is where the title stands."""

    path: str
    base: str
    operations: tuple[Operation, ...]
    title: str = ""
    line: int = 1
    hosts: tuple[Address, ...] = ()
    wires: tuple[Wire, ...] = ()


@dataclass(frozen=True, slots=True)
class RpcMethod:
    """An operation of a described service; None: one question, one answer."""

    name: str
    streams: Streams | None = None


@dataclass(frozen=True, slots=True)
class RpcService:
    """A service as its interface file describes it, by whatever language it is offered. `package` is empty where none is stated."""

    transport: str
    name: str
    package: str
    methods: tuple[RpcMethod, ...]
    location: Location


class ExternalKind(StrEnum):
    """What is known of something outside the scanned code."""

    API = "api"
    DECLARED = "declared-service"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class External:
    """A host, a service without Python of the scan, or a product (broker, database), with the channels that the configuration
    declares for it, the `image` and `environment` that it is deployed with, and what documents say that it `does`."""

    name: str
    kind: ExternalKind
    addresses: tuple[Address, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    publishes: tuple[str, ...] = ()
    subscribes: tuple[str, ...] = ()
    image: str = ""
    environment: tuple[Setting, ...] = ()
    does: tuple[Wire, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What a user should know of the scan itself. `fatal` is a failure of the tool or of an extension: the exit code will be 2."""

    message: str
    location: Location | None = None
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Files that were left out for one reason (tests, migrations, generated, ...)."""

    reason: str
    count: int
    example: str


def added_up(parts: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """What several scans left out, once for each reason."""
    together: dict[str, list[LeftOut]] = {}
    for part in parts:
        together.setdefault(part.reason, []).append(part)
    found = sorted(together.items())
    return tuple(LeftOut(reason, sum(p.count for p in same), min(p.example for p in same)) for reason, same in found)


@dataclass(frozen=True, slots=True)
class Project:
    """What later stages know of the disk. `roots` are folders ("" for the scan root) that the configuration puts on every service's
    import path; `data` are files of configuration that the code may read, `stored` settings that it may ask a store for."""

    files: tuple[SourceFile, ...]
    services: tuple[Service, ...]
    externals: tuple[External, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    wires: tuple[Wire, ...] = ()
    forwards: tuple[Forward, ...] = ()
    existing: tuple[Existing, ...] = ()
    elsewhere: tuple[Existing, ...] = ()
    disposals: tuple[Disposal, ...] = ()
    stored: tuple[Setting, ...] = ()
    routes: tuple[Route, ...] = ()
    documents: tuple[Document, ...] = ()
    described: tuple[RpcService, ...] = ()
    roots: tuple[str, ...] = ()
    data: tuple[DataFile, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
