"""azure-functions, the decorators of the second programming model: triggers subscribe, output bindings publish what the function
puts into them or returns, routes serve. The first model declares the same in files.

`%NAME%` in a name is a setting of the app. Which topic an Event Grid trigger is subscribed to is decided where it is deployed.
"""

from flowmap.plugin_api import (
    Argument,
    Configured,
    FirstOf,
    Format,
    FunctionName,
    Guard,
    Host,
    Kind,
    Messages,
    Plugin,
    Receiver,
    Ref,
    Role,
    Serves,
    arg,
    keyword,
)

_APP = "azure.functions.FunctionApp"
_OTHERS = ("azure.functions.Blueprint", "azure.durable_functions.DFApp", "azure.durable_functions.Blueprint")
_TRIGGERS: tuple[tuple[str, str, Argument | Receiver, str, Kind], ...] = (
    ("service_bus_queue_trigger", "servicebus", arg(2, "queue_name"), "", Kind.COMMAND),
    ("service_bus_topic_trigger", "servicebus", arg(2, "topic_name"), "subscription_name", Kind.EVENT),
    ("event_hub_message_trigger", "eventhub", arg(2, "event_hub_name"), "consumer_group", Kind.EVENT),
    ("event_grid_trigger", "eventgrid", Receiver(), "", Kind.EVENT),
    ("queue_trigger", "storagequeue", arg(1, "queue_name"), "", Kind.COMMAND),
    ("kafka_trigger", "kafka", arg(1, "topic"), "consumer_group", Kind.EVENT),
    ("dapr_topic_trigger", "dapr", arg(2, "topic"), "", Kind.EVENT),
)
_OUTPUTS: tuple[tuple[str, str, Argument, Kind], ...] = (
    ("service_bus_queue_output", "servicebus", arg(2, "queue_name"), Kind.COMMAND),
    ("service_bus_topic_output", "servicebus", arg(2, "topic_name"), Kind.EVENT),
    ("event_hub_output", "eventhub", arg(2, "event_hub_name"), Kind.EVENT),
    ("queue_output", "storagequeue", arg(1, "queue_name"), Kind.COMMAND),
    ("kafka_output", "kafka", arg(1, "topic"), Kind.EVENT),
    ("dapr_publish_output", "dapr", arg(2, "topic"), Kind.EVENT),
)


def _named(place: Ref) -> Configured:
    return Configured(place, "%")


_GRID = FirstOf((Configured(arg(1, "topic_endpoint_uri")), Configured(Format("{}__topicEndpointUri", (keyword("connection"),)))))

PLUGIN = Plugin(
    name="azure-functions",
    roots=("azure.functions", "azure.durable_functions"),
    aliases=dict.fromkeys(_OTHERS, _APP),
    patterns=(
        *(
            Messages(
                target=f"{_APP}.{name}",
                form="decorator",
                role=Role.SUBSCRIBE,
                transport=transport,
                channel=_named(channel),
                group=_named(keyword(group)) if group else None,
                kind=kind,
            )
            for name, transport, channel, group, kind in _TRIGGERS
        ),
        *(
            Messages(
                target=f"{_APP}.{name}",
                form="decorator",
                role=Role.PUBLISH,
                transport=transport,
                channel=_named(channel),
                kind=kind,
            )
            for name, transport, channel, kind in _OUTPUTS
        ),
        Messages(
            target=f"{_APP}.event_grid_output", form="decorator", role=Role.PUBLISH, transport="eventgrid", channel=Host(_GRID)
        ),
        *(
            Messages(
                target=f"{_APP}.{name}",
                form="decorator",
                role=role,
                transport="amqp",
                channel=_named(keyword("queueName")),
                kind=Kind.COMMAND,
                when=(Guard(keyword("type"), matching=f"(?i)^rabbitmq{ending}$"),),
            )
            for name, role, ending in (
                ("generic_trigger", Role.SUBSCRIBE, "trigger"),
                ("generic_output_binding", Role.PUBLISH, ""),
            )
        ),
        Serves(
            target=f"{_APP}.route",
            path=Format("/api/{}", (FirstOf((arg(0, "route"), FunctionName())),)),
            methods=keyword("methods"),
        ),
    ),
)
