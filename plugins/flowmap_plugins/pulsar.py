"""Apache Pulsar, with aiopulsar: producers, consumers, readers and functions. A topic counts by the last piece of its name; which
topics a function reads is decided where it is deployed."""

from flowmap.plugin_api import Context, Each, Maker, Messages, Plugin, Role, Tail, Wiring, arg, keyword

_CLIENT, _PRODUCER, _CONTEXT = "pulsar.Client", "pulsar.Producer", "pulsar.Context"
_TOPIC = Tail(Each(arg(0, "topic")), "/")


def functions(context: Context) -> list[Wiring]:
    """One subscription per function."""
    why = "which topics the function reads is decided where it is deployed"
    return [
        Wiring(Role.SUBSCRIBE, "pulsar", function.where, handler=handler, unresolved=why)
        for function in context.subclasses("pulsar.Function")
        for name, handler in function.methods()
        if name == "process"
    ]


PLUGIN = Plugin(
    name="pulsar",
    roots=("pulsar", "aiopulsar"),
    transport="pulsar",
    aliases={"pulsar.asyncio.Client": _CLIENT, "aiopulsar.Client": _CLIENT, "pulsar.functions.Function": "pulsar.Function"},
    types={"aiopulsar.connect()": _CLIENT, f"{_CLIENT}.create_producer()": _PRODUCER},
    given={"pulsar.Function.process": ("", _CONTEXT)},
    patterns=(
        *(
            Messages(target=f"{_PRODUCER}.{m}", role=Role.PUBLISH, channel=Maker(_TOPIC), payload=arg(0, "content"))
            for m in ("send", "send_async")
        ),
        Messages(
            target=f"{_CLIENT}.subscribe",
            role=Role.SUBSCRIBE,
            channel=_TOPIC,
            group=arg(1, "subscription_name"),
            handler=keyword("message_listener"),
        ),
        Messages(target=f"{_CLIENT}.create_reader", role=Role.SUBSCRIBE, channel=_TOPIC, handler=keyword("reader_listener")),
        Messages(target=f"{_CLIENT}.create_table_view", role=Role.SUBSCRIBE, channel=_TOPIC),
        Messages(
            target=f"{_CONTEXT}.publish",
            role=Role.PUBLISH,
            channel=Tail(arg(0, "topic_name"), "/"),
            payload=arg(1, "message"),
        ),
    ),
    recognise=functions,
)
