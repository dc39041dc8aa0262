"""confluent-kafka: plain, serialising, Avro and asyncio clients. A topic that starts with `^` is a regular expression."""

from flowmap.plugin_api import Each, Entry, Maker, Messages, Plugin, Role, arg, keyword

_PLAIN = ("confluent_kafka.Producer", "confluent_kafka.aio.AIOProducer")
_CONSUMERS = (
    "confluent_kafka.Consumer",
    "confluent_kafka.DeserializingConsumer",
    "confluent_kafka.avro.AvroConsumer",
    "confluent_kafka.aio.AIOConsumer",
)

PLUGIN = Plugin(
    name="confluent-kafka",
    roots=("confluent_kafka",),
    transport="kafka",
    aliases={
        "confluent_kafka.cimpl.Producer": "confluent_kafka.Producer",
        "confluent_kafka.cimpl.Consumer": "confluent_kafka.Consumer",
        "confluent_kafka.serializing_producer.SerializingProducer": "confluent_kafka.SerializingProducer",
        "confluent_kafka.deserializing_consumer.DeserializingConsumer": "confluent_kafka.DeserializingConsumer",
        "confluent_kafka.experimental.aio": "confluent_kafka.aio",
    },
    patterns=(
        *(
            Messages(target=f"{kind}.produce", role=Role.PUBLISH, channel=arg(0, "topic"), payload=arg(1, "value"))
            for kind in _PLAIN
        ),
        Messages(
            target="confluent_kafka.SerializingProducer.produce",
            role=Role.PUBLISH,
            channel=arg(0, "topic"),
            payload=arg(2, "value"),
        ),
        Messages(
            target="confluent_kafka.avro.AvroProducer.produce",
            role=Role.PUBLISH,
            channel=keyword("topic"),
            payload=keyword("value"),
        ),
        *(
            Messages(
                target=f"{kind}.subscribe",
                role=Role.SUBSCRIBE,
                channel=Each(arg(0, "topics")),
                group=Maker(Entry(arg(0), "group.id")),
            )
            for kind in _CONSUMERS
        ),
        *(Messages(target=f"{kind}.assign", role=Role.SUBSCRIBE, channel=Each(arg(0, "partitions"))) for kind in _CONSUMERS),
    ),
)
