"""Home Assistant: its event bus and its dispatcher, which reach the components of one process. States and services are left out."""

from flowmap.plugin_api import Messages, Plugin, Role, arg

_BUS, _DISPATCHER = "homeassistant.core.EventBus", "homeassistant.helpers.dispatcher"

PLUGIN = Plugin(
    name="home-assistant",
    roots=("homeassistant",),
    transport="signal",
    types={"homeassistant.core.HomeAssistant.bus": _BUS},
    patterns=(
        *(
            Messages(target=f"{_BUS}.{m}", role=Role.PUBLISH, channel=arg(0, "event_type"), local=True)
            for m in ("async_fire", "fire")
        ),
        *(
            Messages(
                target=f"{_BUS}.{m}",
                role=Role.SUBSCRIBE,
                channel=arg(0, "event_type"),
                handler=arg(1, "listener"),
                local=True,
            )
            for m in ("async_listen", "async_listen_once", "listen", "listen_once")
        ),
        *(
            Messages(target=f"{_DISPATCHER}.{m}", role=Role.PUBLISH, channel=arg(1, "signal"), local=True)
            for m in ("async_dispatcher_send", "dispatcher_send")
        ),
        *(
            Messages(
                target=f"{_DISPATCHER}.{m}",
                role=Role.SUBSCRIBE,
                channel=arg(1, "signal"),
                handler=arg(2, "target"),
                local=True,
            )
            for m in ("async_dispatcher_connect", "dispatcher_connect")
        ),
    ),
)
