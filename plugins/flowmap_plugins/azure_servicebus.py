"""azure-servicebus, sync and async. Queues and topics by their names; a subscription is the group of its reader. A queue has
one owner, so what is sent to it is a command."""

from flowmap.plugin_api import Kind, Maker, Messages, Plugin, Role, arg

_CLIENT = "azure.servicebus.ServiceBusClient"
_QUEUE, _TOPIC = arg(0, "queue_name"), arg(0, "topic_name")

PLUGIN = Plugin(
    name="azure-servicebus",
    roots=("azure.servicebus",),
    transport="servicebus",
    aliases={"azure.servicebus.aio.ServiceBusClient": _CLIENT},
    types={
        f"{_CLIENT}.from_connection_string()": _CLIENT,
        f"{_CLIENT}.get_queue_sender()": "azure.servicebus.QueueSender",
        f"{_CLIENT}.get_topic_sender()": "azure.servicebus.TopicSender",
    },
    patterns=(
        *(
            Messages(
                target=f"azure.servicebus.{sender}.{method}",
                role=Role.PUBLISH,
                channel=Maker(name),
                payload=arg(0),
                kind=kind,
            )
            for sender, name, kind in (("QueueSender", _QUEUE, Kind.COMMAND), ("TopicSender", _TOPIC, Kind.EVENT))
            for method in ("send_messages", "schedule_messages")
        ),
        Messages(target=f"{_CLIENT}.get_queue_receiver", role=Role.SUBSCRIBE, channel=_QUEUE, kind=Kind.COMMAND),
        Messages(
            target=f"{_CLIENT}.get_subscription_receiver",
            role=Role.SUBSCRIBE,
            channel=_TOPIC,
            group=arg(1, "subscription_name"),
        ),
    ),
)
