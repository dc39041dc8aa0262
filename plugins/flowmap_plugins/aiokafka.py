"""aiokafka. `send_and_wait` waits for the broker's acknowledgement, not for a consumer."""

from flowmap.plugin_api import AllArguments, Each, Messages, Plugin, Role, arg, keyword

PLUGIN = Plugin(
    name="aiokafka",
    roots=("aiokafka",),
    transport="kafka",
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
        Messages(target="aiokafka.AIOKafkaConsumer.subscribe", role=Role.SUBSCRIBE, channel=Each(arg(0, "topics"))),
    ),
)
