"""eventiq: consumers of a service or of a group of them, by topic, whatever the broker. Where only the event's class names the
topic, the site is a blind spot."""

from flowmap.plugin_api import Match, Messages, Plugin, Role, Taken, TypeName, arg, keyword

_SERVICE, _GROUP = "eventiq.Service", "eventiq.ConsumerGroup"

PLUGIN = Plugin(
    name="eventiq",
    roots=("eventiq",),
    transport="eventiq",
    match=Match.NATS,
    aliases={"eventiq.service.Service": _SERVICE, "eventiq.consumer.ConsumerGroup": _GROUP},
    patterns=(
        *(
            Messages(
                target=f"{owner}.subscribe",
                form="decorator",
                role=Role.SUBSCRIBE,
                channel=keyword("topic"),
                event=TypeName(Taken()),
            )
            for owner in (_SERVICE, _GROUP)
        ),
        Messages(target=f"{_SERVICE}.send", role=Role.PUBLISH, channel=keyword("topic"), event=TypeName(arg(1, "type"))),
        Messages(target=f"{_SERVICE}.publish", role=Role.PUBLISH, channel=arg(1, "topic"), event=TypeName(arg(0, "message"))),
    ),
)
