"""fastapi-events: events that a request dispatches to handlers of its own process, once it is answered. Handlers name patterns."""

from flowmap.plugin_api import Const, FirstOf, Held, Match, Messages, Plugin, Role, arg, keyword

PLUGIN = Plugin(
    name="fastapi-events",
    roots=("fastapi_events",),
    transport="signal",
    aliases={
        "fastapi_events.dispatch": "fastapi_events.dispatcher.dispatch",
        "fastapi_events.handlers.local.LocalHandler": "fastapi_events.handlers.local.local_handler",
    },
    patterns=(
        Messages(
            target="fastapi_events.dispatcher.dispatch",
            role=Role.PUBLISH,
            channel=FirstOf((keyword("event_name"), Held(arg(0), "__event_name__"), arg(0, "event_name_or_model"))),
            payload=arg(1, "payload"),
            local=True,
        ),
        Messages(
            target="fastapi_events.handlers.local.local_handler.register",
            form="decorator",
            role=Role.SUBSCRIBE,
            channel=FirstOf((keyword("event_name"), Const("*"))),
            match=Match.GLOB,
            local=True,
        ),
    ),
)
