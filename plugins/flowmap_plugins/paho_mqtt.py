"""paho-mqtt: the client with its callbacks, and the helpers that publish and subscribe in one call. What arrives is handled by what
the client keeps as its callback, or by a callback of the topic; a subscription is often made when the connection is."""

from flowmap.plugin_api import (
    Current,
    Each,
    Entry,
    FirstOf,
    Guard,
    Held,
    Match,
    Messages,
    Plugin,
    Receiver,
    Ref,
    Role,
    arg,
)

_CLIENT = "paho.mqtt.client.Client"
_PUBLISH, _SUBSCRIBE = "paho.mqtt.publish", "paho.mqtt.subscribe"
_TOPIC = arg(0, "topic")
_FIRST, _INNER = Entry(_TOPIC, 0), Entry(Entry(_TOPIC, 0), 0)
_ON_MESSAGE = FirstOf((Held(Receiver(), "on_message"), Held(Receiver(), "message_callback")))
_CONNECTED = ("on_connect", "on_disconnect", "on_pre_connect", "on_connect_fail", "on_message", "on_publish", "on_subscribe")
_DECORATORS = ("connect_callback", "disconnect_callback", "message_callback", "subscribe_callback", "topic_callback")
_GIVEN = (*_CONNECTED, *_DECORATORS, "message_callback_add")


def _subscribes(channel: Ref, *when: Guard, each: Ref | None = None) -> Messages:
    return Messages(
        target=f"{_CLIENT}.subscribe",
        role=Role.SUBSCRIBE,
        channel=channel,
        each=each,
        handler=_ON_MESSAGE,
        around=False,
        when=when,
    )


PLUGIN = Plugin(
    name="paho-mqtt",
    roots=("paho.mqtt", "paho"),
    transport="mqtt",
    match=Match.MQTT,
    given={f"{_CLIENT}.{name}": (_CLIENT,) for name in _GIVEN},
    patterns=(
        Messages(target=f"{_CLIENT}.publish", role=Role.PUBLISH, channel=_TOPIC, payload=arg(1, "payload")),
        Messages(target=f"{_CLIENT}.will_set", role=Role.PUBLISH, channel=_TOPIC, payload=arg(1, "payload")),
        # a topic; a pair of a topic and a quality of service; a list of such pairs
        _subscribes(_TOPIC, Guard(_FIRST, matching=".", present=False), Guard(_INNER, matching=".", present=False)),
        _subscribes(_FIRST, Guard(_FIRST, matching=".")),
        _subscribes(Entry(Current(), 0), Guard(_INNER, matching="."), each=_TOPIC),
        Messages(
            target=f"{_CLIENT}.message_callback_add",
            role=Role.SUBSCRIBE,
            channel=arg(0, "sub"),
            handler=arg(1, "callback"),
            around=False,
        ),
        Messages(target=f"{_CLIENT}.topic_callback", form="decorator", role=Role.SUBSCRIBE, channel=arg(0, "sub")),
        Messages(target=f"{_PUBLISH}.single", role=Role.PUBLISH, channel=_TOPIC, payload=arg(1, "payload")),
        Messages(
            target=f"{_PUBLISH}.multiple",
            role=Role.PUBLISH,
            each=arg(0, "msgs"),
            channel=FirstOf((Entry(Current(), 0), Entry(Current(), "topic"))),
        ),
        Messages(
            target=f"{_SUBSCRIBE}.callback",
            role=Role.SUBSCRIBE,
            channel=Each(arg(1, "topics")),
            handler=arg(0, "callback"),
            around=False,
        ),
        Messages(target=f"{_SUBSCRIBE}.simple", role=Role.SUBSCRIBE, channel=Each(arg(0, "topics"))),
    ),
)
