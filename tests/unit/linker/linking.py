"""Programs from texts: sources in, interactions and channels out, recognised with a library of messages invented for it.

The invented library is small on purpose: `bus.publish(channel)` and `bus.subscribe(channel, handler)` as functions, a
`bus.Client` with the same as methods, made by its constructor, by `bus.connect()`, or by `bus.Pool().acquire()`, and a decorator
`bus.Client().on(channel)`. What the tests of the linker need beyond it are environment reads and settings, and
the ways of declaring values that plugins of real libraries state.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

import pytest
from _pytest.mark import ParameterSet
from flowmap.frontend.summarise import summarise
from flowmap.frontend.workers import with_large_stack
from flowmap.linker.callgraph import runs
from flowmap.linker.knowledge import compile_knowledge
from flowmap.linker.program import Program, link
from flowmap.linker.recognise import Recognition, recognise
from flowmap.linker.units import ScopeRef
from flowmap.linker.view import View
from flowmap.model.interaction import Interaction, Role
from flowmap.model.location import Location
from flowmap.model.project import Project, Service, Setting, SourceFile
from flowmap.plugin_api import (
    EnvironmentRead,
    Guard,
    Messages,
    Plugin,
    Serves,
    SettingsBase,
    SettingsModule,
    arg,
    keyword,
)
from flowmap.project.data_files import read_data
from flowmap_plugins import django, environment, injection

BUS = Plugin(
    name="bus",
    roots=("bus",),
    transport="bus",
    aliases={"bus.clients.Client": "bus.Client"},
    types={"bus.connect()": "bus.Client", "bus.Pool.acquire()": "bus.Client", "bus.aconnect()": "bus.Client"},
    patterns=(
        Messages(target="bus.publish", role=Role.PUBLISH, channel=arg(0, "channel"), event=keyword("event")),
        Messages(target="bus.subscribe", role=Role.SUBSCRIBE, channel=arg(0, "channel"), handler=arg(1, "handler")),
        Messages(target="bus.Client.publish", role=Role.PUBLISH, channel=arg(0, "channel")),
        Messages(target="bus.Client.subscribe", role=Role.SUBSCRIBE, channel=arg(0, "channel"), handler=arg(1, "handler")),
        Messages(target="bus.Client.on", role=Role.SUBSCRIBE, channel=arg(0, "channel"), form="decorator"),
        Messages(
            target="bus.Client.send",
            role=Role.PUBLISH,
            channel=arg(0, "channel"),
            when=(Guard(keyword("dry"), present=False),),
        ),
        Serves(target="bus.Web.get", path=arg(0, "path")),
    ),
)  # fmt: skip
ENVIRONMENT = Plugin(
    name="surroundings",
    roots=(),
    reads=(
        EnvironmentRead("os.environ[]", arg(0)),
        EnvironmentRead("os.environ.get()", arg(0, "key"), arg(1, "default")),
        EnvironmentRead("os.getenv()", arg(0, "key"), arg(1, "default")),
    ),
    settings=(
        SettingsBase(
            "pydantic_settings.BaseSettings",
            prefix_keys=("env_prefix",),
            alias_keys=("validation_alias", "alias"),
            delimiter_keys=("env_nested_delimiter",),
            file_keys=("yaml_file",),
            texts=frozenset({"pydantic.HttpUrl"}),
        ),
    ),
    modules=(SettingsModule("django.conf.settings", "DJANGO_SETTINGS_MODULE", marks=("INSTALLED_APPS",)),),
    declaring=tuple(d for known in (django, environment, injection) for d in known.PLUGIN.declaring),
)
MAIN = "app.py"
Files = Mapping[str, str]


def lines(*pieces: str) -> str:
    """Pieces of a program below one another, each without its own indentation and the blank line in front."""
    return "".join(dedent(piece).strip("\n") + "\n" for piece in pieces if piece)


def as_files(source: str | Files) -> Files:
    """A text alone is the one file of its program."""
    return {MAIN: source} if isinstance(source, str) else source


def service(name: str, root: str = ".", entry: str | None = None, **environment: str) -> Service:
    """A service with the environment that its deployment gives it."""
    place = Location("compose.yml", 1, 1)
    return Service(name, root, entry, environment=tuple(Setting(k, v, place) for k, v in environment.items()))


def linked(source: str | Files, *services: Service) -> Program:
    """The program of some files, Python and data; one service owns all of them unless others are given."""
    files = as_files(source)
    summaries = [summarise(path, lines(text).encode()) for path, text in files.items() if path.endswith(".py")]
    read = (read_data(path, lines(text).encode()) for path, text in files.items() if not path.endswith(".py"))
    written = tuple(SourceFile(path, lines(text).encode()) for path, text in files.items() if path.endswith(".py"))
    return link(summaries, Project(written, services or (service("main"),), data=tuple(d for d in read if d is not None)))


def recognition(source: str | Files, *services: Service, plugins: tuple[Plugin, ...] = (BUS, ENVIRONMENT)) -> Recognition:
    """All that the invented library, or others, recognise in some files."""
    return with_large_stack(lambda: recognise(linked(source, *services), plugins))


def interactions(source: str | Files, *services: Service) -> tuple[Interaction, ...]:
    """The interactions alone, by service and place."""
    return recognition(source, *services).interactions


def channels(source: str | Files, *services: Service) -> list[str]:
    """The channels of all messages in the order of their places; what is not known is a question mark with the reason."""
    return [named(i) for i in interactions(source, *services)]


def named(site: Interaction) -> str:
    """The channel or operation of a site, or why there is none."""
    return site.channel or site.operation or f"? {site.unresolved}"


def value_of(expression: str, before: str = "", *services: Service) -> set[str]:
    """What an expression can be worth as a text, behind some statements of the same module."""
    return set(channels(lines("import bus", before, f"bus.publish({expression})"), *services))


def roles(source: str | Files, *services: Service) -> list[str]:
    """`role channel` of every message."""
    return [f"{i.role} {named(i)}" for i in interactions(source, *services)]


def places(source: str | Files, *services: Service) -> list[str]:
    """`channel path:line < path:line`: where a destination is decided, and the way down to the library."""
    return [
        " < ".join([f"{named(i)} {i.location}", *(str(hop.location) for hop in i.via)]) for i in interactions(source, *services)
    ]


def starts(source: str | Files, *services: Service) -> dict[str, list[str]]:
    """What starts each publication: its channel -> the channels or operations whose handlers lead there."""
    found = interactions(source, *services)
    by_id = {i.id: named(i) for i in found}
    return {named(i): sorted(by_id[t] for t in i.triggers) for i in found if i.role is Role.PUBLISH}


def viewed(source: str | Files, *services: Service) -> View:
    """Some files as their first service sees them."""
    program = linked(source, *services)
    return View(program.units, program.files[program.services[0].name], {}, compile_knowledge((BUS, ENVIRONMENT)))


def run(source: str | Files, *services: Service) -> set[str]:
    """`caller -> callee` for every scanned function that another one, or a module, runs itself."""
    view = viewed(source, *services)

    def name(ref: ScopeRef) -> str:
        return view.scope(ref).qualname or ref.path

    found = with_large_stack(lambda: runs(view))
    return {f"{name(runner)} -> {name(ref)}" for runner, refs in found.items() for ref in refs}


def wrong(*values: object, reason: str) -> ParameterSet:
    """A case that states what is right and that flowmap gets wrong; it fails as soon as flowmap gets it right."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))
