"""kafka-python and its fork kafka-python-ng. A send's future waits for the broker only, never for a consumer."""

from flowmap.plugin_api import AllArguments, Each, Messages, Plugin, Role, arg, keyword

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
        Messages(target="kafka.KafkaConsumer.subscribe", role=Role.SUBSCRIBE, channel=Each(arg(0, "topics"))),
    ),
)
