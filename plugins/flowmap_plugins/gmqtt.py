"""gmqtt, and fastapi-mqtt, which is made of it. What arrives is handled by what the client keeps as its callback, or by the
function that a subscription stands on."""

from flowmap.plugin_api import AllArguments, Each, FirstOf, Held, Inside, Match, Messages, Plugin, Receiver, Role, arg

_CLIENT, _APP = "gmqtt.Client", "fastapi_mqtt.FastMQTT"
_HOOKS = ("on_connect", "on_disconnect", "on_message", "on_subscribe")
_GIVEN, _TOPICS = arg(0, "message_or_topic"), Each(arg(0, "subscription_or_topic"))
_TOPIC = FirstOf((Inside(_GIVEN, arg(0, "topic")), _GIVEN))

PLUGIN = Plugin(
    name="gmqtt",
    roots=("gmqtt", "fastapi_mqtt"),
    transport="mqtt",
    match=Match.MQTT,
    aliases={
        "gmqtt.client.Client": _CLIENT,
        "fastapi_mqtt.MQTTClient": _CLIENT,
        "gmqtt.client.Message": "gmqtt.Message",
        "fastapi_mqtt.fastmqtt.FastMQTT": _APP,
    },
    types={f"{_APP}.client": _CLIENT},
    given={f"{owner}.{name}": (_CLIENT,) for owner in (_CLIENT, _APP) for name in _HOOKS},
    patterns=(
        *(
            Messages(target=f"{owner}.publish", role=Role.PUBLISH, channel=_TOPIC, payload=arg(1, "payload"))
            for owner in (_CLIENT, _APP)
        ),
        Messages(
            target=f"{_CLIENT}.subscribe",
            role=Role.SUBSCRIBE,
            channel=FirstOf((Inside(_TOPICS, arg(0, "topic")), _TOPICS)),
            handler=Held(Receiver(), "on_message"),
            around=False,
        ),
        Messages(target=f"{_APP}.subscribe", form="decorator", role=Role.SUBSCRIBE, channel=AllArguments()),
    ),
)
