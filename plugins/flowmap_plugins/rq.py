"""RQ, with django-rq and rq-scheduler. A job is a function, given itself or by its dotted path, which is its channel whatever queue
carries it; that it is enqueued somewhere is all that makes it one."""

from flowmap.plugin_api import (
    Context,
    FunctionPath,
    Inside,
    Kind,
    Messages,
    Plugin,
    Receiver,
    Ref,
    Role,
    Wiring,
    arg,
)

_QUEUE, _JOB, _SCHEDULER = "rq.Queue", "rq.decorators.job", "rq_scheduler.Scheduler"
_ENQUEUING = {
    f"{_QUEUE}.enqueue": (0, "f"),
    f"{_QUEUE}.enqueue_call": (0, "func"),
    f"{_QUEUE}.enqueue_at": (1, "f"),
    f"{_QUEUE}.enqueue_in": (1, "func"),
    f"{_QUEUE}.prepare_data": (0, "func"),
    "rq.job.Job.create": (0, "func"),
    "rq.cron.register": (0, "func"),
    "django_rq.enqueue": (0, "func"),
    f"{_SCHEDULER}.enqueue_at": (1, "func"),
    f"{_SCHEDULER}.enqueue_in": (1, "func"),
    f"{_SCHEDULER}.schedule": (1, "func"),
    f"{_SCHEDULER}.cron": (1, "func"),
}
"""What enqueues a function, and where it stands among the arguments."""


def jobs(context: Context) -> list[Wiring]:
    """The functions that are enqueued, at their own places."""
    found: dict[Wiring, None] = {}
    for name in dict.fromkeys(n.rpartition(".")[2] for n in _ENQUEUING):
        for callee, made in context.calls(name):
            for index, keyword in {_ENQUEUING[n] for n in callee.names() & _ENQUEUING.keys()}:
                for path, handler in made.argument(index, keyword).functions():
                    where = (handler.location.path, handler.location.line, handler.location.line)
                    found[Wiring(Role.SUBSCRIBE, "rq", where, channel=path, handler=handler, kind=Kind.TASK)] = None
    return list(found)


def _queue(given: Ref) -> Ref:
    """The name of a queue, which is an object or a text."""
    return Inside(given, arg(0, "name"))


PLUGIN = Plugin(
    name="rq",
    roots=("rq", "django_rq", "rq_scheduler"),
    transport="rq",
    workers=("rq worker", "rqworker", "rq worker-pool"),
    launchers={f"rq{home}.{kind}Worker.work": "rq worker" for home in ("", ".worker") for kind in ("", "Simple", "Spawn")},
    aliases={"rq.queue.Queue": _QUEUE, "rq_scheduler.scheduler.Scheduler": _SCHEDULER, "django_rq.decorators.job": "django_rq.job"},
    types={
        "django_rq.get_queue()": _QUEUE,
        "django_rq.queues.get_queue()": _QUEUE,
        "django_rq.get_scheduler()": _SCHEDULER,
        f"{_JOB}@": "rq.Delayed",
        "django_rq.job@": "rq.Delayed",
    },
    patterns=(
        *(
            Messages(target=target, role=Role.PUBLISH, channel=FunctionPath(arg(index, keyword)), kind=Kind.TASK)
            for target, (index, keyword) in _ENQUEUING.items()
        ),
        Messages(target="rq.Delayed.delay", role=Role.PUBLISH, channel=FunctionPath(Receiver()), kind=Kind.TASK),
        *(
            Messages(
                target=target,
                form="decorator",
                role=Role.SUBSCRIBE,
                channel=FunctionPath(),
                group=_queue(arg(0, "queue")),
                kind=Kind.TASK,
            )
            for target in (_JOB, "django_rq.job")
        ),
    ),
    recognise=jobs,
)
