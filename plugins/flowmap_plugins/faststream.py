"""FastStream (Kafka, Confluent, RabbitMQ, NATS, Redis, MQTT): brokers, routers with prefixes, and the FastAPI routers."""

from flowmap.plugin_api import (
    AllArguments,
    Argument,
    FirstOf,
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


def _owners(backend: str) -> tuple[str, ...]:
    name = _CLASSES[backend]
    return (
        f"faststream.{backend}.{name}Broker",
        f"faststream.{backend}.{name}Router",
        f"faststream.{backend}.fastapi.{name}Router",
    )


def _subscriber_channel(backend: str) -> Ref:
    if backend in {"kafka", "confluent"}:
        return AllArguments()
    if backend == "redis":
        named = (Argument(0, "channel"), keyword("list"), keyword("stream"))
        return FirstOf(tuple(Inside(n, arg(0)) for n in named))
    return FirstOf((Inside(arg(0), keyword("routing_key")), Inside(Argument(0, _BACKENDS[backend][2]), arg(0, "name"))))


def _publisher_channel(backend: str, index: int) -> Ref:
    name = _BACKENDS[backend][2]
    if backend == "rabbit":
        return FirstOf((keyword("routing_key"), Inside(Argument(index, name), arg(0, "name"))))
    if backend == "redis":
        return FirstOf((Argument(index, name), keyword("list"), keyword("stream")))
    return Argument(index, name)


def _exchange(index: int) -> Ref:
    return Inside(Argument(index, "exchange"), arg(0, "name"))


def _patterns(backend: str) -> list[Pattern]:
    transport, match, _ = _BACKENDS[backend]
    found: list[Pattern] = []
    for owner in _owners(backend):
        rabbit = backend == "rabbit"
        found += [
            Messages(
                target=f"{owner}.subscriber",
                form="decorator",
                role=Role.SUBSCRIBE,
                transport=transport,
                match=match,
                channel=_subscriber_channel(backend),
                exchange=_exchange(1) if rabbit else None,
                group=FirstOf((keyword("group_id"), keyword("queue"))),
                prefixed=True,
            ),
            Messages(
                target=f"{owner}.publisher",
                form="decorator",
                role=Role.PUBLISH,
                transport=transport,
                match=match,
                channel=_publisher_channel(backend, 0),
                exchange=_exchange(1) if rabbit else None,
                prefixed=True,
            ),
            Messages(
                target=f"{owner}.publisher.publish",
                role=Role.PUBLISH,
                transport=transport,
                match=match,
                channel=Maker(_publisher_channel(backend, 0)),
                exchange=Maker(_exchange(1)) if rabbit else None,
                payload=arg(0, "message"),
            ),
            Mounts(target=f"{owner}.include_router", child=arg(0), prefix=keyword("prefix")),
        ]
        for method in ("publish", "publish_batch"):
            found.append(
                Messages(
                    target=f"{owner}.{method}",
                    role=Role.PUBLISH,
                    transport=transport,
                    match=match,
                    channel=_publisher_channel(backend, 1) if method == "publish" else keyword("topic"),
                    exchange=_exchange(2) if rabbit else None,
                    payload=arg(0, "message"),
                )
            )
        found.append(RemoteCalls(target=f"{owner}.request", operation=_publisher_channel(backend, 1), kind=Kind.QUERY))
    found += [Serves(target=f"{_owners(backend)[2]}.{verb}", path=arg(0, "path"), methods=(verb.upper(),)) for verb in _VERBS]
    return found


def _types() -> dict[str, str]:
    found: dict[str, str] = {}
    for backend in _BACKENDS:
        broker, _, router = _owners(backend)
        found[f"{router}.broker"] = broker
        for owner in _owners(backend):
            found[f"{owner}.publisher()"] = f"{owner}.publisher"
    return found


PLUGIN = Plugin(
    name="faststream",
    roots=("faststream",),
    types=_types(),
    aliases={f"faststream.{b}.broker.{_CLASSES[b]}Broker": f"faststream.{b}.{_CLASSES[b]}Broker" for b in _BACKENDS},
    router_prefix={owner: keyword("prefix") for b in _BACKENDS for owner in _owners(b)[1:]},
    patterns=tuple(p for b in _BACKENDS for p in _patterns(b)),
)
