"""pika. On the default exchange ("") the routing key is the queue; elsewhere bindings decide which queue gets what."""

from flowmap.plugin_api import (
    Binds,
    Const,
    Declares,
    FirstOf,
    Gives,
    Guard,
    Inside,
    Match,
    Messages,
    Plugin,
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
    given={f"{_CHANNEL}.basic_consume": (_CHANNEL, "pika.spec.Basic.Deliver", "pika.BasicProperties", "")},
    gives=(Gives(f"{_CHANNEL}.queue_declare().method.queue", FirstOf((arg(0, "queue"), Const("")))),),
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
