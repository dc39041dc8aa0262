"""kombu: producers and consumers over Exchange and Queue objects, simple queues and the consumer mixins."""

from flowmap.plugin_api import (
    Binds,
    Called,
    Current,
    Declares,
    Does,
    Each,
    Effects,
    Entry,
    FirstOf,
    Gives,
    Guard,
    Inside,
    Maker,
    Match,
    Messages,
    Passes,
    Plugin,
    Result,
    Role,
    arg,
    keyword,
)

_PRODUCER, _CONSUMER = "kombu.Producer", "kombu.Consumer"
_QUEUE = Inside(Current(), arg(0, "name"))
_EXCHANGE_OF_QUEUE = Inside(Inside(Current(), arg(1, "exchange")), arg(0, "name"))
_SIMPLE = (
    ("kombu.Connection.simple", arg(0, "name")),
    ("kombu.simple.SimpleQueue", arg(1, "name")),
    ("kombu.simple.SimpleBuffer", arg(1, "name")),
)
_REGISTERED = Called(Result(), ("register_callback",), arg(0, "callback"), needed=False)
_CALLBACK = FirstOf((keyword("on_message"), Each(keyword("callbacks")), _REGISTERED))
_ENDS = ("x-dead-letter-exchange", "x-delivery-limit", "x-queue-type")
"""Arguments of queues that say, or may say, what becomes of messages that nobody can handle."""


def _exchange_name(ref: object) -> Inside:
    return Inside(ref, arg(0, "name"))  # type: ignore[arg-type]


PLUGIN = Plugin(
    name="kombu",
    roots=("kombu",),
    transport="amqp",
    match=Match.AMQP,
    aliases={
        "kombu.messaging.Producer": _PRODUCER,
        "kombu.messaging.Consumer": _CONSUMER,
        "kombu.entity.Exchange": "kombu.Exchange",
        "kombu.entity.Queue": "kombu.Queue",
        "kombu.connection.Connection": "kombu.Connection",
        "kombu.BrokerConnection": "kombu.Connection",
    },
    types={
        "kombu.Connection.Producer()": _PRODUCER,
        "kombu.Connection.Consumer()": _CONSUMER,
        "kombu.Connection.SimpleQueue()": "kombu.Connection.simple",
        "kombu.Connection.SimpleBuffer()": "kombu.Connection.simple",
        "kombu.pools.producers[].acquire()": _PRODUCER,
        "kombu.pools.connections[].acquire()": "kombu.Connection",
        "kombu.Connection.Pool()": "kombu.connection.ConnectionPool",
        "kombu.connection.ConnectionPool.acquire()": "kombu.Connection",
        "kombu.Connection.clone()": "kombu.Connection",
        "kombu.mixins.ConsumerProducerMixin.producer": _PRODUCER,
        "celery.Celery.producer_or_acquire()": _PRODUCER,
    },
    given={
        f"kombu.mixins.{m}.get_consumers": (f"type {_CONSUMER}", "kombu.Channel")
        for m in ("ConsumerMixin", "ConsumerProducerMixin")
    },
    gives=(Gives("kombu.Exchange", arg(0, "name")), Gives("kombu.Queue", arg(0, "name"))),
    passes=(
        Passes("kombu.Connection.ensure", arg(1, "fun")),
        Passes("kombu.Connection.autoretry", arg(0, "fun")),
    ),
    effects=(
        *(
            Effects(target="kombu.message.Message.reject", does=Does.REFUSES, called=("message", "msg"), when=(guard,))
            for guard in (Guard(arg(0, "requeue"), present=False), Guard(arg(0, "requeue"), among=("False",)))
        ),
        Effects(
            target="kombu.Queue",
            does=Does.MAKES,
            transport="amqp",
            about=arg(0, "name"),
            when=tuple(Guard(keyword(name), among=("True",), present=False) for name in ("exclusive", "auto_delete", "no_declare")),
            ends=tuple(Entry(keyword("queue_arguments"), key) for key in _ENDS),
        ),
    ),
    patterns=(
        Messages(
            target=f"{_PRODUCER}.publish",
            role=Role.PUBLISH,
            exchange=FirstOf((_exchange_name(keyword("exchange")), _exchange_name(Maker(arg(1, "exchange"))))),
            channel=FirstOf((arg(1, "routing_key"), Maker(keyword("routing_key")))),
            payload=arg(0, "body"),
        ),
        Messages(
            target=_CONSUMER,
            role=Role.SUBSCRIBE,
            each=FirstOf((arg(1, "queues"), arg(0, "queues"))),
            exchange=_EXCHANGE_OF_QUEUE,
            channel=FirstOf((Inside(Current(), arg(2, "routing_key")), _QUEUE)),
            group=_QUEUE,
            handler=_CALLBACK,
        ),
        Messages(
            target="kombu.Connection.Consumer",
            role=Role.SUBSCRIBE,
            each=FirstOf((keyword("queues"), arg(0))),
            exchange=_EXCHANGE_OF_QUEUE,
            channel=FirstOf((Inside(Current(), arg(2, "routing_key")), _QUEUE)),
            group=_QUEUE,
            handler=_CALLBACK,
        ),
        *(
            Messages(target=f"{owner}.{method}", role=role, channel=Maker(Inside(name, arg(0, "name"))), payload=payload)
            for owner, name in _SIMPLE
            for method, role, payload in (("put", Role.PUBLISH, arg(0, "message")), ("get", Role.SUBSCRIBE, None))
        ),
        Binds(
            target="kombu.Queue",
            queue=arg(0, "name"),
            exchange=_exchange_name(arg(1, "exchange")),
            key=arg(2, "routing_key"),
        ),
        Binds(
            target="kombu.Queue",
            queue=arg(0, "name"),
            each=keyword("bindings"),
            exchange=_exchange_name(Inside(Current(), arg(0, "exchange"))),
            key=Inside(Current(), arg(1, "routing_key")),
        ),
        Declares(target="kombu.Exchange", exchange=arg(0, "name"), type=arg(1, "type")),
    ),
)
