"""pika. On the default exchange ("") the routing key is the queue; elsewhere bindings decide which queue gets what."""

from collections.abc import Iterator

from flowmap.plugin_api import (
    Argument,
    Binds,
    Const,
    Declares,
    Does,
    Effects,
    Entry,
    FirstOf,
    Gives,
    Guard,
    Inside,
    Match,
    Messages,
    Plugin,
    Ref,
    RemoteCalls,
    Role,
    arg,
    keyword,
)

_CHANNEL = "pika.channel.Channel"
_CONNECTIONS = (
    "pika.BlockingConnection",
    "pika.SelectConnection",
    "pika.adapters.asyncio_connection.AsyncioConnection",
    "pika.adapters.tornado_connection.TornadoConnection",
)

_REPLY_TO = Inside(arg(3, "properties"), keyword("reply_to"))
# An answer to a queue with a name goes on to somebody else; only a private one is waited for.
_PRIVATE = r"^$|^amq\.rabbitmq\.reply-to$"
_LIMITS = r"(?i)retr|attempt|tries|death|redeliver|delivery.?count|failures"
"""What conditions speak of that bound how often a message is put back."""


_ENDS = ("x-dead-letter-exchange", "x-delivery-limit", "x-queue-type")
"""Arguments of queues that say, or may say, what becomes of messages that nobody can handle."""
_SHORT_LIVED = (arg(3, "exclusive"), arg(4, "auto_delete"))


def _put_back(method: str, requeue: Ref) -> Iterator[Effects]:
    """A message that goes back to its queue: so it does unless something else is said."""
    for guard in (Guard(requeue, present=False), Guard(requeue, among=("True",))):
        yield Effects(target=f"{_CHANNEL}.{method}", does=Does.RETURNS, called=("**",), when=(guard,), failing=True, unless=_LIMITS)


PLUGIN = Plugin(
    name="pika",
    roots=("pika",),
    transport="amqp",
    match=Match.AMQP,
    aliases={
        "pika.adapters.blocking_connection.BlockingConnection": "pika.BlockingConnection",
        "pika.adapters.BlockingConnection": "pika.BlockingConnection",
        "pika.adapters.select_connection.SelectConnection": "pika.SelectConnection",
        "pika.adapters.blocking_connection.BlockingChannel": _CHANNEL,
        "pika.BlockingChannel": _CHANNEL,
    },
    types={f"{kind}.channel()": _CHANNEL for kind in _CONNECTIONS},
    given={f"{_CHANNEL}.basic_consume": (_CHANNEL, "pika.spec.Basic.Deliver", "pika.BasicProperties", "")}
    | {f"{kind}.channel": (_CHANNEL,) for kind in _CONNECTIONS}
    | dict.fromkeys((*_CONNECTIONS[1:], "pika.adapters.select_connection.SelectConnection"), (_CONNECTIONS[1],)),
    gives=(Gives(f"{_CHANNEL}.queue_declare().method.queue", FirstOf((arg(0, "queue"), Const("")))),),
    effects=(
        *(
            Effects(target=f"{_CHANNEL}.basic_consume", does=Does.TAKES, about=arg(0, "queue"), when=(Guard(at, among=("True",)),))
            for at in (Argument(2, "auto_ack"), keyword("no_ack"))
        ),
        *_put_back("basic_nack", arg(2, "requeue")),
        *_put_back("basic_reject", arg(1, "requeue")),
        *(
            Effects(target=f"{_CHANNEL}.{m}", does=Does.REFUSES, called=("**",), when=(Guard(at, among=("False",)),))
            for m, at in (("basic_nack", arg(2, "requeue")), ("basic_reject", arg(1, "requeue")))
        ),
        Effects(
            target=f"{_CHANNEL}.queue_declare",
            does=Does.MAKES,
            transport="amqp",
            about=arg(0, "queue"),
            called=("**",),
            when=tuple(Guard(at, among=("True",), present=False) for at in (arg(1, "passive"), *_SHORT_LIVED)),
            ends=tuple(Entry(arg(5, "arguments"), key) for key in _ENDS),
        ),
    ),
    patterns=(
        Messages(
            target=f"{_CHANNEL}.basic_publish",
            role=Role.PUBLISH,
            exchange=arg(0, "exchange"),
            channel=arg(1, "routing_key"),
            payload=arg(2, "body"),
            event=Inside(arg(3, "properties"), keyword("type")),
            distinctive=True,
            reply_to=_REPLY_TO,
            when=(Guard(_REPLY_TO, matching=_PRIVATE, present=False),),
        ),
        RemoteCalls(
            target=f"{_CHANNEL}.basic_publish",
            operation=FirstOf((Inside(arg(3, "properties"), keyword("type")), arg(1, "routing_key"))),
            channel=arg(1, "routing_key"),
            broker="amqp",
            when=(Guard(_REPLY_TO), Guard(_REPLY_TO, matching=_PRIVATE)),
        ),
        Messages(
            target=f"{_CHANNEL}.basic_consume",
            role=Role.SUBSCRIBE,
            channel=arg(0, "queue"),
            identity=arg(0, "queue"),
            handler=FirstOf((arg(1, "on_message_callback"), keyword("consumer_callback"), arg(0))),
            distinctive=True,
        ),
        Messages(target=f"{_CHANNEL}.consume", role=Role.SUBSCRIBE, channel=arg(0, "queue")),
        Messages(target=f"{_CHANNEL}.basic_get", role=Role.SUBSCRIBE, channel=arg(0, "queue"), handler=keyword("callback")),
        Binds(
            target=f"{_CHANNEL}.queue_bind",
            queue=arg(0, "queue"),
            identity=arg(0, "queue"),
            exchange=arg(1, "exchange"),
            key=arg(2, "routing_key"),
        ),
        Declares(target=f"{_CHANNEL}.exchange_declare", exchange=arg(0, "exchange"), type=arg(1, "exchange_type")),
    ),
)
