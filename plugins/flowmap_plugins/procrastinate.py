"""Procrastinate. A task's name is its channel, whatever queue carries it; a job is deferred through the task, by its name or by
the clock.
"""

from flowmap.plugin_api import Decorated, FirstOf, FunctionPath, Inside, Keywords, Kind, Maker, Messages, Plugin, Role, arg, keyword

_APP, _TASK, _DEFERRER = "procrastinate.App", "procrastinate.Task", "procrastinate.JobDeferrer"
_NAME = FirstOf((keyword("name"), FunctionPath()))
_DEFERRING = ("defer", "defer_async", "batch_defer", "batch_defer_async")

PLUGIN = Plugin(
    name="procrastinate",
    roots=("procrastinate",),
    transport="procrastinate",
    workers=("procrastinate worker",),
    aliases={
        "procrastinate.Blueprint": _APP,
        "procrastinate.app.App": _APP,
        "procrastinate.blueprints.Blueprint": _APP,
        "procrastinate.contrib.django.app": _APP,
    },
    types={
        f"{_APP}.task@": _TASK,
        f"{_APP}.with_connector()": _APP,
        f"{_APP}.configure_task()": _DEFERRER,
        f"{_TASK}.configure()": _DEFERRER,
    },
    patterns=(
        Messages(
            target=f"{_APP}.task", form="decorator", role=Role.SUBSCRIBE, channel=_NAME, kind=Kind.TASK, group=keyword("queue")
        ),
        Messages(
            target=f"{_APP}.periodic", form="decorator", role=Role.PUBLISH, channel=Inside(Decorated(), _NAME), kind=Kind.TASK
        ),
        *(
            Messages(target=f"{_TASK}.{m}", role=Role.PUBLISH, channel=Maker(_NAME), kind=Kind.TASK, keywords=keywords)
            for m, keywords in (
                ("defer", Keywords()),
                ("defer_async", Keywords()),
                ("batch_defer", None),
                ("batch_defer_async", None),
            )
        ),
        *(
            Messages(
                target=f"{_DEFERRER}.{m}",
                role=Role.PUBLISH,
                channel=FirstOf((Maker(arg(0, "name"), only=("configure_task",)), Maker(_NAME, up=2))),
                kind=Kind.TASK,
            )
            for m in _DEFERRING
        ),
    ),
)
