"""aio-pika: exchanges and queues are objects; their names stand where they were declared."""

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
    Maker,
    Match,
    Messages,
    MethodName,
    Plugin,
    Receiver,
    RemoteCalls,
    Role,
    Serves,
    arg,
    keyword,
)

_EXCHANGES = ("Exchange", "RobustExchange", "AbstractExchange", "AbstractRobustExchange")
_QUEUES = ("Queue", "RobustQueue", "AbstractQueue", "AbstractRobustQueue")
_CHANNELS = ("Channel", "RobustChannel", "AbstractChannel", "AbstractRobustChannel")
_CONNECTIONS = ("Connection", "RobustConnection", "AbstractConnection", "AbstractRobustConnection")
_REPLY_TO = Inside(arg(0, "message"), keyword("reply_to"))
# An answer to a queue with a name goes on to somebody else; only a private one is waited for.
_PRIVATE = r"^$|^amq\.rabbitmq\.reply-to$"
_MESSAGES = ("message", "msg", "incoming_message")
"""What messages are called where nothing says what they are."""
_LIMITS = r"(?i)retr|attempt|tries|death|redeliver|delivery.?count|failures"
"""What conditions speak of that bound how often a message is put back."""
_ENDS = ("x-dead-letter-exchange", "x-delivery-limit", "x-queue-type")
"""Arguments of queues that say, or may say, what becomes of messages that nobody can handle."""
_QUEUE_NAME = FirstOf((Maker(arg(0, "name")), Const("")))

PLUGIN = Plugin(
    name="aio-pika",
    roots=("aio_pika",),
    transport="amqp",
    match=Match.AMQP,
    aliases={
        f"{module}.{name}": f"aio_pika.{names[0]}"
        for names in (_EXCHANGES, _QUEUES, _CHANNELS, _CONNECTIONS)
        for name in names
        for module in (
            "aio_pika",
            "aio_pika.abc",
            "aio_pika.exchange",
            "aio_pika.queue",
            "aio_pika.channel",
            "aio_pika.connection",
            "aio_pika.robust_exchange",
            "aio_pika.robust_queue",
            "aio_pika.robust_channel",
            "aio_pika.robust_connection",
        )
        if f"{module}.{name}" != f"aio_pika.{names[0]}"
    }
    | {"aio_pika.connection.connect": "aio_pika.connect", "aio_pika.robust_connection.connect_robust": "aio_pika.connect_robust"},
    types={
        "aio_pika.connect()": "aio_pika.Connection",
        "aio_pika.connect_robust()": "aio_pika.Connection",
        "aio_pika.Connection.channel()": "aio_pika.Channel",
        "aio_pika.Channel.declare_exchange()": "aio_pika.Exchange",
        "aio_pika.Channel.get_exchange()": "aio_pika.Exchange",
        "aio_pika.Channel.default_exchange": "aio_pika.Exchange",
        "aio_pika.Channel.declare_queue()": "aio_pika.Queue",
        "aio_pika.Channel.get_queue()": "aio_pika.Queue",
        "aio_pika.pool.Pool.acquire()": "aio_pika.Channel",
        "aio_pika.patterns.RPC.create()": "aio_pika.patterns.RPC",
        "aio_pika.Queue.name": "aio_pika.Queue",
        "aio_pika.Exchange.channel": "aio_pika.Channel",
        "aio_pika.Queue.channel": "aio_pika.Channel",
    },
    effects=(
        Effects(target="aio_pika.Queue.consume", does=Does.TAKES, when=(Guard(keyword("no_ack"), among=("True",)),)),
        Effects(target="aio_pika.Queue.iterator", does=Does.TAKES, when=(Guard(keyword("no_ack"), among=("True",)),)),
        *(
            Effects(
                target=f"aio_pika.{message}.{method}",
                does=Does.RETURNS,
                called=_MESSAGES,
                when=(guard,),
                failing=True,
                unless=_LIMITS,
            )
            for message in ("IncomingMessage", "abc.AbstractIncomingMessage")
            for method, guard in (
                ("nack", Guard(arg(1, "requeue"), present=False)),
                ("nack", Guard(arg(1, "requeue"), among=("True",))),
                ("reject", Guard(arg(0, "requeue"), among=("True",))),
            )
        ),
        *(
            Effects(target=f"aio_pika.{message}.{method}", does=Does.REFUSES, called=_MESSAGES, when=(guard,))
            for message in ("IncomingMessage", "abc.AbstractIncomingMessage")
            for method, guard in (
                ("nack", Guard(arg(1, "requeue"), among=("False",))),
                ("reject", Guard(arg(0, "requeue"), among=("False",))),
                ("reject", Guard(arg(0, "requeue"), present=False)),
            )
        ),
        Effects(
            target="aio_pika.Channel.declare_queue",
            does=Does.MAKES,
            transport="amqp",
            about=arg(0, "name"),
            when=tuple(Guard(keyword(name), among=("True",), present=False) for name in ("passive", "exclusive", "auto_delete")),
            ends=tuple(Entry(keyword("arguments"), key) for key in _ENDS),
        ),
    ),
    gives=(
        Gives("aio_pika.Queue", arg(0, "name")),
        Gives("aio_pika.Exchange", arg(0, "name")),
    ),
    patterns=(
        Messages(
            target="aio_pika.Exchange.publish",
            role=Role.PUBLISH,
            exchange=Maker(arg(0, "name"), only=("declare_exchange", "get_exchange")),
            channel=arg(1, "routing_key"),
            payload=arg(0, "message"),
            event=Inside(arg(0, "message"), keyword("type")),
            reply_to=_REPLY_TO,
            when=(Guard(_REPLY_TO, matching=_PRIVATE, present=False),),
        ),
        RemoteCalls(
            target="aio_pika.Exchange.publish",
            operation=FirstOf((Inside(arg(0, "message"), keyword("type")), arg(1, "routing_key"))),
            channel=arg(1, "routing_key"),
            broker="amqp",
            when=(Guard(_REPLY_TO), Guard(_REPLY_TO, matching=_PRIVATE)),
        ),
        Messages(
            target="aio_pika.Queue.consume",
            role=Role.SUBSCRIBE,
            channel=_QUEUE_NAME,
            identity=Receiver(),
            handler=arg(0, "callback"),
        ),
        *(
            Messages(target=f"aio_pika.Queue.{method}", role=Role.SUBSCRIBE, channel=_QUEUE_NAME, identity=Receiver())
            for method in ("iterator", "__aiter__", "get")
        ),
        Binds(
            target="aio_pika.Queue.bind",
            queue=Maker(arg(0, "name")),
            identity=Receiver(),
            exchange=FirstOf((Inside(arg(0, "exchange"), arg(0, "name")),)),
            key=FirstOf((arg(1, "routing_key"), _QUEUE_NAME), empty=True),
        ),
        Declares(target="aio_pika.Channel.declare_exchange", exchange=arg(0, "name"), type=arg(1, "type")),
        Messages(
            target="aio_pika.patterns.Master.create_task",
            role=Role.PUBLISH,
            channel=arg(0, "channel_name"),
            payload=arg(1, "kwargs"),
        ),
        Messages(
            target="aio_pika.patterns.Master.create_worker",
            role=Role.SUBSCRIBE,
            channel=arg(0, "queue_name"),
            handler=arg(1, "func"),
        ),
        Messages(target="aio_pika.patterns.Master.proxy.*", role=Role.PUBLISH, channel=MethodName()),
        RemoteCalls(target="aio_pika.patterns.RPC.call", operation=arg(0, "method_name")),
        RemoteCalls(target="aio_pika.patterns.RPC.proxy.*", operation=MethodName()),
        Serves(
            target="aio_pika.patterns.RPC.register",
            form="call",
            operation=arg(0, "method_name"),
            handler=Argument(1, "func"),
            transport="rpc",
        ),
    ),
)
