"""Django's tasks (`django.tasks`, and the package that brought them before), and django-crontask, which sends them by the clock. A
task goes by the path of its function; which backend carries it is a setting."""

from flowmap.plugin_api import AllArguments, FirstOf, FunctionPath, Keywords, Kind, Maker, Messages, Plugin, Ref, Role, keyword

_TASK, _OTHER = "django.tasks.Task", "django.tasks.OtherTask"
_PATH = FunctionPath()
_CHANGED = FirstOf(tuple(Maker(_PATH, up=up) for up in (2, 3, 4)))
"""Asked of the decorator of a task, from what it was made into."""


def _queued(owner: str, method: str, path: Ref) -> Messages:
    return Messages(
        target=f"{owner}.{method}",
        role=Role.PUBLISH,
        channel=path,
        kind=Kind.TASK,
        positional=AllArguments(),
        keywords=Keywords(),
    )


PLUGIN = Plugin(
    name="django-tasks",
    roots=("django.tasks", "django_tasks", "crontask"),
    passive=("django_tasks",),
    transport="django-tasks",
    workers=("db_worker", "rqworker"),
    clocks=("crontask",),
    aliases={"django_tasks.task": "django.tasks.task", "django.tasks.base.task": "django.tasks.task"},
    types={"django.tasks.task@": _TASK, f"{_TASK}.using()": _OTHER, f"{_OTHER}.using()": _OTHER},
    patterns=(
        Messages(
            target="django.tasks.task",
            form="decorator",
            role=Role.SUBSCRIBE,
            channel=_PATH,
            kind=Kind.TASK,
            group=keyword("queue_name"),
        ),
        *(
            Messages(target=f"crontask.{d}", form="decorator", role=Role.PUBLISH, channel=_PATH, kind=Kind.TASK, timed=True)
            for d in ("cron", "interval")
        ),
        *(
            _queued(owner, method, path)
            for owner, path in ((_TASK, Maker(_PATH)), (_OTHER, _CHANGED))
            for method in ("enqueue", "aenqueue")
        ),
    ),
)
