"""Django Q. A task is a function, given itself or by its dotted path, which is its channel; that it is queued somewhere is all that
makes it one. A hook is a function that is called with what became of it."""

from flowmap.plugin_api import Context, FunctionPath, Guard, Kind, Messages, Plugin, Role, Wiring, arg, keyword

_QUEUING = tuple(f"django_q.tasks.{n}" for n in ("async_task", "schedule", "async_iter", "AsyncTask"))
_FUNCTION = arg(0, "func")


def tasks(context: Context) -> list[Wiring]:
    """The functions that are queued, at their own places."""
    found: dict[Wiring, None] = {}
    for name in (n.rpartition(".")[2] for n in _QUEUING):
        for callee, made in context.calls(name):
            if callee.names() & set(_QUEUING):
                for given in (made.argument(0, "func"), made.argument(None, "hook")):
                    for path, handler in given.functions():
                        where = (handler.location.path, handler.location.line, handler.location.line)
                        found[Wiring(Role.SUBSCRIBE, "django-q", where, channel=path, handler=handler, kind=Kind.TASK)] = None
    return list(found)


PLUGIN = Plugin(
    name="django-q",
    roots=("django_q",),
    transport="django-q",
    workers=("qcluster",),
    aliases={"django_q.async_task": "django_q.tasks.async_task", "django_q.schedule": "django_q.tasks.schedule"},
    patterns=(
        *(Messages(target=t, role=Role.PUBLISH, channel=FunctionPath(_FUNCTION), kind=Kind.TASK) for t in _QUEUING),
        *(
            Messages(
                target=t,
                role=Role.PUBLISH,
                channel=FunctionPath(keyword("hook")),
                kind=Kind.TASK,
                when=(Guard(keyword("hook")),),
            )
            for t in _QUEUING
        ),
    ),
    recognise=tasks,
)
