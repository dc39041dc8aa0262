"""Quix Streams: data frames over Kafka topics, and the producers and consumers of an application."""

from flowmap.plugin_api import Each, Gives, Guard, Inside, Maker, Messages, Plugin, Ref, Role, arg, keyword

_APP, _TOPIC, _FRAME = "quixstreams.Application", "quixstreams.Topic", "quixstreams.dataframe.StreamingDataFrame"
_PRODUCER, _CONSUMER = "quixstreams.kafka.Producer", "quixstreams.kafka.Consumer"
_GROUP = Maker(keyword("consumer_group"))


def _named(topic: Ref) -> Ref:
    """The name of a topic of the application."""
    return Inside(topic, arg(0, "name"))


PLUGIN = Plugin(
    name="quixstreams",
    roots=("quixstreams",),
    transport="kafka",
    aliases={
        "quixstreams.app.Application": _APP,
        "quixstreams.kafka.producer.Producer": _PRODUCER,
        "quixstreams.kafka.consumer.Consumer": _CONSUMER,
    },
    types={
        f"{_APP}.topic()": _TOPIC,
        f"{_APP}.Quix()": _APP,
        f"{_APP}.dataframe()": _FRAME,
        f"{_FRAME}[]": _FRAME,
        f"{_FRAME}.*()": _FRAME,
        f"{_APP}.get_producer()": _PRODUCER,
        f"{_APP}.get_consumer()": _CONSUMER,
    },
    gives=(Gives(f"{_TOPIC}.name", arg(0, "name")),),
    patterns=(
        Messages(
            target=f"{_APP}.dataframe",
            role=Role.SUBSCRIBE,
            channel=_named(arg(0, "topic")),
            group=_GROUP,
            when=(Guard(arg(0, "topic")),),
        ),
        Messages(target=f"{_FRAME}.to_topic", role=Role.PUBLISH, channel=_named(arg(0, "topic"))),
        Messages(target=f"{_APP}.add_source", role=Role.PUBLISH, channel=_named(arg(1, "topic")), when=(Guard(arg(1, "topic")),)),
        Messages(target=f"{_PRODUCER}.produce", role=Role.PUBLISH, channel=arg(0, "topic"), payload=arg(1, "value")),
        Messages(target=f"{_CONSUMER}.subscribe", role=Role.SUBSCRIBE, channel=Each(arg(0, "topics")), group=Maker(_GROUP)),
    ),
)
