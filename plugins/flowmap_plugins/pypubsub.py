"""PyPubSub: topics inside a process. Who listens to a topic hears what is sent to those below it too."""

from flowmap.plugin_api import Format, Match, Messages, Plugin, Role, arg

PLUGIN = Plugin(
    name="pypubsub",
    roots=("pubsub",),
    transport="signal",
    aliases={"pubsub.core.Publisher": "pubsub.pub", "pubsub.core.publisher.Publisher": "pubsub.pub"},
    patterns=(
        Messages(target="pubsub.pub.sendMessage", role=Role.PUBLISH, channel=arg(0, "topicName"), local=True),
        Messages(
            target="pubsub.pub.subscribe",
            role=Role.SUBSCRIBE,
            channel=Format("{}.#", (arg(1, "topicName"),)),
            handler=arg(0, "listener"),
            match=Match.AMQP,
            local=True,
        ),
    ),
)
