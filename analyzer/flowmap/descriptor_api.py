"""What a reader of a deployment format says about a system. The only module of flowmap, besides the model, that a reader imports.

A reader is a value, registered under the entry-point group `flowmap.descriptors`. It sees one file at a time and declares what
that file states; putting the statements of several files together (an image built here and run there) is discovery's task.
All paths, in and out, are relative to the scan root with forward slashes; the scan root itself is ".".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.model.building import Build, DeclaredImage, Instruction, Mount, Recipe, RenamedImage
from flowmap.model.disposal import Disposal
from flowmap.model.interaction import Kind, Match, Role, Streams
from flowmap.model.location import Location
from flowmap.model.project import (
    Address,
    Conduit,
    Diagnostic,
    Document,
    Existing,
    External,
    ExternalKind,
    Forward,
    Operation,
    RpcMethod,
    RpcService,
    Setting,
    Wire,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "FOR_TESTS", "MOST_ROUTES", "Address", "Build", "CatalogEntry", "Conduit", "Declarations", "DeclaredGateway", "DeclaredHost",
    "DeclaredImage", "DeclaredProcess", "DeclaredRoute", "DescriptorFile", "DescriptorReader", "Diagnostic", "Disposal",
    "Distribution", "Document", "Existing", "External", "ExternalKind", "FolderSettings", "Forward", "Instruction", "Kind",
    "Location", "Match", "Mount", "NamedSettings", "Operation", "OwnedPaths", "PortNote", "Recipe", "RenamedImage", "Role",
    "RpcMethod", "RpcService", "Setting", "SettingReference", "Streams", "Wire",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DescriptorFile:
    """The file to read. `look` gives the content of another file of the scan, None if there is none that can be read;
    `is_folder` says whether the scan has a folder with files in it, `below` which files that are no Python lie in a folder and
    all folders in it."""

    path: str
    content: bytes
    look: Callable[[str], bytes | None]
    is_folder: Callable[[str], bool] = lambda _: False
    below: Callable[[str], tuple[str, ...]] = lambda _: ()

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", errors="replace")

    def at(self, line: int) -> Location:
        return Location(self.path, line, line)


@dataclass(frozen=True, slots=True)
class SettingReference:
    """An environment taken from a group of `NamedSettings`: one `key` as `variable`, or all of it, each name behind `prefix`. The
    group without a name is the environment of whoever deploys."""

    group: str
    prefix: str = ""
    key: str = ""
    variable: str = ""


# The rank of what is only run for tests: it says nothing where anything else does.
FOR_TESTS = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredProcess:
    """A process that a file says is run. Within one `system` (the format) and `scope` (the folder of the file) a name means one
    process: several files may add to it, and where they disagree the higher `rank` holds. `folder` is where it runs if it
    runs on the host. `placeholder` is the name by which its own file asks for an image that another file names. `environment` is
    what the process is given explicitly, `fallbacks` what yields to it. `definition` is the file that says what it does, where that
    is no code (a state machine); `handler` is what the platform calls (`package.module.function`) if nothing says where that is."""

    name: str
    system: str
    scope: str
    location: Location
    rank: int = 1
    folder: str | None = None
    build: Build | None = None
    image: str = ""
    placeholder: str = ""
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    working_dir: str = ""
    mounts: tuple[Mount, ...] = ()
    environment: tuple[Setting, ...] = ()
    fallbacks: tuple[Setting, ...] = ()
    references: tuple[SettingReference, ...] = ()
    addresses: tuple[Address, ...] = ()
    aliases: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    definition: str = ""
    handler: str = ""


@dataclass(frozen=True, slots=True)
class NamedSettings:
    """Settings that processes refer to by name."""

    name: str
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """Settings that a program finds in its folder; the higher `rank` holds. Rank 0 is an example, not a value in use."""

    folder: str
    rank: int
    settings: tuple[Setting, ...]


@dataclass(frozen=True, slots=True)
class DeclaredHost:
    """Host names that lead to the processes whose labels include `selector`."""

    addresses: tuple[Address, ...]
    selector: tuple[tuple[str, str], ...]
    location: Location


@dataclass(frozen=True, slots=True)
class DeclaredRoute:
    """Requests that a gateway passes on to `upstream` (`host` or `host:port`; `${NAME}` in it is a variable of the gateway's
    environment): see `Route`."""

    prefix: str
    upstream: str
    location: Location
    instead: str | None = None
    exact: bool = False
    hosts: tuple[str, ...] = ()


# More routes than one file has that people write.
MOST_ROUTES = 5_000


@dataclass(frozen=True, slots=True)
class DeclaredGateway:
    """The routes of a gateway that is configured in the file `location`: of the processes that have it inside, else of those, near
    by, whose image is the `product`; of none if that is empty. `names` are host names under which it is known besides."""

    product: str
    routes: tuple[DeclaredRoute, ...]
    location: Location
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Distribution:
    """A folder that is packaged under a name; `scripts` are the commands it installs, each with its `module:function`."""

    folder: str
    name: str
    location: Location
    description: str = ""
    scripts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PortNote:
    """A line for people that speaks of a port on this machine, and the words that it, and the line that leads to it, hold.
    `started` says that the port is an option of a command."""

    port: int
    started: bool
    words: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class OwnedPaths:
    """Who owns the paths in `folder` that a pattern, written as in a .gitignore, takes in. Within one `section` the last pattern
    that takes a path in holds, also one without owners."""

    folder: str
    section: str
    pattern: str
    owners: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """What a catalogue of software says of a component or, by its `kind`, of a system of several; `folder` holds its code, `names`
    are others that it goes by."""

    kind: str
    name: str
    folder: str
    location: Location
    owner: str = ""
    system: str = ""
    domain: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declarations:
    """All that one file states. `exports` are values under the names by which other files refer to them."""

    processes: tuple[DeclaredProcess, ...] = ()
    images: tuple[DeclaredImage, ...] = ()
    renamed: tuple[RenamedImage, ...] = ()
    recipes: tuple[Recipe, ...] = ()
    groups: tuple[NamedSettings, ...] = ()
    settings: tuple[FolderSettings, ...] = ()
    hosts: tuple[DeclaredHost, ...] = ()
    distributions: tuple[Distribution, ...] = ()
    notes: tuple[PortNote, ...] = ()
    externals: tuple[External, ...] = ()
    wires: tuple[Wire, ...] = ()
    forwards: tuple[Forward, ...] = ()
    existing: tuple[Existing, ...] = ()
    disposals: tuple[Disposal, ...] = ()
    exports: tuple[Setting, ...] = ()
    gateways: tuple[DeclaredGateway, ...] = ()
    owned: tuple[OwnedPaths, ...] = ()
    catalog: tuple[CatalogEntry, ...] = ()
    documents: tuple[Document, ...] = ()
    described: tuple[RpcService, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class DescriptorReader:
    """A format: which files could be written in it, by their path, and what such a file states. A file that turns out to be
    something else is no error: `read` gives empty declarations. A format whose files mean something only together has
    `read_all` instead. One that states `facts` about services or brokers wherever its files lie is asked about every file that is
    given as such, whatever its name."""

    name: str
    matches: Callable[[str], bool]
    read: Callable[[DescriptorFile], Declarations] = lambda _: Declarations()
    read_all: Callable[[tuple[DescriptorFile, ...]], Declarations] | None = None
    facts: bool = False
