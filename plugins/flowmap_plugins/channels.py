"""Django Channels: messages to groups of consumers, and to channels that workers listen to by name.

A message's type names the method of the consumer that handles it. The channel of one connection (`self.channel_name`) has no name.
"""

from flowmap.plugin_api import Entry, Guard, Keys, Messages, Plugin, Role, arg

_LAYER = "channels.layers.BaseChannelLayer"
_MESSAGE = arg(1, "message")
_CONSUMERS = (
    "consumer.AsyncConsumer",
    "consumer.SyncConsumer",
    *(
        f"generic.{kind}"
        for kind in (
            "websocket.WebsocketConsumer",
            "websocket.JsonWebsocketConsumer",
            "websocket.AsyncWebsocketConsumer",
            "websocket.AsyncJsonWebsocketConsumer",
            "http.AsyncHttpConsumer",
        )
    ),
)

PLUGIN = Plugin(
    name="channels",
    roots=("channels",),
    transport="channels",
    types={
        "channels.layers.get_channel_layer()": _LAYER,
        "channels.layers.channel_layers[]": _LAYER,
        **{f"channels.{c}.channel_layer": _LAYER for c in _CONSUMERS},
    },
    patterns=(
        Messages(
            target=f"{_LAYER}.group_send",
            role=Role.PUBLISH,
            channel=arg(0, "group"),
            event=Entry(_MESSAGE, "type"),
            payload=_MESSAGE,
        ),
        Messages(
            target=f"{_LAYER}.send",
            role=Role.PUBLISH,
            channel=arg(0, "channel"),
            event=Entry(_MESSAGE, "type"),
            payload=_MESSAGE,
            when=(Guard(arg(0, "channel"), matching=r"."),),
        ),
        Messages(target=f"{_LAYER}.group_add", role=Role.SUBSCRIBE, channel=arg(0, "group")),
        Messages(target="channels.routing.ChannelNameRouter", role=Role.SUBSCRIBE, channel=Keys(arg(0, "application_mapping"))),
    ),
)
