"""sentry-arroyo: stream processors over Kafka. A processor's topic is read by the strategies that its factory makes; what is
produced goes to a topic, or to one partition of it."""

from flowmap.plugin_api import FirstOf, Held, Inside, Messages, Plugin, Ref, Role, arg, keyword

_PRODUCER = "arroyo.backends.kafka.KafkaProducer"
_CONSUMER = arg(0, "consumer")


def _named(topic: Ref) -> Ref:
    """The name of a `Topic`, or of that of a `Partition`."""
    return Inside(Inside(topic, arg(0)), arg(0, "name"))


PLUGIN = Plugin(
    name="arroyo",
    roots=("arroyo",),
    transport="kafka",
    aliases={
        **dict.fromkeys(
            (
                "arroyo.backends.abstract.Producer",
                "arroyo.backends.kafka.FutureTrackingProducer",
                "arroyo.backends.kafka.consumer.KafkaProducer",
                "arroyo.backends.kafka.producer.FutureTrackingProducer",
            ),
            _PRODUCER,
        ),
        "arroyo.backends.kafka.ConfluentProducer": "confluent_kafka.Producer",
        "arroyo.backends.kafka.consumer.ConfluentProducer": "confluent_kafka.Producer",
        "arroyo.processing.processor.StreamProcessor": "arroyo.processing.StreamProcessor",
        "arroyo.processing.strategies.produce.Produce": "arroyo.processing.strategies.Produce",
    },
    patterns=(
        Messages(
            target=f"{_PRODUCER}.produce",
            role=Role.PUBLISH,
            channel=_named(FirstOf((arg(0, "destination"), keyword("dest")))),
            payload=arg(1, "payload"),
        ),
        Messages(target="arroyo.processing.strategies.Produce", role=Role.PUBLISH, channel=_named(arg(1, "topic"))),
        Messages(
            target="arroyo.processing.StreamProcessor",
            role=Role.SUBSCRIBE,
            channel=_named(arg(1, "topic")),
            handler=Held(arg(2, "processor_factory"), "create_with_partitions"),
            group=Inside(Inside(_CONSUMER, arg(0, "configuration")), keyword("group_id")),
        ),
    ),
)
