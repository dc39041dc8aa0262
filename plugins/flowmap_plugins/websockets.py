"""websockets and websocket-client: connections that are opened to a URL."""

from flowmap.plugin_api import Plugin, Requests, arg

_CONNECTING = (
    "websockets.connect",
    "websockets.client.connect",
    "websockets.legacy.client.connect",
    "websockets.asyncio.client.connect",
    "websockets.sync.client.connect",
)

PLUGIN = Plugin(
    name="websockets",
    roots=("websockets", "websocket"),
    transport="http",
    patterns=(
        *(Requests(target=target, url=arg(0, "uri"), method="GET") for target in _CONNECTING),
        *(Requests(target=f"websocket.{made}", url=arg(0, "url"), method="GET") for made in ("create_connection", "WebSocketApp")),
    ),
)
