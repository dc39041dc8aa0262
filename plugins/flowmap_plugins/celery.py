"""Celery, with django-celery-beat. A task's name is its channel, whatever queue carries it; `.get()` on the result makes the sender
wait."""

from flowmap.plugin_api import (
    AllArguments,
    Argument,
    Context,
    Entry,
    FirstOf,
    Found,
    FunctionPath,
    Guard,
    Handler,
    Held,
    Keywords,
    Kind,
    Maker,
    Messages,
    MethodName,
    Passes,
    Plugin,
    Receiver,
    Ref,
    Role,
    Wiring,
    arg,
    keyword,
)

_NAME = FirstOf((keyword("name"), FunctionPath()))
_DECORATORS = ("celery.Celery.task", "celery.shared_task", "celery.decorators.task", "celery.task.task", "celery.app.shared_task")
# How a task is sent, with what it is given: the arguments of the call, or those that it packs. Of a signature these are not all:
# the result of another task may come first.
_SENDS: tuple[tuple[str, Ref | None, Ref | None], ...] = (
    *((m, AllArguments(), Keywords()) for m in ("delay", "delay_on_commit")),
    *((m, arg(0, "args"), arg(1, "kwargs")) for m in ("apply_async", "apply_async_on_commit")),
    *((m, None, None) for m in ("s", "si", "signature", "subtask", "map", "starmap", "chunks")),
)
_SIGNATURES = {"s", "si", "signature", "subtask"}
"""What makes a task a part of a canvas (a chain, group or chord)."""
_MAKING = ("create", "get_or_create", "update_or_create")
_PLANNED = FirstOf((keyword("task"), Entry(keyword("defaults"), "task"), Entry(keyword("create_defaults"), "task")))
"""The task of a row of the schedule that django-celery-beat keeps in the database."""
SCHEDULES = ("beat_schedule", "CELERY_BEAT_SCHEDULE", "CELERYBEAT_SCHEDULE", "CELERY_BEAT_SCHEDULES")
SCHEDULERS = ("beat_scheduler", "CELERY_BEAT_SCHEDULER", "CELERYBEAT_SCHEDULER")
STORE = "django_celery_beat"
OF_FILES = "celery.beat"
"""The module of the schedulers that know no more tasks than the code names."""
IN_A_STORE = "the schedule of beat is kept in a database"


def schedules(context: Context) -> list[Wiring]:
    """Beat schedules publish the tasks they name, a scheduler with a database what nobody sees; task classes subscribe under their
    name."""
    found: dict[Wiring, None] = {}
    for scheduler in _of_stores(context):
        found[Wiring(Role.PUBLISH, "celery", scheduler.where, kind=Kind.TASK, unresolved=IN_A_STORE, timed=True)] = None
    for name in SCHEDULES:
        tables = (*context.assigned(name), *context.entries(name))
        for entry in (*(e for table in tables for _, e in table.items()), *context.put_into(name)):
            for task in entry.get("task").texts():
                found[Wiring(Role.PUBLISH, "celery", entry.where, channel=task, kind=Kind.TASK, timed=True)] = None
    registered = {h.key for _, task in context.calls("register_task") for h in [_run(task)] if h is not None}
    for cls in context.subclasses("celery.Task"):
        found.update(dict.fromkeys(_task_class(cls, registered)))
    return list(found)


def _of_stores(context: Context) -> list[Found]:
    """Where a scheduler with a database is chosen, or else, since commands choose it too, where that of Django is installed."""
    named = (s for name in SCHEDULERS for s in (*context.assigned(name), *context.entries(name)))
    chosen = [s for s in named if any(not text.startswith(OF_FILES) for text in s.texts())]
    return chosen or [apps for apps in context.assigned("INSTALLED_APPS") if any(STORE in a.texts() for a in apps.elements())]


def _run(cls: Found) -> Handler | None:
    return next((handler for name, handler in cls.methods() if name == "run"), None)


def _task_class(cls: Found, registered: set[str]) -> list[Wiring]:
    """A class by its name, or, where an application is given an object of it, by its module and class."""
    run = _run(cls)
    if run is None:
        return []
    names = cls.get("name").texts() or [path for path, _ in cls.functions() if run.key in registered]
    return [Wiring(Role.SUBSCRIBE, "celery", cls.where, channel=n, handler=run, kind=Kind.TASK) for n in names]


PLUGIN = Plugin(
    name="celery",
    roots=("celery", "django_celery_beat"),
    passive=("django_celery_beat",),
    transport="celery",
    workers=("celery worker",),
    clocks=("celery beat", "celery worker -B", "celery worker --beat"),
    launchers={
        "celery.Celery.start": "celery",
        "celery.Celery.worker_main": "celery worker",
        "celery.Celery.Worker": "celery worker",
        "celery.Celery.Beat": "celery beat",
        "celery.bin.celery.main": "celery",
        "celery.apps.worker.Worker": "celery worker",
        "celery.apps.beat.Beat": "celery beat",
    },
    aliases={
        "celery.app.base.Celery": "celery.Celery",
        "celery.app.Celery": "celery.Celery",
        "celery.app.task.Task": "celery.Task",
        "celery.current_app": "celery.Celery",
        "celery.shared_task": "celery.shared_task",
        "celery.canvas.signature": "celery.signature",
    },
    types={f"{d}@": "celery.Task" for d in _DECORATORS}
    | {"*.*Celery()": "celery.Celery"}
    | {
        "celery.Task.app": "celery.Celery",
    },
    passes=(Passes("celery.Celery.register_task", arg(0, "task")),),
    patterns=(
        *(
            Messages(target=d, form="decorator", role=Role.SUBSCRIBE, channel=_NAME, kind=Kind.TASK, group=keyword("queue"))
            for d in _DECORATORS
        ),
        *(
            Messages(
                target=f"celery.Task.{method}",
                role=Role.PUBLISH,
                channel=FirstOf((Maker(_NAME), Held(Receiver(), "name"))),
                kind=Kind.TASK,
                group=keyword("queue"),
                positional=positional,
                keywords=keywords,
                planned=method in _SIGNATURES,
            )
            for method, positional, keywords in _SENDS
        ),
        *(
            Messages(
                target=f"celery.Celery.tasks[].{method}",
                role=Role.PUBLISH,
                channel=MethodName(up=1),
                kind=Kind.TASK,
                group=keyword("queue"),
                positional=positional,
                keywords=keywords,
                planned=method in _SIGNATURES,
            )
            for method, positional, keywords in _SENDS
        ),
        Messages(
            target="celery.Celery.send_task",
            role=Role.PUBLISH,
            channel=Argument(0, "name"),
            positional=arg(1, "args"),
            keywords=arg(2, "kwargs"),
            kind=Kind.TASK,
            group=keyword("queue"),
            distinctive=True,
        ),
        *(
            Messages(
                target=f"django_celery_beat.models.PeriodicTask{made}",
                role=Role.PUBLISH,
                channel=_PLANNED,
                kind=Kind.TASK,
                group=FirstOf((keyword("queue"), Entry(keyword("defaults"), "queue"))),
                when=(Guard(_PLANNED),),
            )
            for made in ("", *(f".objects.{a}{method}" for a in ("", "a") for method in _MAKING))
        ),
        Messages(target="celery.signature", role=Role.PUBLISH, channel=arg(0, "varargs"), kind=Kind.TASK, planned=True),
        Messages(target="celery.Celery.signature", role=Role.PUBLISH, channel=arg(0, "name"), kind=Kind.TASK, planned=True),
    ),
    recognise=schedules,
)
