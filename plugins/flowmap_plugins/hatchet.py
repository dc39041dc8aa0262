"""Hatchet: tasks and workflows, which go by their names, and the events that set them off.

Who runs a task or workflow waits for it, unless it says otherwise. The tasks of a workflow are its steps: no name of theirs counts
outside.
"""

from flowmap.plugin_api import (
    Each,
    FirstOf,
    FunctionName,
    Guard,
    Kind,
    Maker,
    Messages,
    Pattern,
    Plugin,
    RemoteCalls,
    Role,
    Serves,
    arg,
    keyword,
)

_APP, _TASK, _WORKFLOW = "hatchet_sdk.Hatchet", "hatchet_sdk.Standalone", "hatchet_sdk.Workflow"
_NAME = FirstOf((keyword("name"), FunctionName()))
_EVENTS = Each(keyword("on_events"))
_RUNNING = (
    *((name, True) for name in ("run", "aio_run", "run_many", "aio_run_many")),
    *((name, False) for name in ("run_no_wait", "aio_run_no_wait", "schedule", "aio_schedule")),
)


def _task(method: str) -> tuple[Pattern, ...]:
    """A function that is run by its name, and by the events that it lists."""
    target = f"{_APP}.{method}"
    return (
        Serves(target=target, operation=_NAME, transport="rpc"),
        Messages(target=target, form="decorator", role=Role.SUBSCRIBE, channel=_EVENTS, when=(Guard(_EVENTS),)),
    )


PLUGIN = Plugin(
    name="hatchet",
    roots=("hatchet_sdk",),
    transport="hatchet",
    aliases={"hatchet_sdk.hatchet.Hatchet": _APP},
    types={
        f"{_APP}.workflow()": _WORKFLOW,
        f"{_APP}.event": "hatchet_sdk.EventClient",
        **{f"{_APP}.{made}@": _TASK for made in ("task", "durable_task")},
    },
    patterns=(
        *_task("task"),
        *_task("durable_task"),
        Serves(target=f"{_APP}.workflow", form="call", operation=keyword("name"), transport="rpc"),
        Messages(target=f"{_APP}.workflow", role=Role.SUBSCRIBE, channel=_EVENTS, when=(Guard(_EVENTS),), around=False),
        *(
            RemoteCalls(target=f"{owner}.{method}", operation=Maker(name), kind=Kind.COMMAND, waits=waits)
            for owner, name in ((_TASK, _NAME), (_WORKFLOW, keyword("name")))
            for method, waits in _RUNNING
        ),
        *(
            Messages(target=f"hatchet_sdk.EventClient.{method}", role=Role.PUBLISH, channel=arg(0, "event_key"))
            for method in ("push", "aio_push")
        ),
    ),
)
