"""RQ, with django-rq and rq-scheduler. A job is a function, given itself or by its dotted path, which is its channel whatever queue
carries it; that it is enqueued somewhere is all that makes it one."""

from dataclasses import replace

from flowmap.plugin_api import (
    AllArguments,
    Context,
    FunctionPath,
    Guard,
    Inside,
    Keywords,
    Kind,
    Messages,
    Plugin,
    Receiver,
    Ref,
    Role,
    Wiring,
    arg,
    keyword,
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
_APART = {
    f"{_QUEUE}.enqueue_call": 1,
    f"{_QUEUE}.prepare_data": 1,
    "rq.job.Job.create": 1,
    "rq.cron.register": 2,
    f"{_SCHEDULER}.schedule": 2,
    f"{_SCHEDULER}.cron": 2,
}
"""Where what the function is given stands as a list and a mapping behind it, and from which argument on."""
_OPTIONS = (
    "args", "kwargs", "job_timeout", "description", "result_ttl", "ttl", "failure_ttl", "depends_on", "job_id", "at_front", "meta",
    "retry", "repeat", "on_success", "on_failure", "on_stopped", "rate_limit", "webhooks", "pipeline", "unique",
)  # fmt: skip
"""What an enqueuing call takes for itself."""
_SCHEDULED = (*_OPTIONS, "timeout", "job_ttl", "job_result_ttl", "job_description", "queue_name")
_DELAYED = ("depends_on", "job_id", "at_front")
_PACKED = (keyword("args"), keyword("kwargs"))


def jobs(context: Context) -> list[Wiring]:
    """The functions that are enqueued, at their own places."""
    found: dict[Wiring, None] = {}
    for name in dict.fromkeys(n.rpartition(".")[2] for n in _ENQUEUING):
        for callee, made in context.calls(name):
            for index, word in {_ENQUEUING[n] for n in callee.names() & _ENQUEUING.keys()}:
                for path, handler in made.argument(index, word).functions():
                    where = (handler.location.path, handler.location.line, handler.location.line)
                    found[Wiring(Role.SUBSCRIBE, "rq", where, channel=path, handler=handler, kind=Kind.TASK)] = None
    return list(found)


def _enqueuing(target: str, index: int, name: str) -> list[Messages]:
    """What a call enqueues: with the arguments that follow the function, or with a list and a mapping."""
    sent = Messages(target=target, role=Role.PUBLISH, channel=FunctionPath(arg(index, name)), kind=Kind.TASK)
    if (apart := _APART.get(target)) is not None:
        return [replace(sent, positional=arg(apart, "args"), keywords=arg(apart + 1, "kwargs"))]
    args, kwargs = _PACKED
    options = _SCHEDULED if target.startswith(_SCHEDULER) else _OPTIONS
    own = replace(sent, positional=AllArguments(index + 1), keywords=Keywords(options))
    return [
        replace(own, when=(Guard(args, present=False), Guard(kwargs, present=False))),
        replace(sent, positional=args, keywords=kwargs, when=(Guard(args),)),
        replace(sent, positional=args, keywords=kwargs, when=(Guard(args, present=False), Guard(kwargs))),
    ]


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
        *(pattern for target, (index, name) in _ENQUEUING.items() for pattern in _enqueuing(target, index, name)),
        Messages(
            target="rq.Delayed.delay",
            role=Role.PUBLISH,
            channel=FunctionPath(Receiver()),
            kind=Kind.TASK,
            positional=AllArguments(),
            keywords=Keywords(_DELAYED),
        ),
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
