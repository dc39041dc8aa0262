"""arq. A job is enqueued by the name of its coroutine; a worker's settings list the functions that it runs."""

from flowmap.plugin_api import AllArguments, Context, Found, Keywords, Kind, Messages, Plugin, Role, Wiring, arg

_POOL = "arq.connections.ArqRedis"
_OPTIONS = ("_job_id", "_queue_name", "_defer_until", "_defer_by", "_expires", "_job_try")
"""What enqueuing takes for itself."""


def workers(context: Context) -> list[Wiring]:
    """The functions of every `functions = [...]` of a settings class and of every `Worker(functions=[...])`."""
    found: dict[Wiring, None] = {}
    for table in (*context.assigned("functions"), *context.entries("functions")):
        for job in table.elements():
            found.update(dict.fromkeys(_job(job)))
    return list(found)


def _job(job: Found) -> list[Wiring]:
    """A function given itself, or in `func(function, name="...")`, or by its dotted path."""
    named = [*job.argument(None, "name").texts(), *(t.rpartition(".")[2] for t in job.texts())]
    handlers = [*job.handlers(), *job.argument(0, "coroutine").handlers()]
    if not handlers:
        return [Wiring(Role.SUBSCRIBE, "arq", job.where, channel=name, kind=Kind.TASK) for name in named]
    return [
        Wiring(Role.SUBSCRIBE, "arq", job.where, channel=name, handler=handler, kind=Kind.TASK)
        for handler in handlers
        for name in named or [handler.name]
    ]


PLUGIN = Plugin(
    name="arq",
    roots=("arq",),
    transport="arq",
    workers=("arq",),
    aliases={"arq.ArqRedis": _POOL},
    types={"arq.create_pool()": _POOL, "arq.connections.create_pool()": _POOL},
    patterns=(
        Messages(
            target=f"{_POOL}.enqueue_job",
            role=Role.PUBLISH,
            channel=arg(0, "function"),
            kind=Kind.TASK,
            distinctive=True,
            positional=AllArguments(1),
            keywords=Keywords(_OPTIONS),
        ),
    ),
    recognise=workers,
)
