"""aiormq, the layer below aio-pika: channels with the methods of the protocol. Exchange and routing key go by their names only."""

from flowmap.plugin_api import (
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
    RemoteCalls,
    Role,
    arg,
    keyword,
)

_CONNECTION, _CHANNEL, _MESSAGE = "aiormq.Connection", "aiormq.Channel", "aiormq.abc.DeliveredMessage"
_REPLY_TO = Inside(keyword("properties"), keyword("reply_to"))
_TYPE = Inside(keyword("properties"), keyword("message_type"))
_PRIVATE = r"^$|^amq\.rabbitmq\.reply-to$"
_ENDS = ("x-dead-letter-exchange", "x-delivery-limit", "x-queue-type")
"""Arguments of queues that say, or may say, what becomes of messages that nobody can handle."""

PLUGIN = Plugin(
    name="aiormq",
    roots=("aiormq",),
    transport="amqp",
    match=Match.AMQP,
    aliases={
        "aiormq.connection.Connection": _CONNECTION,
        "aiormq.connection.connect": "aiormq.connect",
        "aiormq.abc.AbstractConnection": _CONNECTION,
        "aiormq.channel.Channel": _CHANNEL,
        "aiormq.abc.AbstractChannel": _CHANNEL,
        "aiormq.types.DeliveredMessage": _MESSAGE,
    },
    types={"aiormq.connect()": _CONNECTION, f"{_CONNECTION}.channel()": _CHANNEL, f"{_MESSAGE}.channel": _CHANNEL},
    given={f"{_CHANNEL}.basic_consume": (_MESSAGE,)},
    gives=(Gives(f"{_CHANNEL}.queue_declare().queue", FirstOf((arg(0, "queue"), Const("")))),),
    effects=(
        Effects(target=f"{_CHANNEL}.basic_consume", does=Does.TAKES, when=(Guard(keyword("no_ack"), among=("True",)),)),
        *(
            Effects(target=f"{_CHANNEL}.{m}", does=Does.REFUSES, when=(Guard(keyword("requeue"), among=("False",)),))
            for m in ("basic_nack", "basic_reject")
        ),
        Effects(
            target=f"{_CHANNEL}.queue_declare",
            does=Does.MAKES,
            transport="amqp",
            about=arg(0, "queue"),
            when=tuple(Guard(keyword(n), among=("True",), present=False) for n in ("passive", "exclusive", "auto_delete")),
            ends=tuple(Entry(keyword("arguments"), key) for key in _ENDS),
        ),
    ),
    patterns=(
        Messages(
            target=f"{_CHANNEL}.basic_publish",
            role=Role.PUBLISH,
            exchange=FirstOf((keyword("exchange"), Const(""))),
            channel=keyword("routing_key"),
            payload=arg(0, "body"),
            event=_TYPE,
            reply_to=_REPLY_TO,
            when=(Guard(_REPLY_TO, matching=_PRIVATE, present=False),),
        ),
        RemoteCalls(
            target=f"{_CHANNEL}.basic_publish",
            operation=FirstOf((_TYPE, keyword("routing_key"))),
            channel=keyword("routing_key"),
            broker="amqp",
            when=(Guard(_REPLY_TO), Guard(_REPLY_TO, matching=_PRIVATE)),
        ),
        Messages(
            target=f"{_CHANNEL}.basic_consume",
            role=Role.SUBSCRIBE,
            channel=arg(0, "queue"),
            identity=arg(0, "queue"),
            handler=arg(1, "consumer_callback"),
        ),
        Messages(target=f"{_CHANNEL}.basic_get", role=Role.SUBSCRIBE, channel=arg(0, "queue"), identity=arg(0, "queue")),
        Binds(
            target=f"{_CHANNEL}.queue_bind",
            queue=arg(0, "queue"),
            identity=arg(0, "queue"),
            exchange=arg(1, "exchange"),
            key=arg(2, "routing_key"),
        ),
        Declares(target=f"{_CHANNEL}.exchange_declare", exchange=arg(0, "exchange"), type=keyword("exchange_type")),
    ),
)
