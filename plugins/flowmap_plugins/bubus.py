"""bubus: an event bus inside a process, by the class or the name of the event. Who listens to `*` listens to everything."""

from flowmap.plugin_api import FirstOf, Match, Messages, Plugin, Role, TypeName, arg

_EVENT = FirstOf((TypeName(arg(0)), arg(0)))

PLUGIN = Plugin(
    name="bubus",
    roots=("bubus",),
    transport="signal",
    aliases={"bubus.service.EventBus": "bubus.EventBus"},
    patterns=(
        Messages(target="bubus.EventBus.dispatch", role=Role.PUBLISH, channel=_EVENT, local=True),
        Messages(
            target="bubus.EventBus.on",
            role=Role.SUBSCRIBE,
            channel=_EVENT,
            handler=arg(1, "handler"),
            match=Match.GLOB,
            local=True,
        ),
    ),
)
