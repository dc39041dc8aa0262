"""broadcaster: channels over Redis, Kafka, Postgres or memory, whichever its address says."""

from flowmap.plugin_api import Messages, Plugin, Role, arg

_BROADCAST = "broadcaster.Broadcast"

PLUGIN = Plugin(
    name="broadcaster",
    roots=("broadcaster",),
    transport="broadcaster",
    patterns=(
        Messages(target=f"{_BROADCAST}.publish", role=Role.PUBLISH, channel=arg(0, "channel"), payload=arg(1, "message")),
        Messages(target=f"{_BROADCAST}.subscribe", role=Role.SUBSCRIBE, channel=arg(0, "channel")),
    ),
)
