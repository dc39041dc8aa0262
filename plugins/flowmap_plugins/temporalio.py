"""Temporal: workflows and activities, which workers serve and clients and workflows call, by name over the service's task queues.

Who executes an activity or workflow waits for its result, however long that takes: that is coordination, and so is starting one and
asking its handle for the result. Who only starts one does not wait. Running workflows are asked by queries and updates, and told by
signals; a worker that runs a workflow serves those that its class declares.
"""

from collections.abc import Iterator

from flowmap.plugin_api import (
    Called,
    Context,
    Current,
    FirstOf,
    Found,
    FunctionName,
    Guard,
    Inside,
    Kind,
    MethodName,
    Owner,
    Pattern,
    Plugin,
    Ref,
    RemoteCalls,
    Result,
    Role,
    Serves,
    Wiring,
    arg,
    keyword,
)

_NAME = FirstOf((keyword("name"), FunctionName()))
_CLIENT, _WORKFLOW = "temporalio.client.Client", "temporalio.workflow"
_WORKFLOWS = (
    (f"{_CLIENT}.execute_workflow", True),
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


_HANDLES = ("temporalio.client.WorkflowHandle", f"{_WORKFLOW}.ChildWorkflowHandle", f"{_WORKFLOW}.ExternalWorkflowHandle")
_ASKED = (
    (f"{_HANDLES[0]}.query", "query", Kind.QUERY, True),
    (f"{_HANDLES[0]}.execute_update", "update", Kind.COMMAND, True),
    (f"{_HANDLES[0]}.start_update", "update", Kind.COMMAND, True),
    (f"{_CLIENT}.execute_update_with_start_workflow", "update", Kind.COMMAND, True),
    (f"{_CLIENT}.start_update_with_start_workflow", "update", Kind.COMMAND, True),
    *((f"{handle}.signal", "signal", Kind.COMMAND, False) for handle in _HANDLES),
)
_MESSAGES = ("query", "update", "signal")
_AWAITED = Called(Result(), ("result",), MethodName(), needed=False)


def _called(target: str, name: Ref, waits: bool) -> Pattern:
    planned = target.startswith(_WORKFLOW)
    return RemoteCalls(target=target, operation=Inside(name, _NAME), kind=Kind.COMMAND, waits=waits, planned=planned)


def _started(name: Ref) -> tuple[Pattern, ...]:
    """A workflow that is started by a client; with its result, if the handle is asked for that."""
    made = ((waits, Guard(_AWAITED, present=waits)) for waits in (True, False))
    return tuple(
        RemoteCalls(
            target=f"{_CLIENT}.start_workflow", operation=Inside(name, _NAME), kind=Kind.COMMAND, waits=waits, when=(awaited,)
        )
        for waits, awaited in made
    )


def messages(context: Context) -> list[Wiring]:
    """The queries, updates and signals of the workflows that workers of the service run."""
    declared = [(kind, found) for kind in _MESSAGES for found in context.decorated(f"{_WORKFLOW}.{kind}")]
    return [
        Wiring(
            Role.SERVE,
            "rpc",
            decorator.where,
            operation=next(iter(decorator.argument(None, "name").texts()), handler.name.rpartition(".")[2]),
            handler=handler,
        )
        for run in _run(context)
        for _, (decorator, handler, owner) in declared
        if run.same(owner)
    ]


def _run(context: Context) -> Iterator[Found]:
    """The classes of workflows that the service gives to a worker."""
    for callee, call in context.calls("Worker"):
        if "temporalio.worker.Worker" in callee.names():
            yield from call.argument(None, "workflows").elements()


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
        **{f"{_CLIENT}.{made}()": _HANDLES[0] for made in ("start_workflow", "get_workflow_handle", "get_workflow_handle_for")},
        f"{_WORKFLOW}.start_child_workflow()": _HANDLES[1],
        **{f"{_WORKFLOW}.get_external_workflow_handle{kind}()": _HANDLES[2] for kind in ("", "_for")},
        "temporalio.activity.defn@": "temporalio.Activity",
        "temporalio.workflow.defn@": "temporalio.Workflow",
        **{f"{_WORKFLOW}.{kind}@": "temporalio.Message" for kind in _MESSAGES},
    },
    patterns=(
        *_started(Owner(arg(0, "workflow"))),
        *(
            RemoteCalls(target=target, operation=Inside(arg(0, name), _NAME), kind=kind, waits=waits)
            for target, name, kind, waits in _ASKED
        ),
        *(_called(target, Owner(arg(0, "workflow")), waits) for target, waits in _WORKFLOWS),
        *(_called(target, arg(0, "activity"), waits) for target, waits in _ACTIVITIES),
        _served("workflows"),
        _served("activities"),
    ),
    recognise=messages,
)
