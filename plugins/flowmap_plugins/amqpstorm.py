"""AMQPStorm. The body comes before the routing key; what is asked for with a private queue for the answer is a call."""

from flowmap.plugin_api import (
    Binds,
    Const,
    Does,
    Effects,
    Entry,
    FirstOf,
    Gives,
    Guard,
    Held,
    Maker,
    Match,
    Messages,
    Pattern,
    Plugin,
    Receiver,
    Ref,
    RemoteCalls,
    Role,
    arg,
)

_CHANNEL, _MESSAGE = "amqpstorm.Channel", "amqpstorm.Message"
_BASIC = "amqpstorm.basic.Basic"
_ENDS = ("x-dead-letter-exchange", "x-delivery-limit", "x-queue-type")
"""Arguments of queues that say, or may say, what becomes of messages that nobody can handle."""
_SHORT_LIVED = (arg(3, "exclusive"), arg(4, "auto_delete"))
_PRIVATE = r"^$|^amq\.rabbitmq\.reply-to$"


def _published(target: str, key: Ref, exchange: Ref, body: Ref, properties: Ref, reply_to: Ref) -> tuple[Pattern, ...]:
    event = Entry(properties, "message_type")
    return (
        Messages(
            target=target,
            role=Role.PUBLISH,
            exchange=FirstOf((exchange, Const(""))),
            channel=key,
            payload=body,
            event=event,
            reply_to=reply_to,
            when=(Guard(reply_to, matching=_PRIVATE, present=False),),
        ),
        RemoteCalls(
            target=target,
            operation=FirstOf((event, key)),
            channel=key,
            broker="amqp",
            when=(Guard(reply_to), Guard(reply_to, matching=_PRIVATE)),
        ),
    )


_GIVEN, _MADE = arg(3, "properties"), Maker(arg(2, "properties"))

PLUGIN = Plugin(
    name="amqpstorm",
    roots=("amqpstorm",),
    transport="amqp",
    match=Match.AMQP,
    aliases={"amqpstorm.channel.Channel": _CHANNEL, "amqpstorm.message.Message": _MESSAGE},
    types={
        **{f"amqpstorm.{kind}.channel()": _CHANNEL for kind in ("Connection", "UriConnection")},
        f"{_CHANNEL}.basic": _BASIC,
        f"{_BASIC}.get()": _MESSAGE,
        f"{_MESSAGE}.create()": _MESSAGE,
        f"{_MESSAGE}.channel": _CHANNEL,
    },
    given={f"{_BASIC}.consume": (_MESSAGE,)},
    gives=(Gives(f"{_CHANNEL}.queue.declare()[]", FirstOf((arg(0, "queue"), Const("")))),),
    effects=(
        *(
            Effects(target=f"{_MESSAGE}.{m}", does=Does.REFUSES, when=(Guard(arg(0, "requeue"), among=("False",)),))
            for m in ("nack", "reject")
        ),
        Effects(
            target=f"{_CHANNEL}.queue.declare",
            does=Does.MAKES,
            transport="amqp",
            about=arg(0, "queue"),
            when=tuple(Guard(at, among=("True",), present=False) for at in (arg(1, "passive"), *_SHORT_LIVED)),
            ends=tuple(Entry(arg(5, "arguments"), key) for key in _ENDS),
        ),
    ),
    patterns=(
        *_published(
            f"{_BASIC}.publish",
            arg(1, "routing_key"),
            arg(2, "exchange"),
            arg(0, "body"),
            _GIVEN,
            Entry(_GIVEN, "reply_to"),
        ),
        *_published(
            f"{_MESSAGE}.publish",
            arg(0, "routing_key"),
            arg(1, "exchange"),
            Maker(arg(1, "body")),
            _MADE,
            FirstOf((Held(Receiver(), "reply_to"), Entry(_MADE, "reply_to"))),
        ),
        Messages(
            target=f"{_BASIC}.consume",
            role=Role.SUBSCRIBE,
            channel=arg(1, "queue"),
            identity=arg(1, "queue"),
            handler=arg(0, "callback"),
        ),
        Messages(target=f"{_BASIC}.get", role=Role.SUBSCRIBE, channel=arg(0, "queue")),
        Binds(
            target=f"{_CHANNEL}.queue.bind",
            queue=arg(0, "queue"),
            identity=arg(0, "queue"),
            exchange=arg(1, "exchange"),
            key=arg(2, "routing_key"),
        ),
    ),
)
