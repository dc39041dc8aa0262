"""aiokafka. `send_and_wait` waits for the broker's acknowledgement, not for a consumer."""

from flowmap.plugin_api import AllArguments, Does, Each, Effects, Inside, Maker, Match, Messages, Plugin, Role, arg, keyword

_GROUP = Maker(keyword("group_id"))
_PARTITIONS = Inside(Each(arg(0, "partitions")), arg(0, "topic"))

PLUGIN = Plugin(
    name="aiokafka",
    roots=("aiokafka",),
    transport="kafka",
    effects=(
        Effects(target="aiokafka.AIOKafkaProducer.transaction()", does=Does.TIES, form="context"),
        Effects(target="aiokafka.AIOKafkaProducer.commit_transaction", does=Does.TIES),
    ),
    aliases={
        "aiokafka.producer.AIOKafkaProducer": "aiokafka.AIOKafkaProducer",
        "aiokafka.producer.producer.AIOKafkaProducer": "aiokafka.AIOKafkaProducer",
        "aiokafka.consumer.AIOKafkaConsumer": "aiokafka.AIOKafkaConsumer",
        "aiokafka.consumer.consumer.AIOKafkaConsumer": "aiokafka.AIOKafkaConsumer",
    },
    patterns=(
        *(
            Messages(
                target=f"aiokafka.AIOKafkaProducer.{method}",
                role=Role.PUBLISH,
                channel=arg(0, "topic"),
                payload=arg(1, "value"),
            )
            for method in ("send", "send_and_wait")
        ),
        Messages(target="aiokafka.AIOKafkaProducer.send_batch", role=Role.PUBLISH, channel=arg(1, "topic")),
        Messages(target="aiokafka.AIOKafkaConsumer", role=Role.SUBSCRIBE, channel=AllArguments(), group=keyword("group_id")),
        Messages(target="aiokafka.AIOKafkaConsumer.subscribe", role=Role.SUBSCRIBE, channel=Each(arg(0, "topics")), group=_GROUP),
        Messages(
            target="aiokafka.AIOKafkaConsumer.subscribe",
            role=Role.SUBSCRIBE,
            channel=keyword("pattern"),
            group=_GROUP,
            match=Match.REGEX,
        ),
        Messages(target="aiokafka.AIOKafkaConsumer.assign", role=Role.SUBSCRIBE, channel=_PARTITIONS, group=_GROUP),
    ),
)
