"""kafka-python and its fork kafka-python-ng. A send's future waits for the broker only, never for a consumer."""

from flowmap.plugin_api import AllArguments, Each, Inside, Maker, Match, Messages, Plugin, Role, arg, keyword

_GROUP = Maker(keyword("group_id"))
_PARTITIONS = Inside(Each(arg(0, "partitions")), arg(0, "topic"))

PLUGIN = Plugin(
    name="kafka-python",
    roots=("kafka",),
    transport="kafka",
    aliases={
        "kafka.producer.KafkaProducer": "kafka.KafkaProducer",
        "kafka.producer.kafka.KafkaProducer": "kafka.KafkaProducer",
        "kafka.consumer.KafkaConsumer": "kafka.KafkaConsumer",
        "kafka.consumer.group.KafkaConsumer": "kafka.KafkaConsumer",
    },
    patterns=(
        Messages(target="kafka.KafkaProducer.send", role=Role.PUBLISH, channel=arg(0, "topic"), payload=arg(1, "value")),
        Messages(target="kafka.KafkaConsumer", role=Role.SUBSCRIBE, channel=AllArguments(), group=keyword("group_id")),
        Messages(target="kafka.KafkaConsumer.subscribe", role=Role.SUBSCRIBE, channel=Each(arg(0, "topics")), group=_GROUP),
        Messages(
            target="kafka.KafkaConsumer.subscribe",
            role=Role.SUBSCRIBE,
            channel=arg(1, "pattern"),
            group=_GROUP,
            match=Match.REGEX,
        ),
        Messages(target="kafka.KafkaConsumer.assign", role=Role.SUBSCRIBE, channel=_PARTITIONS, group=_GROUP),
    ),
)
