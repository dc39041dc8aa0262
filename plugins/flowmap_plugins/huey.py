"""Huey. A task's name is its channel; calling the task is what enqueues it, and so does the clock where it is periodic."""

from flowmap.plugin_api import AllArguments, FirstOf, FunctionPath, Keywords, Kind, Maker, Messages, Plugin, Role, arg, keyword

_NAME = FirstOf((keyword("name"), FunctionPath()))
_KINDS = (
    "BlackHoleHuey", "CySqliteHuey", "FileHuey", "MemoryHuey", "PostgresHuey", "PriorityRedisExpireHuey", "PriorityRedisHuey",
    "RedisExpireHuey", "RedisHuey", "SqliteHuey", "contrib.sql_huey.SqlHuey", "contrib.mini.MiniHuey",
)  # fmt: skip
_DJANGO = ("task", "periodic_task", "db_task", "db_periodic_task", "on_commit_task")
_DECORATORS = (
    *(f"huey.Huey.{m}" for m in ("task", "periodic_task", "context_task")),
    *(f"huey.contrib.djhuey.{m}" for m in _DJANGO),
)

_OPTIONS = ("eta", "delay", "id", "retries", "retry_delay", "retry_backoff", "priority", "expires", "timeout")
"""What calling a task takes for itself."""
_PERIODIC = tuple(d for d in _DECORATORS if d.endswith("periodic_task"))

PLUGIN = Plugin(
    name="huey",
    roots=("huey",),
    transport="huey",
    workers=("huey_consumer", "huey_consumer.py", "run_huey"),
    aliases={"huey.api.Huey": "huey.Huey", **{f"huey.{kind}": "huey.Huey" for kind in _KINDS}},
    types={f"{d}@": "huey.Task" for d in _DECORATORS},
    patterns=(
        *(Messages(target=d, form="decorator", role=Role.SUBSCRIBE, channel=_NAME, kind=Kind.TASK) for d in _DECORATORS),
        *(Messages(target=d, form="decorator", role=Role.PUBLISH, channel=_NAME, kind=Kind.TASK) for d in _PERIODIC),
        *(
            Messages(
                target=target,
                role=Role.PUBLISH,
                channel=Maker(_NAME),
                kind=Kind.TASK,
                positional=positional,
                keywords=keywords,
            )
            for target, positional, keywords in (
                ("huey.Task", AllArguments(), Keywords(_OPTIONS)),
                ("huey.Task.schedule", arg(0, "args"), arg(1, "kwargs")),
                ("huey.Task.map", None, None),
                ("huey.Task.s", None, None),
            )
        ),
    ),
)
