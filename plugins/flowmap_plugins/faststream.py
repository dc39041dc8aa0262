"""FastStream (Kafka, Confluent, RabbitMQ, NATS, Redis, MQTT): brokers, routers with prefixes or routes as objects, FastAPI."""

from dataclasses import dataclass

from flowmap.plugin_api import (
    AllArguments,
    Argument,
    Does,
    Effects,
    Entry,
    FirstOf,
    Gives,
    Guard,
    Inside,
    Kind,
    Maker,
    Match,
    Messages,
    Mounts,
    Pattern,
    Plugin,
    Ref,
    RemoteCalls,
    Replaced,
    Role,
    Serves,
    arg,
    keyword,
)

_BACKENDS: dict[str, tuple[str, Match, str]] = {
    "kafka": ("kafka", Match.EXACT, "topic"),
    "confluent": ("kafka", Match.EXACT, "topic"),
    "rabbit": ("amqp", Match.AMQP, "queue"),
    "nats": ("nats", Match.NATS, "subject"),
    "redis": ("redis", Match.GLOB, "channel"),
    "mqtt": ("mqtt", Match.MQTT, "topic"),
}
_CLASSES = {"kafka": "Kafka", "confluent": "Kafka", "rabbit": "Rabbit", "nats": "Nats", "redis": "Redis", "mqtt": "MQTT"}
_VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class _Way:
    """One kind of channel that a backend has. `heard` is where its name stands in `subscriber(...)`; `told` the same in
    `publisher(...)` and, one argument further on, in `publish(message, ...)`; `batch` in `publish_batch(*messages, ...)`."""

    heard: Ref
    told: tuple[Ref, Ref] | None
    batch: Ref
    group: Ref | None
    space: str = ""
    match: Match | None = None


_PARAMETER = r"\{\w+\}"
"""What a handler takes out of the name of its channel: one level of it."""


def _owners(backend: str) -> tuple[str, ...]:
    name = _CLASSES[backend]
    return (
        f"faststream.{backend}.{name}Broker",
        f"faststream.{backend}.{name}Router",
        f"faststream.{backend}.fastapi.{name}Router",
    )


def _ways(backend: str, at: int = 0) -> list[_Way]:
    """The kinds of channels of a backend; a subscriber names them from the argument `at` on."""
    name = _BACKENDS[backend][2]
    if backend == "redis":
        return _redis_ways(at)
    if backend == "rabbit":
        first, second = (FirstOf((keyword("routing_key"), _named(n, name))) for n in (0, 1))
        bound = FirstOf((Replaced(Inside(Argument(at, name), keyword("routing_key")), _PARAMETER, "*"), _named(at, name)))
        return [_Way(bound, (first, second), keyword("queue"), _named(at, name))]
    told = Argument(0, name), Argument(1, name)
    if backend in {"nats", "mqtt"}:
        group = arg(at + 1, "queue") if backend == "nats" else keyword("shared")
        return [_Way(Replaced(Argument(at, name), _PARAMETER, "*" if backend == "nats" else "+"), told, keyword(name), group)]
    group = keyword("group_id")
    topics = _Way(AllArguments(at), told, keyword(name), group)
    return [topics, _Way(keyword("pattern"), None, keyword("pattern"), group, match=Match.REGEX)]


def _redis_ways(at: int) -> list[_Way]:
    channels = tuple(Inside(Argument(n, "channel"), arg(0)) for n in (0, 1))
    rows, stream = (Inside(keyword(name), arg(0)) for name in ("list", "stream"))
    return [
        _Way(Replaced(channels[at], _PARAMETER, "*"), (channels[0], channels[1]), keyword("channel"), None),
        _Way(rows, (rows, rows), rows, None, space="list", match=Match.EXACT),
        _Way(stream, (stream, stream), stream, Inside(keyword("stream"), keyword("group")), space="stream", match=Match.EXACT),
    ]


def _named(index: int, name: str) -> Ref:
    return Inside(Argument(index, name), arg(0, "name"))


def _message(backend: str, way: _Way, target: str, role: Role, channel: Ref, exchange: Ref, **rest: object) -> Pattern:
    transport, match, _ = _BACKENDS[backend]
    return Messages(
        target=target,
        role=role,
        transport=transport,
        match=way.match or match,
        space=way.space,
        channel=channel,
        exchange=exchange if backend == "rabbit" else None,
        **rest,  # type: ignore[arg-type]
    )


def _messages(backend: str, owner: str, way: _Way) -> list[Pattern]:
    exchanges = [_named(n, "exchange") for n in range(3)]
    declared = {"form": "decorator", "prefixed": True}
    found = [_message(backend, way, f"{owner}.subscriber", Role.SUBSCRIBE, way.heard, exchanges[1], group=way.group, **declared)]
    if way.told is not None:
        first, second = way.told
        body = arg(0, "message")
        made = f"{owner}.publisher.publish"
        found += [
            _message(backend, way, f"{owner}.publisher", Role.PUBLISH, first, exchanges[1], **declared),
            _message(backend, way, made, Role.PUBLISH, Maker(first), Maker(exchanges[1]), payload=body),
            _message(backend, way, f"{owner}.publish", Role.PUBLISH, second, exchanges[2], payload=body),
            _message(backend, way, f"{owner}.publish_batch", Role.PUBLISH, way.batch, keyword("exchange"), payload=body),
        ]
    return found


def _routes(backend: str) -> list[Pattern]:
    """Handlers that are given to a router as objects, and the publishers of what they return."""
    of = f"faststream.{backend}.{_CLASSES[backend]}"
    route, publisher = f"{of}Route", f"{of}Publisher"
    called = {"handler": arg(0, "call"), "prefixed": True}
    made = {"around": False, "prefixed": True}
    found: list[Pattern] = []
    for way, heard in zip(_ways(backend), _ways(backend, 1), strict=True):
        found.append(_message(backend, way, route, Role.SUBSCRIBE, heard.heard, _named(2, "exchange"), group=heard.group, **called))
        if way.told is not None:
            found.append(_message(backend, way, publisher, Role.PUBLISH, way.told[0], _named(1, "exchange"), **made))
    found.append(Mounts(target=route, child=keyword("publishers")))
    for owner in _owners(backend)[1:]:
        found.append(Mounts(target=owner, child=FirstOf((keyword("handlers"), arg(1)))))
    return found


def _patterns(backend: str) -> list[Pattern]:
    found: list[Pattern] = []
    ways = _ways(backend)
    found += _routes(backend)
    told = ways[0].told
    for owner in _owners(backend):
        found += [pattern for way in ways for pattern in _messages(backend, owner, way)]
        found.append(Mounts(target=f"{owner}.include_router", child=arg(0), prefix=keyword("prefix")))
        if told is not None:
            target, transport = f"{owner}.request", _BACKENDS[backend][0]
            found.append(RemoteCalls(target=target, operation=told[1], channel=told[1], broker=transport, kind=Kind.QUERY))
    found += [Serves(target=f"{_owners(backend)[2]}.{verb}", path=arg(0, "path"), methods=(verb.upper(),)) for verb in _VERBS]
    return found


def _queues() -> list[Effects]:
    """The queues of RabbitMQ that subscribers make. Middleware may deal with what fails."""
    arguments = Inside(Argument(0, "queue"), keyword("arguments"))
    stated = [Entry(arguments, f"x-{key}") for key in ("dead-letter-exchange", "delivery-limit")]
    ends: tuple[Ref, ...] = (*stated, Maker(keyword("middlewares")))
    return [
        Effects(
            target=f"{owner}.subscriber",
            does=Does.MAKES,
            transport="amqp",
            about=_named(0, "queue"),
            when=tuple(
                Guard(Inside(Argument(0, "queue"), keyword(name)), among=("True",), present=False)
                for name in ("exclusive", "auto_delete")
            ),
            ends=ends,
        )
        for owner in _owners("rabbit")
    ]


_KEPT = tuple(f"faststream.redis.{kind}" for kind in ("ListSub", "PubSub", "StreamSub"))
"""Channels as objects, which keep their names."""


def _types() -> dict[str, str]:
    found: dict[str, str] = {}
    for backend in _BACKENDS:
        broker, _, router = _owners(backend)
        found[f"{router}.broker"] = broker
        for owner in _owners(backend):
            found[f"{owner}.publisher()"] = f"{owner}.publisher"
    found |= {f"{kind}.name": kind for kind in _KEPT}
    return found


_PREFIXES = (arg(0, "prefix"), keyword("prefix"))
"""Of a router, and of one for FastAPI, whose first argument is an address."""

PLUGIN = Plugin(
    name="faststream",
    roots=("faststream",),
    types=_types(),
    aliases={f"faststream.{b}.broker.{_CLASSES[b]}Broker": f"faststream.{b}.{_CLASSES[b]}Broker" for b in _BACKENDS},
    router_prefix={owner: ref for b in _BACKENDS for owner, ref in zip(_owners(b)[1:], _PREFIXES, strict=True)},
    gives=tuple(Gives(kind, arg(0)) for kind in _KEPT),
    effects=tuple(_queues()),
    patterns=tuple(p for b in _BACKENDS for p in _patterns(b)),
)
