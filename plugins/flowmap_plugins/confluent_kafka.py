"""confluent-kafka: plain, serialising, Avro and asyncio clients. A topic that starts with `^` is a regular expression."""

from flowmap.plugin_api import Each, Entry, Guard, Inside, Maker, Match, Messages, Plugin, Role, arg, keyword

_PLAIN = ("confluent_kafka.Producer", "confluent_kafka.aio.AIOProducer")
_CONSUMERS = (
    "confluent_kafka.Consumer",
    "confluent_kafka.DeserializingConsumer",
    "confluent_kafka.avro.AvroConsumer",
    "confluent_kafka.ShareConsumer",
    "confluent_kafka.aio.AIOConsumer",
)
_TOPICS = Each(arg(0, "topics"))
_PARTITIONS = Inside(Each(arg(0, "partitions")), arg(0, "topic"))
_GROUP = Maker(Entry(arg(0), "group.id"))

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
        Messages(
            target="confluent_kafka.Producer.produce_batch",
            role=Role.PUBLISH,
            channel=arg(0, "topic"),
        ),
        *(
            Messages(
                target=f"{kind}.subscribe",
                role=Role.SUBSCRIBE,
                channel=_TOPICS,
                group=_GROUP,
                match=match,
                when=(Guard(_TOPICS, matching=r"^\^", present=match is Match.REGEX),),
            )
            for kind in _CONSUMERS
            for match in (Match.EXACT, Match.REGEX)
        ),
        *(Messages(target=f"{kind}.assign", role=Role.SUBSCRIBE, channel=_PARTITIONS, group=_GROUP) for kind in _CONSUMERS),
    ),
)
