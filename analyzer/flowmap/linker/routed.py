"""What deployment files declare, at their own lines: messages brought to endpoints and functions, what state machines do. Also
subscriptions in code that name a route instead of a function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.linker.drafts import Draft, as_handler
from flowmap.linker.pieces import first_label
from flowmap.linker.rendering import reason
from flowmap.linker.terms import Class, Function, Unset
from flowmap.linker.units import ScopeRef
from flowmap.linker.urls import template
from flowmap.model.interaction import Confidence, Endpoint, Handler, Role
from flowmap.model.project import Service, Wire

if TYPE_CHECKING:
    from flowmap.linker.view import View

_SETTING = re.compile(r"\$\{(\w+)\}")
_HOST = re.compile(r"^(https?://[^/]+|\{\})")


def declared(view: View, wires: Iterable[Wire], service: Service, drafts: Sequence[Draft]) -> list[Draft]:
    """What deployment files declare of a service, by its name, by a function of its own or by a route that it has."""
    names = {_folded(n) for n in (service.name, *service.aliases)}
    routes = {_path(d) for d in drafts if d.role is Role.SERVE}
    served = {d.endpoint for d in drafts if d.role is Role.SERVE}
    found = (_draft(view, w, service) for w in wires if _is_mine(view, w, service, names, routes))
    return [d for d in found if d.role is not Role.SERVE or d.endpoint not in served]


def without_answered(drafts: Iterable[Draft], stated: Iterable[Draft]) -> list[Draft]:
    """The drafts without the subscriptions of which the code alone cannot tell what they are to, where deployment files tell it of
    the same handler."""
    told = {d.handler.key for d in stated if d.role is Role.SUBSCRIBE and d.handler is not None and d.channel}
    return [d for d in drafts if d.channel or d.role is not Role.SUBSCRIBE or d.handler is None or d.handler.key not in told]


def _is_mine(view: View, wire: Wire, service: Service, names: set[str], routes: set[str]) -> bool:
    if wire.services:
        return bool(names & {_folded(n) for n in wire.services}) and not _of_a_namesake(view, wire, service)
    if wire.handler:
        path, _ = _home(view, wire.handler)
        known = path in view.files and (wire.handler.startswith(path) or _function(view, wire.handler) is not None)
        return known and (service.root == "." or path.startswith(f"{service.root}/") or path == service.entry)
    return template(wire.route) in routes


def _of_a_namesake(view: View, wire: Wire, service: Service) -> bool:
    """Whether the handler that a wire names is a function of the scan which this service does not have: another one of that name
    does."""
    path, _ = _home(view, wire.handler) if wire.handler else ("", "")
    known = bool(path) and path not in view.files and view.units.get(path) is not None
    return known and service.root != "." and not path.startswith(f"{service.root}/")


def _draft(view: View, wire: Wire, service: Service) -> Draft:
    asks = wire.role in (Role.CALL, Role.SERVE)
    function = _function(view, wire.handler) if wire.handler else None
    if function is None and not wire.route and not wire.actor and wire.role is Role.SUBSCRIBE:
        function = _entry_function(view, service)
    handler = as_handler(view, function) if function is not None else None
    channel, why = _channel(view, wire.channel) if not asks else (None, "")
    if wire.actor and wire.role in (Role.SERVE, Role.SUBSCRIBE):
        handler = Handler(wire.actor.rpartition(":")[2], wire.location, wire.actor)
    return Draft(
        role=wire.role,
        transport=wire.transport,
        plugin=wire.transport,
        confidence=_sure(wire, channel),
        location=wire.location,
        function=handler.name if handler is not None and not wire.actor else wire.actor.rpartition(":")[2],
        scope=function or ScopeRef(wire.location.path, 0),
        channel=channel,
        group=wire.group or None,
        reason=why,
        exchange=wire.exchange or None,
        event=wire.event or None,
        source=wire.source or None,
        match=wire.match,
        local=wire.local,
        kind=wire.kind,
        handler=handler if wire.role in (Role.SUBSCRIBE, Role.SERVE) else None,
        route=wire.route,
        endpoint=Endpoint(_operation(wire)) if asks else None,
        service=wire.target or None,
        waits=wire.waits,
        planned=bool(wire.actor) and wire.role in (Role.CALL, Role.PUBLISH),
        actor=wire.actor or (str(wire.location) if wire.role in (Role.CALL, Role.PUBLISH) and function is None else ""),
    )


def _sure(wire: Wire, channel: str | None) -> Confidence:
    """How sure a wire is whose channel turned out to be this: one of which parts are not known, or that settings decide, is not
    declared literally."""
    literal = channel is None or (channel == wire.channel and "{}" not in channel)
    return wire.confidence if literal else min(wire.confidence, Confidence.DERIVED, key=lambda c: c.rank)


def _operation(wire: Wire) -> str:
    method, _, path = wire.operation.partition(" ")
    return f"{method} {template(path)}" if wire.transport == "http" else wire.operation


def _entry_function(view: View, service: Service) -> ScopeRef | None:
    """The function that the start command of a service names in its entry, as `module.function`."""
    word = service.command[-1] if service.command else ""
    return _function(view, f"{service.entry}:{word.rpartition('.')[2]}") if service.entry and "." in word else None


def _channel(view: View, written: str) -> tuple[str | None, str]:
    """The name of a channel, with the settings of the service in it, or the reason why it is not known."""
    if not written:
        return None, "what it is subscribed to is decided outside the scan"
    missing = next((name for name in _SETTING.findall(written) if name not in view.environment), None)
    if missing is not None:
        return None, reason(view, Unset(missing))
    known = _SETTING.sub(lambda m: view.environment[m[1]], written)
    return first_label(known) if "://" in known else known, ""


def _function(view: View, named: str) -> ScopeRef | None:
    """The function, or the method `Class.name`, of a file of the scan, also one that imports it; of a class, what runs when its
    object is called."""
    path, name = _home(view, named)
    first, _, rest = name.partition(".")
    unit = view.units.get(path)
    there = view.member(path, first) if unit is not None else ()
    imported = next((t.scope for t in there if isinstance(t, Function | Class) and t.scope.path != path), None)
    if imported is not None:
        path, name = imported.path, ".".join((view.scope(imported).qualname, *([rest] if rest else ())))
        unit = view.units.get(path)
    scopes = {s.qualname: n for n, s in reversed(list(enumerate(unit.summary.scopes)))} if unit is not None else {}
    number = scopes.get(f"{name}.__call__", scopes.get(name))
    return ScopeRef(path, number) if number is not None else None


def _home(view: View, named: str) -> tuple[str, str]:
    """The file and the name of what is named by a file or a module, and a name in it."""
    home, _, name = named.rpartition(":")
    return (home if home.endswith(".py") else view.modules.path(home) or home), name


def with_handlers(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; those that name a route have the handler of its endpoint."""
    served = {_path(d): d.handler for d in drafts if d.role is Role.SERVE and d.handler is not None}
    return [replace(d, handler=served.get(_route(d))) if d.route and d.handler is None else d for d in drafts]


def moved(drafts: Sequence[Sequence[Draft]]) -> list[list[Draft]]:
    """The drafts of each service; a subscription that names the URL of an endpoint which its service does not have goes to the one
    service that does."""
    served = [{_path(d) for d in own if d.role is Role.SERVE} for own in drafts]
    found: list[list[Draft]] = [[] for _ in drafts]
    for number, own in enumerate(drafts):
        for draft in own:
            away = draft.handler is None and _HOST.match(draft.route)
            there = [n for n, paths in enumerate(served) if _route(draft) in paths] if away else []
            found[there[0] if len(there) == 1 else number].append(draft)
    return [with_handlers(own) for own in found]


def _route(draft: Draft) -> str:
    """The path of the endpoint to which messages are brought."""
    return template(_HOST.sub("", draft.route) or "/")


def _path(draft: Draft) -> str:
    return draft.endpoint.operation.partition(" ")[2] if draft.endpoint is not None else ""


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()
