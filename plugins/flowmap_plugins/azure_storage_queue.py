"""azure-storage-queue, sync and async: a queue of a storage account, by its name or by the end of its URL."""

from flowmap.plugin_api import FirstOf, Kind, Maker, Messages, Plugin, Role, Tail, arg, keyword

_CLIENT, _SERVICE = "azure.storage.queue.QueueClient", "azure.storage.queue.QueueServiceClient"
_QUEUE = FirstOf(
    (
        Maker(keyword("queue_name")),
        Maker(arg(1), only=("QueueClient", "from_connection_string")),
        Maker(Tail(arg(0, "queue_url"), "/"), only=("from_queue_url",)),
        Maker(arg(0, "queue"), only=("get_queue_client",)),
        Maker(arg(0, "name"), only=("create_queue",)),
    )
)

PLUGIN = Plugin(
    name="azure-storage-queue",
    roots=("azure.storage.queue",),
    transport="storagequeue",
    aliases={"azure.storage.queue.aio.QueueClient": _CLIENT, "azure.storage.queue.aio.QueueServiceClient": _SERVICE},
    types={
        f"{_CLIENT}.from_connection_string()": _CLIENT,
        f"{_CLIENT}.from_queue_url()": _CLIENT,
        f"{_SERVICE}.from_connection_string()": _SERVICE,
        f"{_SERVICE}.get_queue_client()": _CLIENT,
        f"{_SERVICE}.create_queue()": _CLIENT,
    },
    patterns=(
        Messages(target=f"{_CLIENT}.send_message", role=Role.PUBLISH, channel=_QUEUE, payload=arg(0), kind=Kind.COMMAND),
        *(
            Messages(target=f"{_CLIENT}.{method}", role=Role.SUBSCRIBE, channel=_QUEUE, kind=Kind.COMMAND)
            for method in ("receive_messages", "receive_message")
        ),
    ),
)
