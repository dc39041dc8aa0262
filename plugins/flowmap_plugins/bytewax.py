"""Bytewax: the Kafka topics that a dataflow takes its items from and writes them to."""

from flowmap.plugin_api import Each, Messages, Plugin, Role, arg, keyword

_KAFKA = "bytewax.connectors.kafka"

PLUGIN = Plugin(
    name="bytewax",
    roots=("bytewax",),
    transport="kafka",
    aliases={f"{_KAFKA}.KafkaInput": f"{_KAFKA}.KafkaSource", f"{_KAFKA}.KafkaOutput": f"{_KAFKA}.KafkaSink"},
    patterns=(
        Messages(target=f"{_KAFKA}.KafkaSource", role=Role.SUBSCRIBE, channel=Each(arg(1, "topics"))),
        Messages(target=f"{_KAFKA}.KafkaSink", role=Role.PUBLISH, channel=arg(1, "topic")),
        Messages(target=f"{_KAFKA}.operators.input", role=Role.SUBSCRIBE, channel=Each(keyword("topics"))),
        Messages(target=f"{_KAFKA}.operators.output", role=Role.PUBLISH, channel=keyword("topic")),
    ),
)
