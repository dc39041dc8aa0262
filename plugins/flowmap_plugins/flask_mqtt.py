"""Flask-MQTT: subscriptions of the application, handled by the function of their topic or by the one for all messages."""

from flowmap.plugin_api import Held, Match, Messages, Plugin, Receiver, Role, arg

_APP = "flask_mqtt.Mqtt"

PLUGIN = Plugin(
    name="flask-mqtt",
    roots=("flask_mqtt",),
    transport="mqtt",
    match=Match.MQTT,
    given={f"{_APP}.{name}": ("paho.mqtt.client.Client",) for name in ("on_connect", "on_message", "on_topic")},
    patterns=(
        Messages(target=f"{_APP}.publish", role=Role.PUBLISH, channel=arg(0, "topic"), payload=arg(1, "payload")),
        Messages(
            target=f"{_APP}.subscribe",
            role=Role.SUBSCRIBE,
            channel=arg(0, "topic"),
            handler=Held(Receiver(), "on_message"),
            around=False,
        ),
        Messages(target=f"{_APP}.on_topic", form="decorator", role=Role.SUBSCRIBE, channel=arg(0, "topic")),
    ),
)
