"""streaQ. A task goes by the name of its function unless it says otherwise; who has no code of the worker queues it by name."""

from flowmap.plugin_api import AllArguments, FirstOf, FunctionName, Keywords, Kind, Maker, Messages, Plugin, Role, arg, keyword

_WORKER, _TASK = "streaq.Worker", "streaq.RegisteredTask"
_NAME = FirstOf((keyword("name"), FunctionName()))

PLUGIN = Plugin(
    name="streaq",
    roots=("streaq",),
    transport="streaq",
    workers=("streaq",),
    aliases={"streaq.worker.Worker": _WORKER},
    types={f"{_WORKER}.{made}@": _TASK for made in ("task", "cron")},
    patterns=(
        Messages(target=f"{_WORKER}.task", form="decorator", role=Role.SUBSCRIBE, channel=_NAME, kind=Kind.TASK),
        Messages(
            target=f"{_TASK}.enqueue",
            role=Role.PUBLISH,
            channel=Maker(_NAME),
            kind=Kind.TASK,
            positional=AllArguments(),
            keywords=Keywords(),
        ),
        Messages(target=f"{_WORKER}.enqueue_unsafe", role=Role.PUBLISH, channel=arg(0, "fn_name"), kind=Kind.TASK),
    ),
)
