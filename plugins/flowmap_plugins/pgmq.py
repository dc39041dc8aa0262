"""pgmq: queues in Postgres, by the client of Tembo and those that are like it. What is sent as SQL is in the plugin of Postgres."""

from flowmap.plugin_api import Kind, Messages, Plugin, Role, arg

_QUEUE = "pgmq.PGMQueue"
_SENDS = ("send", "send_batch")
_READS = ("read", "read_batch", "read_with_poll", "pop")
_NAMES = (
    "pgmq.AsyncPGMQueue",
    "pgmq.queue.PGMQueue",
    "pgmq.async_queue.PGMQueue",
    "tembo_pgmq_python.PGMQueue",
    "tembo_pgmq_python.queue.PGMQueue",
    "tembo_pgmq_python.async_queue.PGMQueue",
    "pgmq_sqlalchemy.PGMQueue",
)

PLUGIN = Plugin(
    name="pgmq",
    roots=("pgmq", "tembo_pgmq_python", "pgmq_sqlalchemy"),
    transport="pgmq",
    aliases=dict.fromkeys(_NAMES, _QUEUE),
    patterns=(
        *(
            Messages(
                target=f"{_QUEUE}.{name}", role=Role.PUBLISH, channel=arg(0, "queue"), payload=arg(1, "message"), kind=Kind.COMMAND
            )
            for name in _SENDS
        ),
        *(Messages(target=f"{_QUEUE}.{name}", role=Role.SUBSCRIBE, channel=arg(0, "queue"), kind=Kind.COMMAND) for name in _READS),
    ),
)
