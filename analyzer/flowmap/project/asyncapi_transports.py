"""How the messages of an AsyncAPI channel travel: the transport that servers and bindings name, and the name of the conduit there.

Of the bindings only what decides a name is looked at. Protocols without a broker (WebSockets, HTTP) carry no channel that anybody
else could meet, and are no transport here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Conduit, Match, Role
from flowmap.project.yaml_nodes import Table, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.references import Part, References

_TRANSPORTS = {
    "kafka-secure": "kafka", "amqps": "amqp", "mqtts": "mqtt", "secure-mqtt": "mqtt", "mqtt-secure": "mqtt", "mqtt5": "mqtt",
    "rediss": "redis", "stomps": "stomp", "googlepubsub": "pubsub", "pulsar+ssl": "pulsar",
}  # fmt: skip
_WITHOUT_BROKER = frozenset({"ws", "wss", "http", "https", "sse", "websocket", "websockets"})
_MATCHES = {"amqp": Match.AMQP, "mqtt": Match.MQTT, "nats": Match.NATS}
_MOST_SERVERS = 100
_PARAMETER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """An operation on a channel: who does it, the channel's address and the mappings that say more of either."""

    role: Role
    address: str
    channel: Part
    operation: Part


def conduits(spoken: Spoken, protocols: tuple[str, ...], references: References) -> Iterator[Conduit]:
    """The conduits that an operation publishes to or listens on: what bindings name, else the address on the transport of the
    servers; on none (an empty text) if neither says how it travels."""
    bound = _bindings(spoken.channel, references)
    used = _bindings(spoken.operation, references)
    names = [n.lower() for n in (*bound, *used) or protocols or ("",)]
    for transport in dict.fromkeys(_TRANSPORTS.get(n, n) for n in names if n not in _WITHOUT_BROKER):
        match = _MATCHES.get(transport, Match.EXACT) if spoken.role is Role.SUBSCRIBE else Match.EXACT
        plain = Conduit(transport, spoken.address, match=match)
        own, theirs = (next((b for n, b in of.items() if _TRANSPORTS.get(n, n) == transport), _NONE) for of in (bound, used))
        for found in _named(plain, spoken.role, own, theirs):
            yield replace(found, channel=_PARAMETER.sub("{}", found.channel))


_NONE = Table({}, {}, 0)


def _bindings(part: Part, references: References) -> dict[str, Table]:
    """The bindings of a channel or operation by their protocols."""
    found = references.part(part.table.get("bindings"), part.path)
    return {name: references.part(node, found.path).table for name, node in found.table.entries.items()}


def _named(plain: Conduit, role: Role, bound: Table, used: Table) -> Iterator[Conduit]:
    """The conduit under the name that the bindings of its transport give it."""
    match plain.transport:
        case "amqp":
            yield from _amqp(plain, role, bound, used)
        case "kafka" | "pubsub":
            yield replace(plain, channel=text(bound.get("topic")).rpartition("/")[2] or plain.channel)
        case "sns":
            yield replace(plain, channel=text(bound.get("name")) or plain.channel)
        case "sqs":
            yield replace(plain, channel=text(bound.get("queue", "name")) or plain.channel)
        case _:
            yield plain


def _amqp(plain: Conduit, role: Role, bound: Table, used: Table) -> Iterator[Conduit]:
    """A queue by its name, or an exchange with routing keys: those of the operation, else the address of the channel."""
    exchange, queue = table(bound.get("exchange")), text(bound.get("queue", "name"))
    if text(bound.get("is")) == "queue":
        yield replace(plain, channel=queue or plain.channel)
        return
    name = text(exchange.get("name"))
    if name and text(exchange.get("type")) == "fanout":
        yield replace(plain, channel=name, exchange=name)
        return
    keys = texts(used.get("cc")) if role is Role.PUBLISH else ()
    for key in keys or (plain.channel,):
        yield replace(plain, channel=key, exchange=name)


def protocols_of(part: Part, servers: Part, references: References) -> tuple[str, ...]:
    """The protocols of the servers on which a channel is: those that it names, else all; of more than people have, the first."""
    named = part.table.get("servers")
    chosen: dict[str, Table] = {}
    for name in texts(named)[:_MOST_SERVERS]:
        chosen[name] = references.part(servers.table.get(name), servers.path).table
    for node in islice(tables(named), _MOST_SERVERS):
        chosen[text(node.get("$ref"))] = references.part(node, part.path).table
    if not chosen:
        every = islice(servers.table.entries.items(), _MOST_SERVERS)
        chosen = {name: references.part(node, servers.path).table for name, node in every}
    return tuple(dict.fromkeys(text(server.get("protocol")) for server in chosen.values()))
