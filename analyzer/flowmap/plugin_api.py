"""The language in which a plugin says what a library's calls mean. The only module of flowmap that a plugin imports.

A plugin is a value. It names types by the qualified names that user code sees: `kafka.KafkaProducer.send` is the method,
`kafka.KafkaProducer` the constructor, `aio_pika.Channel.declare_exchange()` what a call of the method gives,
`os.environ[]` an item, `celery.Celery.task@` what a decorator makes of a function. `*` stands for one name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from flowmap.model.declaring import CommandOptions, Declaring, EntryPoints, Enumeration, FileSettings, RegisteredOptions
from flowmap.model.effect import Does, Effects
from flowmap.model.endurance import Limit, Number, Tries
from flowmap.model.hosting import Runs
from flowmap.model.interaction import Handler, Kind, Match, Role
from flowmap.model.patience import Wait
from flowmap.model.pattern import (
    FRONT,
    Addressed,
    Binds,
    ConfigObject,
    Declares,
    Delegates,
    EnvironmentRead,
    Gives,
    Guard,
    Guards,
    Messages,
    Mounts,
    Passes,
    Pattern,
    RemoteCalls,
    Requests,
    Serves,
    SettingsBase,
    SettingsFile,
    SettingsModule,
)
from flowmap.model.project import Document, Operation
from flowmap.model.reference import (
    AllArguments,
    Argument,
    Called,
    ClassAttribute,
    Configured,
    Const,
    Current,
    Decorated,
    Each,
    Entry,
    FirstOf,
    Format,
    FunctionName,
    FunctionPath,
    Held,
    Host,
    Inside,
    Keys,
    Keywords,
    Maker,
    Matched,
    MethodName,
    ObjectOf,
    Owner,
    Receiver,
    Ref,
    Replaced,
    Result,
    Returned,
    Supplied,
    Tail,
    Taken,
    TypeName,
    TypeOf,
    Variable,
    arg,
    keyword,
)

__all__ = [
    "FRONT",
    "Addressed",
    "AllArguments",
    "Argument",
    "Binds",
    "Called",
    "ClassAttribute", "CommandOptions", "ConfigObject", "Configured", "Const", "Context", "Current",
    "Declares", "Declaring", "Decorated", "Delegates", "Document", "Does",
    "Each", "Effects", "Entry", "EntryPoints", "Enumeration", "EnvironmentRead",
    "FileSettings", "FirstOf", "Format", "Found", "FunctionName", "FunctionPath",
    "Gives", "Guard", "Guards",
    "Handler", "Held", "Host",
    "Inside",
    "Keys", "Keywords", "Kind",
    "Limit",
    "Maker", "Match", "Matched", "Messages", "MethodName", "Mounts",
    "Number",
    "ObjectOf", "Operation", "Owner",
    "Passes", "Pattern", "Placed", "Plugin",
    "Receiver",
    "Ref",
    "RegisteredOptions",
    "RemoteCalls",
    "Replaced",
    "Requests",
    "Result",
    "Returned",
    "Role",
    "Runs",
    "Serves",
    "SettingsBase", "SettingsFile", "SettingsModule",
    "Supplied", "Tail", "Taken", "Tries", "TypeName", "TypeOf",
    "Variable",
    "Wait",
    "Wiring",
    "arg",
    "keyword",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wiring:
    """A finding of a plugin's own code, in texts: what the declarative patterns cannot say. `handler` comes
    from the context; `route` is the path of an endpoint that the messages are brought to, where that is the handler, or its URL
    where it may be another service's. `where` is (path, line, end line); `space`,
    `public` and `timed` as for messages."""

    role: Role
    transport: str
    where: tuple[str, int, int]
    channel: str | None = None
    exchange: str | None = None
    event: str | None = None
    operation: str | None = None
    handler: Handler | None = None
    route: str = ""
    kind: Kind = Kind.EVENT
    unresolved: str | None = None
    space: str = ""
    public: bool = False
    timed: bool = False


class Found(Protocol):
    """A value in the program and where it comes from: (path, line, end line). Nothing here fails; what is not there is
    empty."""

    @property
    def where(self) -> tuple[str, int, int]: ...

    @property
    def called(self) -> str:
        """The name or attribute that an element is written as (`deleted_topic` of `[config.deleted_topic]`)."""

    def texts(self) -> list[str]:
        """The texts it can be."""

    def items(self) -> Iterable[tuple[str | None, Found]]:
        """The entries of a mapping."""

    def get(self, key: str) -> Found:
        """An entry of a mapping, an attribute of an object, or of a class and else its objects."""

    def elements(self) -> Iterable[Found]:
        """The elements of a collection; a plain value is its own only element."""

    def argument(self, index: int | None, name: str | None = None) -> Found:
        """An argument of the call that made the object."""

    def call(self, method: str) -> Found:
        """What a method of the class or object gives, called without arguments."""

    def needs(self, method: str) -> list[str]:
        """The parameters that a method has to be given, the first one left out."""

    def receiver(self) -> Found:
        """The object whose method or attribute this is the result of (`x` of `x.as_view()` and of `x.urls`)."""

    def same(self, other: Found) -> bool:
        """Whether both can be the same object."""

    def names(self) -> set[str]:
        """The qualified names under which plugins know it."""

    def handlers(self) -> list[Handler]:
        """The functions and classes among its alternatives."""

    def functions(self) -> Iterable[tuple[str, Handler]]:
        """The functions and classes that it is, or whose dotted paths it is, each with that path."""

    def methods(self) -> Iterable[tuple[str, Handler]]:
        """The public methods of a class, or of the class of an object."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What a plugin's own code says of a router: `child` is put into `parent`, or the application itself, under a prefix."""

    child: Found
    prefix: str
    parent: Found | None = None


class Context(Protocol):
    """What a plugin's own code may ask of one service's program."""

    def assigned(self, name: str) -> Iterable[Found]:
        """Everything assigned to a variable or attribute of this name."""

    def put_into(self, name: str) -> Iterable[Found]:
        """Everything put under a key of a variable or attribute of this name."""

    def entries(self, key: str) -> Iterable[Found]:
        """Every value under this constant key of a dict, or passed under this keyword."""

    def displays(self, *keys: str) -> Iterable[Found]:
        """Every dict display that has all of these constant keys."""

    def calls(self, name: str) -> Iterable[tuple[Found, Found]]:
        """Calls whose callee ends with this name: the callee, and what the call gives."""

    def registrations(self, start: str, end: str) -> Iterable[tuple[str, Found]]:
        """Calls of library functions whose name starts and ends so: the name, and the call's result."""

    def decorated(self, target: str) -> Iterable[tuple[Found, Handler, Found]]:
        """What a library decorator stands on: the decorator, the function, the class around it (empty if there is none)."""

    def decorating(self, cls: Found, target: str) -> Iterable[Found]:
        """The decorators of this name that stand on a class of the scan."""

    def comparisons(self, handler: Handler, name: str) -> Iterable[tuple[str, str, Handler, tuple[str, int, int]]]:
        """What a method compares the attribute `name` of its object with, or a text made of it: how (`is`, `begins`, `matches`),
        the text, the function that runs then (the method itself where there is no other), where."""

    def subclasses(self, base: str) -> Iterable[Found]:
        """The classes that stand below a library class."""

    def module(self, dotted: str) -> Found | None:
        """A scanned module by its dotted name."""

    def documents(self) -> Iterable[Document]:
        """The API documents of the scan that code of the service names by their files."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plugin:
    """All about one library. `roots` are import names that make it relevant, `passive` those of them that make no program talk to
    others: a framework loads what imports them, they keep data, or come along. A `fallback` applies to libraries that no other
    plugin knows, by shape, for guesses only. `types` maps an expression's looks to its type; a `{}` in it takes the text of its
    entry in `discriminated`. `given` lists what it passes to methods written for it (`Base.method`, the receiver left out; `type X`
    for X itself). `injectors` (`f(x)`, `f[x]`) stand for what calling `x` gives, `providers` make callables. `declaring`: how
    programs declare values that it hands out. `addressed` holds for every client library. `workers` are start commands (words that
    they hold) of processes that run tasks, `clocks` of those that send what is timed, `launchers` calls that do as a command of
    these words would; `servers` of those that answer to requests, `listening` calls that start doing so. `places` puts routers into
    one another, `recognise` finds what no pattern can say. `telling`: methods that only one type has with
    such an argument (the method, the argument, the type), so that a call tells whose it is. `stated`: targets may be functions and
    classes whose code is there (`*.Class.method`: in any module)."""

    name: str
    roots: tuple[str, ...]
    passive: tuple[str, ...] = ()
    transport: str = ""
    match: Match = Match.EXACT
    fallback: bool = False
    stated: bool = False
    telling: tuple[tuple[str, str, str], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    discriminated: Mapping[str, Ref] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()
    effects: tuple[Effects, ...] = ()
    guards: tuple[Guards, ...] = ()
    gives: tuple[Gives, ...] = ()
    passes: tuple[Passes, ...] = ()
    delegates: tuple[Delegates, ...] = ()
    runs: tuple[Runs, ...] = ()
    addressed: tuple[Addressed, ...] = ()
    reads: tuple[EnvironmentRead, ...] = ()
    settings: tuple[SettingsBase, ...] = ()
    settings_files: tuple[SettingsFile, ...] = ()
    configs: tuple[ConfigObject, ...] = ()
    modules: tuple[SettingsModule, ...] = ()
    injectors: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    declaring: tuple[Declaring, ...] = ()
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    router_prefix: Mapping[str, Ref] = field(default_factory=dict)
    workers: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    launchers: Mapping[str, str] = field(default_factory=dict)
    servers: tuple[str, ...] = ()
    listening: tuple[str, ...] = ()
    places: Callable[[Context], Iterable[Placed]] | None = None
    recognise: Callable[[Context], Iterable[Wiring]] | None = None
