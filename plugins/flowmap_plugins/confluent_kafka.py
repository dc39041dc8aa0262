"""confluent-kafka: plain, serialising, Avro and asyncio clients. A topic that starts with `^` is a regular expression.

What a serialiser of the schema registry writes is of the type that its schema names: Avro by the record's name, JSON by the title.
Schemas that are read from the registry, and those of Protobuf, say nothing.
"""

from flowmap.plugin_api import (
    Does,
    Each,
    Effects,
    Entry,
    FirstOf,
    Guard,
    Inside,
    Maker,
    Match,
    Matched,
    Messages,
    Plugin,
    Ref,
    Role,
    Tail,
    arg,
    keyword,
)

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

# What the schema itself is called, before any bracket of its own, and none of its fields.
_RECORD = r"^(?=[^\[\]]*\"type\"\s*:\s*\"record\")\s*\{[^{}\[\]]*?\"name\"\s*:\s*\"([^\"]+)\""
_OBJECT = r"^(?=[\s\S]*\"type\"\s*:\s*\"object\")\s*\{[^{}\[\]]*?\"title\"\s*:\s*\"([^\"]+)\""
_AVRO, _JSON = FirstOf((keyword("schema_str"), arg(1))), FirstOf((keyword("schema_str"), arg(0)))
_VALUE, _SERIALISER = arg(1, "value"), Maker(Entry(arg(0), "value.serializer"))

_LOADED = FirstOf((keyword("value_schema"), Maker(FirstOf((keyword("default_value_schema"), arg(2))))))


def _stated(avro: Ref, json: Ref) -> Ref:
    """The type that a schema in a text names."""
    return FirstOf((Tail(Matched(avro, _RECORD), "."), Matched(json, _OBJECT)))


PLUGIN = Plugin(
    name="confluent-kafka",
    roots=("confluent_kafka",),
    transport="kafka",
    effects=tuple(
        Effects(target=f"confluent_kafka.{p}.commit_transaction", does=Does.TIES) for p in ("Producer", "SerializingProducer")
    ),
    aliases={
        "confluent_kafka.cimpl.Producer": "confluent_kafka.Producer",
        "confluent_kafka.cimpl.Consumer": "confluent_kafka.Consumer",
        "confluent_kafka.serializing_producer.SerializingProducer": "confluent_kafka.SerializingProducer",
        "confluent_kafka.deserializing_consumer.DeserializingConsumer": "confluent_kafka.DeserializingConsumer",
        "confluent_kafka.experimental.aio": "confluent_kafka.aio",
    },
    patterns=(
        *(
            Messages(
                target=f"{kind}.produce",
                role=Role.PUBLISH,
                channel=arg(0, "topic"),
                event=_stated(Inside(_VALUE, Maker(_AVRO)), Inside(_VALUE, Maker(_JSON))),
                payload=_VALUE,
            )
            for kind in _PLAIN
        ),
        Messages(
            target="confluent_kafka.SerializingProducer.produce",
            role=Role.PUBLISH,
            channel=arg(0, "topic"),
            event=_stated(Inside(_SERIALISER, _AVRO), Inside(_SERIALISER, _JSON)),
            payload=arg(2, "value"),
        ),
        Messages(
            target="confluent_kafka.avro.AvroProducer.produce",
            role=Role.PUBLISH,
            channel=keyword("topic"),
            event=Tail(Matched(Inside(_LOADED, arg(0)), _RECORD), "."),
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
