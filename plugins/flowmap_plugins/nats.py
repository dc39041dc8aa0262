"""nats-py: core subjects and JetStream. A request waits for a reply; a JetStream publish waits for the server only."""

from flowmap.plugin_api import FirstOf, Kind, Limit, Match, Messages, Number, Plugin, RemoteCalls, Role, arg, keyword

_CLIENT, _STREAM = "nats.aio.client.Client", "nats.js.JetStreamContext"

PLUGIN = Plugin(
    name="nats",
    roots=("nats",),
    transport="nats",
    match=Match.NATS,
    aliases={"nats.NATS": _CLIENT, "nats.aio.client.NATS": _CLIENT, "nats.js.client.JetStreamContext": _STREAM},
    types={"nats.connect()": _CLIENT, f"{_CLIENT}.jetstream()": _STREAM},
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
