"""azure-eventhub, sync and async: producers and consumers of an event hub, which is named where the client is made, or in a
connection string, which is not looked into."""

from flowmap.plugin_api import FirstOf, Maker, Messages, Plugin, Receiver, Role, arg, keyword

_PRODUCER, _CONSUMER = "azure.eventhub.EventHubProducerClient", "azure.eventhub.EventHubConsumerClient"
_NAMED = Maker(keyword("eventhub_name"))

PLUGIN = Plugin(
    name="azure-eventhub",
    roots=("azure.eventhub",),
    transport="eventhub",
    aliases={"azure.eventhub.aio.EventHubProducerClient": _PRODUCER, "azure.eventhub.aio.EventHubConsumerClient": _CONSUMER},
    types={f"{c}.from_connection_string()": c for c in (_PRODUCER, _CONSUMER)},
    patterns=(
        *(
            Messages(
                target=f"{_PRODUCER}.{method}",
                role=Role.PUBLISH,
                channel=FirstOf((_NAMED, Maker(arg(1), only=("EventHubProducerClient",)), Receiver())),
                payload=arg(0),
            )
            for method in ("send_batch", "send_event")
        ),
        *(
            Messages(
                target=f"{_CONSUMER}.{method}",
                role=Role.SUBSCRIBE,
                channel=FirstOf((_NAMED, Maker(arg(1), only=("EventHubConsumerClient",)), Receiver())),
                group=FirstOf(
                    (
                        Maker(keyword("consumer_group")),
                        Maker(arg(2), only=("EventHubConsumerClient",)),
                        Maker(arg(1), only=("from_connection_string",)),
                    )
                ),
                handler=arg(0, handler),
            )
            for method, handler in (("receive", "on_event"), ("receive_batch", "on_event_batch"))
        ),
    ),
)
