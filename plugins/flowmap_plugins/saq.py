"""SAQ, and its plugin for Litestar. A job is queued by the name of its function; a worker, or the settings that it is started with,
lists those that it runs."""

from flowmap.plugin_api import Context, FirstOf, Inside, Kind, Messages, Plugin, Role, Wiring, arg, keyword

_QUEUE = "saq.Queue"
_LITESTAR = {"litestar_saq.QueueConfig", "litestar_saq.config.QueueConfig"}
_JOB = arg(0, "job_or_func")


def workers(context: Context) -> list[Wiring]:
    """The functions of every `functions=[...]` of a worker or of its settings, and of every `tasks=[...]` of a queue of Litestar:
    given themselves, or each with its name."""
    found: dict[Wiring, None] = {}
    queues = (made.argument(None, "tasks") for callee, made in context.calls("QueueConfig") if _LITESTAR & callee.names())
    for job in (j for table in (*context.entries("functions"), *queues) for j in table.elements()):
        pair = list(job.elements())
        names = pair[0].texts() if len(pair) == 2 else []  # a name and its function
        for handler in (pair[1] if names else job).handlers():
            for name in names or [handler.name]:
                found[Wiring(Role.SUBSCRIBE, "saq", job.where, channel=name, handler=handler, kind=Kind.TASK)] = None
    return list(found)


PLUGIN = Plugin(
    name="saq",
    roots=("saq", "litestar_saq"),
    transport="saq",
    workers=("saq",),
    aliases={
        **dict.fromkeys((f"saq.queue.{n}" for n in ("Queue", "RedisQueue", "PostgresQueue", "HttpQueue")), _QUEUE),
        **{f"saq.queue.{n.lower()}.{n}Queue": _QUEUE for n in ("Redis", "Postgres", "Http")},
        "saq.queue.base.Queue": _QUEUE,
        "litestar_saq.config.TaskQueues": "litestar_saq.TaskQueues",
    },
    types={f"{_QUEUE}.from_url()": _QUEUE, "litestar_saq.TaskQueues.get()": _QUEUE},
    patterns=tuple(
        Messages(
            target=f"{_QUEUE}.{method}",
            role=Role.PUBLISH,
            channel=FirstOf((Inside(_JOB, keyword("function")), _JOB)),
            kind=Kind.TASK,
        )
        for method in ("enqueue", "apply", "map")
    ),
    recognise=workers,
)
