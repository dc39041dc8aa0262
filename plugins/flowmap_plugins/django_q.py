"""Django Q. A task is a function, given itself or by its dotted path, which is its channel; that it is queued somewhere is all that
makes it one. A hook is a function that is called with what became of it."""

from collections.abc import Iterator
from itertools import islice

from flowmap.plugin_api import (
    Context,
    Current,
    Entry,
    Found,
    FunctionPath,
    Guard,
    Kind,
    Messages,
    Plugin,
    Role,
    Wiring,
    arg,
    keyword,
)

_SCHEDULES = tuple(f"django_q.models.Schedule.objects.{n}" for n in ("create", "get_or_create", "update_or_create"))
_CHAIN = ("django_q.tasks.Chain.append", "django_q.tasks.async_chain")
_QUEUING = tuple(f"django_q.tasks.{n}" for n in ("async_task", "schedule", "async_iter", "AsyncTask"))
_ALL = frozenset((*_QUEUING, *_SCHEDULES, *_CHAIN))
_FUNCTION = arg(0, "func")


def tasks(context: Context) -> list[Wiring]:
    """The functions that are queued, at their own places."""
    found: dict[Wiring, None] = {}
    for name in dict.fromkeys(n.rpartition(".")[2] for n in _ALL):
        for callee, made in context.calls(name):
            if callee.names() & _ALL:
                for given in _given(made):
                    for path, handler in given.functions():
                        where = (handler.location.path, handler.location.line, handler.location.line)
                        found[Wiring(Role.SUBSCRIBE, "django-q", where, channel=path, handler=handler, kind=Kind.TASK)] = None
    return list(found)


def _given(made: Found) -> Iterator[Found]:
    """The functions of one call: its first argument and its hook; of a chain, the first of each pair."""
    yield made.argument(0, "func")
    yield made.argument(None, "hook")
    for link in made.argument(0, "chain").elements():
        yield from islice(link.elements(), 1)


PLUGIN = Plugin(
    name="django-q",
    roots=("django_q",),
    passive=("django_q",),
    transport="django-q",
    workers=("qcluster",),
    aliases={"django_q.async_task": "django_q.tasks.async_task", "django_q.schedule": "django_q.tasks.schedule"},
    patterns=(
        *(
            Messages(target=t, role=Role.PUBLISH, channel=FunctionPath(_FUNCTION), kind=Kind.TASK)
            for t in (*_QUEUING, *_SCHEDULES, _CHAIN[0])
        ),
        Messages(
            target=_CHAIN[1],
            role=Role.PUBLISH,
            each=arg(0, "chain"),
            channel=FunctionPath(Entry(Current(), 0)),
            kind=Kind.TASK,
            planned=True,
        ),
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
