"""Home Assistant: its event bus, its dispatcher and its services, which reach the components of one process, and its MQTT client.
States are left out."""

from flowmap.plugin_api import Format, Kind, Match, Messages, Plugin, Role, arg

_SERVICES, _MQTT = "homeassistant.core.ServiceRegistry", "homeassistant.components.mqtt"
_SERVICE = Format("{}.{}", (arg(0, "domain"), arg(1, "service")))
_BUS, _DISPATCHER = "homeassistant.core.EventBus", "homeassistant.helpers.dispatcher"

PLUGIN = Plugin(
    name="home-assistant",
    roots=("homeassistant",),
    passive=("homeassistant",),
    transport="signal",
    aliases={f"{_MQTT}.client.{m}": f"{_MQTT}.{m}" for m in ("async_publish", "async_subscribe")},
    types={"homeassistant.core.HomeAssistant.bus": _BUS, "homeassistant.core.HomeAssistant.services": _SERVICES},
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
        *(
            Messages(target=f"{_SERVICES}.{m}", role=Role.PUBLISH, channel=_SERVICE, kind=Kind.COMMAND, space="service", local=True)
            for m in ("async_call", "call")
        ),
        *(
            Messages(
                target=f"{_SERVICES}.{m}",
                role=Role.SUBSCRIBE,
                channel=_SERVICE,
                handler=arg(2, "service_func"),
                kind=Kind.COMMAND,
                space="service",
                local=True,
            )
            for m in ("async_register", "register")
        ),
        Messages(
            target=f"{_MQTT}.async_publish",
            role=Role.PUBLISH,
            transport="mqtt",
            match=Match.MQTT,
            channel=arg(1, "topic"),
            payload=arg(2, "payload"),
        ),
        Messages(
            target=f"{_MQTT}.async_subscribe",
            role=Role.SUBSCRIBE,
            transport="mqtt",
            match=Match.MQTT,
            channel=arg(1, "topic"),
            handler=arg(2, "msg_callback"),
        ),
    ),
)
