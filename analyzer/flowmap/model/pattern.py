"""Patterns: what a call, decorator or object of a library means. Declarative; the linker gives them their effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from flowmap.model.endurance import Limit, Number, Tries
from flowmap.model.interaction import Kind, Match, Role
from flowmap.model.reference import Ref

FRONT = "\x00"
"""In a path or prefix: what stands before it comes in front of all prefixes."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on a site: `ref` is there (or not); its text is one of `among` (an absent one counts as ""); it is there
    and some text of it matches the regular expression `matching`: a text that only the library knows counts as "", one that nobody
    knows or that somebody else has written does not count."""

    ref: Ref
    among: tuple[str, ...] | None = None
    matching: str | None = None
    present: bool = True


Form = Literal["call", "decorator", "attribute"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """`target` publishes to or subscribes to a channel. `handler` None means the function around the site, or the one that reads
    from what the site makes; unless `around` says that these are none. `identity` is the object that a queue without a name is
    known by. `space` keeps channels of one transport apart that never meet (Redis streams and lists). `speculative`: only a
    message if something reads it (a Redis list). `distinctive`: the method's name is enough where the receiver's type is not
    known. `evident`: where all else is a guess, what is none. `prefixed`: the prefixes of the routers that it is declared on
    stand before the channel. `local`: never leaves the process. `public`: the other end is open to programs that are in no scan
    (browsers), so that nobody can say that it is missing. `source` is the sender that a message names. `reply_to` is where answers
    are wanted. `planned`: a step of a plan that an engine carries out (a canvas of tasks, a saga). `timed`: sent by a clock that
    a process of its own may run. What a task is given stands at `positional` and `keywords`: a list and a mapping, or, with
    `AllArguments` and `Keywords`, the arguments of the call itself."""

    target: str
    role: Role
    channel: Ref
    reply_to: Ref | None = None
    transport: str | None = None
    form: Form = "call"
    exchange: Ref | None = None
    event: Ref | None = None
    source: Ref | None = None
    payload: Ref | None = None
    positional: Ref | None = None
    keywords: Ref | None = None
    handler: Ref | None = None
    around: bool = True
    group: Ref | None = None
    identity: Ref | None = None
    each: Ref | None = None
    kind: Kind = Kind.EVENT
    match: Match | None = None
    space: str = ""
    when: tuple[Guard, ...] = ()
    speculative: bool = False
    distinctive: bool = False
    evident: bool = False
    prefixed: bool = False
    local: bool = False
    public: bool = False
    planned: bool = False
    timed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Binds:
    """`target` binds a queue to an exchange by a routing key, so that the key is what the queue's readers listen to. `identity` as
    for messages. With `carries` all that is sent to `exchange`, whatever it is called, comes to those who listen at `queue`."""

    target: str
    queue: Ref
    exchange: Ref
    key: Ref | None = None
    identity: Ref | None = None
    each: Ref | None = None
    carries: bool = False
    form: Form = "call"
    when: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declares:
    """`target` declares an exchange and says of which type it is: one of the type `fanout` hands on all that it gets, whatever the
    routing keys."""

    target: str
    exchange: Ref
    type: Ref
    form: Form = "call"
    when: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """`target` sends a request to a URL. `join` says how `base` and `url` are put together: httpx appends, rfc3986 resolves.
    `waits` is whether the sender does: one that leaves it to a queue does not. `limit` is how long, `tries` how often. `generated`:
    it stands in code that a generator wrote, most of which nobody needs, and counts only where other files lead to it."""

    target: str
    url: Ref
    method: str | Ref
    base: Ref | None = None
    join: Literal["append", "rfc3986"] = "append"
    waits: bool = True
    limit: Limit | None = None
    tries: Tries | None = None
    generated: bool = False
    form: Form = "call"
    when: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteCalls:
    """`target` calls an operation of a service that it names (`service`), reaches at an address, or by a `channel` of the
    transport `broker` on which the answer comes back. `limit`, `tries`: how long it waits, how often. `planned` as above. Where
    the scan has the API `document` that the client is made from, the call is the request that it describes under this id."""

    target: str
    operation: Ref
    document: Ref | None = None
    service: Ref | None = None
    address: Ref | None = None
    channel: Ref | None = None
    broker: str = ""
    transport: str = "rpc"
    form: Form = "call"
    kind: Kind = Kind.QUERY
    waits: bool = True
    planned: bool = False
    limit: Limit | None = None
    tries: Tries | None = None
    when: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves:
    """`target` makes a function answer; with `each`, several. HTTP: `path` and `methods`; RPC: `operation`. With `views` it may
    also make a class, an object or a module answer: by each method of it that is named like one of HTTP, or as `named` says, where
    `{}` is that name in small letters."""

    target: str
    form: Form = "decorator"
    path: Ref | None = None
    methods: tuple[str, ...] | Ref = ("GET",)
    operation: Ref | None = None
    handler: Ref | None = None
    transport: str = "http"
    router: Ref | None = None
    each: Ref | None = None
    views: bool = False
    named: Ref | None = None
    when: tuple[Guard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mounts:
    """`target` puts a router, blueprint or route into its receiver, or the object at `parent`, under a prefix; `replaces` says
    that it takes the place of the prefix that the child was made with, instead of standing before it."""

    target: str
    child: Ref
    prefix: Ref | None = None
    parent: Ref | None = None
    replaces: bool = False
    form: Form = "call"
    when: tuple[Guard, ...] = ()


Pattern: TypeAlias = Messages | Binds | Declares | Requests | RemoteCalls | Serves | Mounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Guards:
    """`target` stands around calls, whatever library they are made with: as a decorator, as the context of a `with`, as what a loop
    goes through, or as what is called with a function. It tries them again (`tries`), or breaks the circuit after so many
    `failures` (`opens` where nothing is said) for so many seconds (`reset`, else `closes`), or gives up after `limit`."""

    target: str
    form: Form = "call"
    tries: Tries | None = None
    failures: Number | None = None
    opens: int | None = None
    reset: Number | None = None
    closes: float | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Addressed:
    """A request to a gateway or sidecar that carries something on. `path` is the beginning of the URL's path as a template, `host`
    that of its host, where only such a one is meant: `{channel}` makes the request a publication of `transport`, whose type the
    header `event` or the body states, `{service}` a call of that service at what follows. With `header` the service is named by
    that header of the request, and the path stays whole. Without any of these the request is the gateway's own business (its
    state, its health), as one to a database would be."""

    path: str = ""
    host: str = ""
    header: str = ""
    event: str = ""
    transport: str = ""


@dataclass(frozen=True, slots=True)
class Gives:
    """An object of the library that stands for a name: the term at `path` is worth `ref`, asked of its last call."""

    path: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Delegates:
    """A method of a library's class that does its work by the method `to` of the same object, which a class below may have of its
    own: `session.get(url)` runs `session.request("GET", url)`; `first` are the texts put in front."""

    target: str
    to: str
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passes:
    """A call of `target` gives back what it is given at `ref` (a function that it wraps, an object that it prepares)."""

    target: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class EnvironmentRead:
    """`path` (a call, an item, or an item of what a call gives) reads the environment variable `name`, asked of the call; into a
    list where it says so (`listed`), or where what stands at `cast` is one of the types `list_casts`."""

    path: str
    name: Ref
    default: Ref | None = None
    prefix: Ref | None = None
    listed: bool = False
    cast: Ref | None = None
    list_casts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsBase:
    """Fields of subclasses of `base` are environment variables of the same name; the class's configuration may hold a
    prefix under one of `prefix_keys`, a field may name its variable in a call of `field_call` under `alias_keys`; what stands
    between the name of a field and that of a field inside it is under one of `delimiter_keys`, a file of data that holds fields
    under one of `file_keys`. Objects of the classes `texts` are texts."""

    base: str
    prefix_keys: tuple[str, ...] = ()
    alias_keys: tuple[str, ...] = ()
    delimiter_keys: tuple[str, ...] = ()
    file_keys: tuple[str, ...] = ()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A class under `decorator` takes its fields, those of its bases included, from a file of data too: the one that the
    environment variable `variable` names, or the one called `name`; failing these, those in the service's folder. A variable of
    the environment that is called like the field, with `prefix` in front, comes first. Each is asked of the decorator."""

    decorator: str
    variable: Ref | None = None
    name: Ref | None = None
    prefix: Ref | None = None


@dataclass(frozen=True, slots=True)
class ConfigObject:
    """A mapping of settings: the items at `reads` come from the objects (classes, modules, their dotted names) that are given to
    `loads` anywhere in the service, and before those from the Python files whose paths are given to `files`."""

    reads: tuple[str, ...]
    loads: tuple[str, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsModule:
    """`symbol` is a module of settings, named by an environment variable that the code itself sets a default for; `marks`
    are names that such a module defines."""

    symbol: str
    variable: str
    marks: tuple[str, ...] = ()
