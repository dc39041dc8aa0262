"""Temporal: workflows and activities, which workers serve and clients and workflows call, by name over the service's task queues.

Who executes an activity or workflow waits for its result, however long that takes: that is coordination. Who only starts one does
not wait. Signals, queries and updates of running workflows are not recognised.
"""

from flowmap.plugin_api import (
    Current,
    FirstOf,
    FunctionName,
    Inside,
    Kind,
    Owner,
    Pattern,
    Plugin,
    Ref,
    RemoteCalls,
    Serves,
    arg,
    keyword,
)

_NAME = FirstOf((keyword("name"), FunctionName()))
_CLIENT, _WORKFLOW = "temporalio.client.Client", "temporalio.workflow"
_WORKFLOWS = (
    (f"{_CLIENT}.execute_workflow", True),
    (f"{_CLIENT}.start_workflow", False),
    ("temporalio.client.ScheduleActionStartWorkflow", False),
    (f"{_WORKFLOW}.execute_child_workflow", True),
    (f"{_WORKFLOW}.start_child_workflow", False),
)
_ACTIVITIES = (
    *((f"{_WORKFLOW}.execute_activity{kind}", True) for kind in ("", "_method", "_class")),
    *((f"{_WORKFLOW}.execute_local_activity{kind}", True) for kind in ("", "_method", "_class")),
    *((f"{_WORKFLOW}.start_activity{kind}", False) for kind in ("", "_method", "_class")),
    (f"{_CLIENT}.execute_activity", True),
    (f"{_CLIENT}.start_activity", False),
)


def _called(target: str, name: Ref, waits: bool) -> Pattern:
    planned = target.startswith(_WORKFLOW)
    return RemoteCalls(target=target, operation=Inside(name, _NAME), kind=Kind.COMMAND, waits=waits, planned=planned)


def _served(what: str) -> Pattern:
    name = Inside(Current(), _NAME)
    return Serves(
        target="temporalio.worker.Worker", form="call", each=keyword(what), operation=name, handler=Current(), transport="rpc"
    )


PLUGIN = Plugin(
    name="temporalio",
    roots=("temporalio",),
    transport="rpc",
    types={
        f"{_CLIENT}.connect()": _CLIENT,
        "temporalio.activity.defn@": "temporalio.Activity",
        "temporalio.workflow.defn@": "temporalio.Workflow",
    },
    patterns=(
        *(_called(target, Owner(arg(0, "workflow")), waits) for target, waits in _WORKFLOWS),
        *(_called(target, arg(0, "activity"), waits) for target, waits in _ACTIVITIES),
        _served("workflows"),
        _served("activities"),
    ),
)
