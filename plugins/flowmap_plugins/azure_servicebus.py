"""azure-servicebus, sync and async. Queues and topics by their names; a subscription is the group of its reader. A queue has
one owner, so what is sent to it is a command."""

from flowmap.plugin_api import FirstOf, Guard, Kind, Maker, Messages, Plugin, Receiver, Role, arg

_CLIENT, _SENDER = "azure.servicebus.ServiceBusClient", "azure.servicebus.ServiceBusSender"
_QUEUE, _TOPIC = arg(0, "queue_name"), arg(0, "topic_name")
_OF_QUEUE = Maker(_QUEUE, only=("get_queue_sender",))

PLUGIN = Plugin(
    name="azure-servicebus",
    roots=("azure.servicebus",),
    transport="servicebus",
    aliases={"azure.servicebus.aio.ServiceBusClient": _CLIENT, "azure.servicebus.aio.ServiceBusSender": _SENDER},
    types={
        f"{_CLIENT}.from_connection_string()": _CLIENT,
        f"{_CLIENT}.get_queue_sender()": _SENDER,
        f"{_CLIENT}.get_topic_sender()": _SENDER,
    },
    patterns=(
        *(
            pattern
            for method in ("send_messages", "schedule_messages")
            for pattern in (
                Messages(
                    target=f"{_SENDER}.{method}",
                    role=Role.PUBLISH,
                    channel=_OF_QUEUE,
                    payload=arg(0),
                    kind=Kind.COMMAND,
                    when=(Guard(_OF_QUEUE),),
                ),
                Messages(
                    target=f"{_SENDER}.{method}",
                    role=Role.PUBLISH,
                    channel=FirstOf((Maker(_TOPIC, only=("get_topic_sender",)), Receiver())),
                    payload=arg(0),
                    when=(Guard(_OF_QUEUE, present=False),),
                ),
            )
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
