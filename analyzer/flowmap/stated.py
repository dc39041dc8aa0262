"""The wrappers that the configuration states, as a plugin like any other: the core knows of no second mechanism."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from flowmap.config import Config, WrapperConfig
from flowmap.plugin_api import Kind, Match, Messages, Pattern, Plugin, RemoteCalls, Requests, Role, Serves

NAME = "configuration"
"""The name of the plugin, which is said where a site is one of its."""
_NEAR = 0.8
"""How alike two names of transports are that one of them is taken for a slip."""


def with_stated(plugins: tuple[Plugin, ...], config: Config) -> tuple[Plugin, ...]:
    """The plugins, and one more if the configuration states wrappers. Raises ConfigError for a transport that looks like a
    misspelt one of theirs."""
    if not config.wrappers:
        return plugins
    known = _matches(plugins)
    for number, wrapper in enumerate(config.wrappers):
        near = difflib.get_close_matches(wrapper.transport.lower(), known, n=1, cutoff=_NEAR)
        if near and wrapper.transport not in known:
            raise config.refusal(f"is no transport that flowmap knows; did you mean '{near[0]}'?", "wrappers", number, "transport")
    return (*plugins, Plugin(name=NAME, roots=(), stated=True, patterns=tuple(_pattern(w, known) for w in config.wrappers)))


def _matches(plugins: Iterable[Plugin]) -> dict[str, Match]:
    """Every transport that plugins speak of, and how its channels are compared."""
    found = {"http": Match.EXACT, "rpc": Match.EXACT}
    for plugin in plugins:
        for name in (plugin.transport, *(p.transport for p in plugin.patterns if isinstance(p, Messages))):
            if name:
                found.setdefault(name, plugin.match)
    return found


def _pattern(stated: WrapperConfig, known: dict[str, Match]) -> Pattern:
    form = stated.form or ("decorator" if stated.role == "serve" else "call")
    kind = Kind(stated.kind) if stated.kind else None
    match stated.meaning:
        case "call over http":
            assert stated.path is not None
            return Requests(target=stated.target, url=stated.path, base=stated.base, method=stated.method or "GET", form=form)
        case "call":
            assert stated.operation is not None
            return RemoteCalls(
                target=stated.target,
                operation=stated.operation,
                service=stated.service,
                address=stated.address,
                channel=stated.topic,
                broker=stated.broker,
                transport=stated.transport,
                form=form,
                kind=kind or Kind.QUERY,
                waits=stated.waits,
            )
        case "serve over http":
            methods = tuple(m.upper() for m in stated.methods) or ("GET",)
            return Serves(target=stated.target, path=stated.path, methods=methods, handler=stated.handler, form=form)
        case "serve":
            return Serves(
                target=stated.target, operation=stated.operation, handler=stated.handler, transport=stated.transport, form=form
            )
        case _:
            assert stated.topic is not None
            return Messages(
                target=stated.target,
                role=Role(stated.role),
                transport=stated.transport,
                channel=stated.topic,
                exchange=stated.exchange,
                event=stated.event,
                payload=stated.payload,
                handler=stated.handler,
                group=stated.group,
                kind=kind or Kind.EVENT,
                match=known.get(stated.transport),
                form=form,
            )
