"""RocketMQ: the client of the fourth generation (`rocketmq.client`) and that of the fifth. What a message is tagged with is its
event; which tags a consumer selects is not told apart."""

from flowmap.plugin_api import Called, Guard, Held, Inside, Keys, Maker, Messages, Pattern, Plugin, Ref, Role, arg

_OLD = "rocketmq.client"
_SENDS = ("send_sync", "send_async", "send_oneway", "send_oneway_orderly", "send_orderly", "send_orderly_with_sharding_key")
_MESSAGE, _SENT = arg(0, "msg"), arg(0, "message")
_KINDS = ("Message", "Producer", "SimpleConsumer", "PushConsumer")
_HOMES = ("rocketmq.v5", "rocketmq.v5.model", "rocketmq.v5.producer", "rocketmq.v5.consumer")


def _tagged(target: str, message: Ref) -> Pattern:
    tag = Called(message, ("set_tags",), arg(0, "tags"), needed=False)
    return Messages(target=target, role=Role.PUBLISH, channel=Inside(message, arg(0, "topic")), event=tag)


def _subscribed(target: str, topics: Ref, group: Ref, handler: Ref | None) -> Pattern:
    return Messages(target=target, role=Role.SUBSCRIBE, channel=topics, group=group, handler=handler, when=(Guard(topics),))


PLUGIN = Plugin(
    name="rocketmq",
    roots=("rocketmq",),
    transport="rocketmq",
    aliases={f"{home}.{kind}": f"rocketmq.{kind}" for home in _HOMES for kind in _KINDS},
    patterns=(
        *(_tagged(f"{_OLD}.Producer.{m}", _MESSAGE) for m in _SENDS),
        *(_tagged(f"{_OLD}.TransactionMQProducer.{m}", _MESSAGE) for m in _SENDS),
        _tagged(f"{_OLD}.TransactionMQProducer.send_message_in_transaction", _SENT),
        Messages(
            target=f"{_OLD}.PushConsumer.subscribe",
            role=Role.SUBSCRIBE,
            channel=arg(0, "topic"),
            group=Maker(arg(0, "group_id")),
            handler=arg(1, "callback"),
        ),
        *(
            Messages(target=f"rocketmq.Producer.{m}", role=Role.PUBLISH, channel=Held(_SENT, "topic"), event=Held(_SENT, "tag"))
            for m in ("send", "send_async")
        ),
        _subscribed(
            "rocketmq.PushConsumer",
            Keys(arg(3, "subscription")),
            arg(1, "consumer_group"),
            Held(arg(2, "message_listener"), "consume"),
        ),
        _subscribed("rocketmq.SimpleConsumer", Keys(arg(2, "subscription")), arg(1, "consumer_group"), None),
        _subscribed("rocketmq.SimpleConsumer.subscribe", arg(0, "topic"), Maker(arg(1, "consumer_group")), None),
        _subscribed(
            "rocketmq.PushConsumer.subscribe",
            arg(0, "topic"),
            Maker(arg(1, "consumer_group")),
            Held(Maker(arg(2, "message_listener")), "consume"),
        ),
    ),
)
