"""nats-py: core subjects, JetStream, its key-value and object stores, and services.

A request waits for a reply; a JetStream publish waits for the server only. What is put into a store is a message to those who watch
it. A group of endpoints within a group is not recognised by its whole subject.
"""

from flowmap.plugin_api import (
    Called,
    Does,
    Each,
    Effects,
    FirstOf,
    Format,
    Guard,
    Inside,
    Kind,
    Limit,
    Maker,
    Match,
    Messages,
    Number,
    Plugin,
    Receiver,
    Ref,
    RemoteCalls,
    Role,
    arg,
    keyword,
)

_CLIENT, _STREAM = "nats.aio.client.Client", "nats.js.JetStreamContext"
_KEYS, _OBJECTS = "nats.js.kv.KeyValue", "nats.js.object_store.ObjectStore"
_SERVICE, _GROUP = "nats.micro.service.Service", "nats.micro.service.Group"
_BUCKET = Maker(FirstOf((keyword("bucket"), Inside(arg(0), keyword("bucket")))))
_CONFIG = arg(0, "config")
_ENDPOINT = FirstOf((keyword("subject"), keyword("name"), Inside(_CONFIG, keyword("subject")), Inside(_CONFIG, arg(0, "name"))))
_PREFIX = Maker(FirstOf((keyword("name"), Inside(_CONFIG, arg(0, "name")))))
_ANSWERS = FirstOf((keyword("handler"), Inside(_CONFIG, arg(1, "handler"))))


def _filter(consumer: Ref) -> Ref:
    """The subject of a consumer of this name, where code makes it: `add_consumer("S", durable_name=..., filter_subject=...)`."""
    said = tuple(FirstOf((keyword(name), Inside(arg(1, "config"), keyword(name)))) for name in ("durable_name", "filter_subject"))
    return Called(Receiver(), ("add_consumer",), said[1], needed=False, same=(consumer, said[0]))


def _subjects(stream: Ref) -> Ref:
    """The subjects of a stream of this name, where code makes it."""
    name, subjects = (FirstOf((keyword(n), Inside(arg(0, "config"), keyword(n)))) for n in ("name", "subjects"))
    return Called(Receiver(), ("add_stream",), Each(subjects), same=(stream, name))


PLUGIN = Plugin(
    name="nats",
    roots=("nats",),
    transport="nats",
    match=Match.NATS,
    aliases={"nats.NATS": _CLIENT, "nats.aio.client.NATS": _CLIENT, "nats.js.client.JetStreamContext": _STREAM},
    types={
        "nats.connect()": _CLIENT,
        f"{_CLIENT}.jetstream()": _STREAM,
        f"{_STREAM}.key_value()": _KEYS,
        f"{_STREAM}.create_key_value()": _KEYS,
        f"{_STREAM}.object_store()": _OBJECTS,
        f"{_STREAM}.create_object_store()": _OBJECTS,
        "nats.micro.add_service()": _SERVICE,
        f"{_SERVICE}.add_group()": _GROUP,
    },
    effects=tuple(
        Effects(
            target=f"{_STREAM}.{method}",
            does=Does.MAKES,
            transport="nats",
            when=(
                Guard(FirstOf((*durable, Inside(config, keyword("durable_name"))))),
                Guard(keyword("ordered_consumer"), among=("True",), present=False),
            ),
            ends=(Inside(config, keyword("max_deliver")),),
        )
        for method, config, durable in (
            ("subscribe", arg(5, "config"), (arg(1, "queue"), arg(3, "durable"))),
            ("pull_subscribe", arg(3, "config"), (arg(1, "durable"),)),
        )
    ),
    patterns=(
        *(
            Messages(target=f"{owner}.{method}", role=Role.PUBLISH, channel=arg(0, "subject"), payload=arg(1, "payload"))
            for owner, method in ((_CLIENT, "publish"), (_STREAM, "publish"), (_STREAM, "publish_async"))
        ),
        Messages(
            target=f"{_CLIENT}.subscribe",
            role=Role.SUBSCRIBE,
            channel=arg(0, "subject"),
            group=arg(1, "queue"),
            handler=arg(2, "cb"),
        ),
        Messages(
            target=f"{_STREAM}.subscribe",
            role=Role.SUBSCRIBE,
            channel=arg(0, "subject"),
            group=FirstOf((arg(1, "queue"), keyword("durable"))),
            handler=arg(2, "cb"),
        ),
        Messages(target=f"{_STREAM}.pull_subscribe", role=Role.SUBSCRIBE, channel=arg(0, "subject"), group=arg(1, "durable")),
        # What a consumer that the server knows listens to is said where it, or its stream, is made.
        *(
            Messages(
                target=f"{_STREAM}.{method}",
                role=Role.SUBSCRIBE,
                channel=FirstOf((_filter(consumer), _subjects(stream))),
                group=consumer,
                handler=handler,
            )
            for method, consumer, stream, handler in (
                ("pull_subscribe_bind", arg(0, "consumer"), arg(1, "stream"), None),
                ("subscribe_bind", arg(2, "consumer"), arg(0, "stream"), arg(3, "cb")),
            )
        ),
        *(
            Messages(
                target=f"{_KEYS}.{method}",
                role=Role.PUBLISH,
                channel=Format("{}.{}", (_BUCKET, arg(0, "key"))),
                payload=arg(1, "value"),
                space="key-value",
                speculative=True,
            )
            for method in ("put", "create", "update", "delete", "purge")
        ),
        Messages(
            target=f"{_KEYS}.watch", role=Role.SUBSCRIBE, channel=Format("{}.{}", (_BUCKET, arg(0, "keys"))), space="key-value"
        ),
        Messages(target=f"{_KEYS}.watchall", role=Role.SUBSCRIBE, channel=Format("{}.>", (_BUCKET,)), space="key-value"),
        *(
            Messages(target=f"{_OBJECTS}.{method}", role=Role.PUBLISH, channel=_BUCKET, space="objects", speculative=True)
            for method in ("put", "delete")
        ),
        Messages(target=f"{_OBJECTS}.watch", role=Role.SUBSCRIBE, channel=_BUCKET, space="objects"),
        *(
            Messages(
                target=f"{owner}.add_endpoint",
                role=Role.SUBSCRIBE,
                channel=subject,
                group=keyword("queue_group"),
                handler=_ANSWERS,
                kind=Kind.QUERY,
            )
            for owner, subject in ((_SERVICE, _ENDPOINT), (_GROUP, Format("{}.{}", (_PREFIX, _ENDPOINT))))
        ),
        RemoteCalls(
            target=f"{_CLIENT}.request",
            operation=arg(0, "subject"),
            channel=arg(0, "subject"),
            broker="nats",
            kind=Kind.QUERY,
            limit=Limit(argument=Number(arg(2, "timeout")), default=0.5),
        ),
    ),
)
