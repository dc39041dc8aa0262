"""aiomqtt, once asyncio-mqtt: a client whose messages are gone through where it subscribes."""

from flowmap.plugin_api import Current, Entry, Guard, Inside, Match, Messages, Plugin, Ref, Role, arg, keyword

_CLIENT = "aiomqtt.Client"
_TOPIC = arg(0, "topic")
_FIRST, _INNER = Entry(_TOPIC, 0), Entry(Entry(_TOPIC, 0), 0)


def _subscribes(channel: Ref, *when: Guard, each: Ref | None = None) -> Messages:
    return Messages(target=f"{_CLIENT}.subscribe", role=Role.SUBSCRIBE, channel=channel, each=each, when=when)


PLUGIN = Plugin(
    name="aiomqtt",
    roots=("aiomqtt", "asyncio_mqtt"),
    transport="mqtt",
    match=Match.MQTT,
    aliases={"asyncio_mqtt.Client": _CLIENT, "asyncio_mqtt.client.Client": _CLIENT, "aiomqtt.client.Client": _CLIENT},
    patterns=(
        Messages(target=f"{_CLIENT}.publish", role=Role.PUBLISH, channel=_TOPIC, payload=arg(1, "payload")),
        Messages(target=_CLIENT, role=Role.PUBLISH, channel=Inside(keyword("will"), _TOPIC), when=(Guard(keyword("will")),)),
        # a topic; a pair of a topic and a quality of service; a list of such pairs
        _subscribes(_TOPIC, Guard(_FIRST, matching=".", present=False), Guard(_INNER, matching=".", present=False)),
        _subscribes(_FIRST, Guard(_FIRST, matching=".")),
        _subscribes(Entry(Current(), 0), Guard(_INNER, matching="."), each=_TOPIC),
        Messages(target=f"{_CLIENT}.filtered_messages", role=Role.SUBSCRIBE, channel=arg(0, "topic_filter")),
    ),
)
