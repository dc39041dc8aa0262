"""An interaction before its service, its id and its neighbours are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from flowmap.linker.activations import Caller
from flowmap.linker.contexts import Answer, frame_scope
from flowmap.linker.parameters import decorator_names
from flowmap.linker.readers import dispatched, reader_of
from flowmap.linker.sites import Site, function_at, location_of
from flowmap.linker.terms import Class, Function, Instance, Member, Partial, Place, Symbol, Term, Value
from flowmap.linker.units import ScopeRef, Turn
from flowmap.model.interaction import Confidence, Endpoint, Handler, Kind, Match, Role
from flowmap.model.location import Evidence, Location
from flowmap.model.patience import Breaker, Retry, Timeout
from flowmap.model.payload import Payload
from flowmap.model.summary import Define

if TYPE_CHECKING:
    from flowmap.linker.view import View


@dataclass(frozen=True, slots=True)
class Asked:
    """The place of a library call in one context, and whether no further caller could decide anything. `caller` is the call, or
    the one that makes the stored object in which the destination stands."""

    place: Place
    final: bool
    caller: Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What recognition knows of a site. `raw` is the library object behind a channel, `scope` the function in which the
    destination is decided, `service` the one that a remote call names, `route` the endpoint (path or URL) that messages are
    brought to, `asked` where the pattern was asked, `kept` the setting or constant that holds the channel, `actor` what does it
    where that is no code, `way` the calls from where the destination is decided down to the library, `beside` what its handler
    does for messages of other types, `wires` the lines of deployment files that bring its messages from afar; what is `timed` is
    sent by a clock."""

    role: Role
    transport: str
    plugin: str
    confidence: Confidence
    location: Location
    function: str
    scope: ScopeRef
    via: tuple[Evidence, ...] = ()
    awaited: bool = False
    unreached: bool = False
    reply_to: tuple[str, ...] = ()
    answers: bool = False
    private: bool = False
    channel: str | None = None
    exchange: str | None = None
    space: str = ""
    broker: str = ""
    event: str | None = None
    source: str | None = None
    group: str | None = None
    reason: str = ""
    raw: Term | None = None
    kind: Kind = Kind.EVENT
    match: Match = Match.EXACT
    handler: Handler | None = None
    payload: Payload | None = None
    route: str = ""
    speculative: bool = False
    local: bool = False
    public: bool = False
    planned: bool = False
    timed: bool = False
    endpoint: Endpoint | None = None
    service: str | None = None
    waits: bool = True
    timeout: Timeout | None = None
    retries: tuple[Retry, ...] = ()
    breakers: tuple[Breaker, ...] = ()
    asked: Asked | None = None
    kept: str = ""
    actor: str = ""
    way: tuple[Caller, ...] = ()
    beside: frozenset[Turn] = frozenset()
    wires: tuple[Evidence, ...] = ()


class Position(TypedDict):
    """The fields of a draft that say where it is."""

    location: Location
    function: str
    scope: ScopeRef
    via: tuple[Evidence, ...]
    awaited: bool
    asked: Asked
    way: tuple[Caller, ...]


def located(view: View, site: Site, answer: Answer[object]) -> Position:
    """Where the destination is decided, and the way down from there to the library call."""
    chain = [c for c in (*answer.chain, site.caller) if c.kind != "closure"]
    outer = chain[0]
    hops = tuple(
        Evidence(
            location_of(view, c), "calls on" if c is not site.caller else f"{site.plugin.name} call", function_at(view, c.scope)
        )
        for c in chain[1:]
    )
    call = site.caller.site
    return Position(
        location=location_of(view, outer),
        function=function_at(view, outer.decorated or outer.scope),
        scope=frame_scope(view, outer.scope),
        via=hops,
        awaited=bool(call and call.awaited),
        asked=Asked(answer.place, answer.final, site.caller),
        way=tuple(chain),
    )


def handler_of(
    view: View, value: Value, site: Site, place: Place, channel: str | None = None, *, around: bool = True
) -> Handler | None:
    """The function that handles what arrives: the one given, else, with `around`, the one around the site (its loop); None if the
    one given is not in the scan."""
    for term in value:
        found = _function(view, term)
        if found is not None:
            return as_handler(view, found)
    if site.caller.decorated is not None:
        decorated = site.caller.decorated
        own = _function(view, Class(decorated)) if view.scope(decorated).kind == "class" else None
        return as_handler(view, own or decorated)
    if not around or (value and all(_is_outside(t) for t in value)):
        return None
    reading = reader_of(view, site.caller.site.call, place) if site.caller.site is not None else None
    reader = reading or frame_scope(view, place.scope)
    return as_handler(view, (channel and dispatched(view, reader, channel)) or reader)


def _function(view: View, term: Term) -> ScopeRef | None:
    match term:
        case Function(scope=scope):
            return scope
        case Partial(callee=callee):
            return _function(view, callee)
        case Member(owner=owner):
            return _function(view, owner) if isinstance(owner, Function) else None
        case Instance() | Class():
            for name in ("__call__", "on_message", "handle", "process", "run"):
                for found in view.attribute(term, name):
                    if isinstance(found, Function):
                        return found.scope
            return _marked(view, term.scope)
        case _:
            return None


def _marked(view: View, cls: ScopeRef) -> ScopeRef | None:
    """The method that a decorator marks as the one to run (`@workflow.run`), by whatever name it goes."""
    bodies = (t.scope for t in view.mro(cls) if isinstance(t, Class))
    bound = ((b.path, n) for b in bodies for bindings in view.unit(b.path).table(b.index).names.values() for n in bindings)
    methods = (ScopeRef(path, n.statement.scope) for path, n in bound if isinstance(n.statement, Define))
    return next((m for m in methods if "run" in decorator_names(view.scope(m))), None)


def _is_outside(term: Term) -> bool:
    """Whether the term is a name of a library, and no object that a library made."""
    return isinstance(term, Symbol) or (isinstance(term, Member) and _is_outside(term.owner))


def key_of(ref: ScopeRef) -> str:
    """The key of the handler that a function is, within the program."""
    return f"{ref.path}:{ref.index}"


def as_handler(view: View, ref: ScopeRef) -> Handler:
    """A scope as the handler that people read of."""
    scope = view.scope(ref)
    unit = view.unit(ref.path)
    name = scope.qualname or "<module>"
    return Handler(name, unit.location(scope.line, scope.end_line if scope.kind != "module" else scope.line), key_of(ref))
