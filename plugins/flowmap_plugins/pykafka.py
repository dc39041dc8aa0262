"""pykafka: a topic is an entry of the client's topics, and makes its producers and consumers."""

from flowmap.plugin_api import Maker, Messages, MethodName, Plugin, Role, arg, keyword

_TOPIC = "pykafka.Topic"
_PRODUCERS = ("get_producer", "get_sync_producer")
_CONSUMERS = ("get_simple_consumer", "get_balanced_consumer")
_NAME = MethodName(up=1)

PLUGIN = Plugin(
    name="pykafka",
    roots=("pykafka",),
    transport="kafka",
    aliases={"pykafka.client.KafkaClient": "pykafka.KafkaClient", "pykafka.topic.Topic": _TOPIC},
    types={
        "pykafka.KafkaClient.topics[]": _TOPIC,
        **{f"{_TOPIC}.{name}()": "pykafka.Producer" for name in _PRODUCERS},
        **{f"{_TOPIC}.{name}()": "pykafka.Consumer" for name in _CONSUMERS},
    },
    patterns=(
        Messages(target="pykafka.Producer.produce", role=Role.PUBLISH, channel=Maker(_NAME), payload=arg(0, "message")),
        Messages(target=f"{_TOPIC}.get_simple_consumer", role=Role.SUBSCRIBE, channel=_NAME, group=arg(0, "consumer_group")),
        Messages(target=f"{_TOPIC}.get_balanced_consumer", role=Role.SUBSCRIBE, channel=_NAME, group=keyword("consumer_group")),
    ),
)
