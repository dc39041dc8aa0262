"""pyzeebe: tasks that workers do for processes of Zeebe, and clients who start processes or tell them something.

Which process has which task done is said in BPMN, which is not read: a task type is an operation that a worker answers, a process
one that Zeebe itself does, and what hears a message or signal is open.
"""

from flowmap.plugin_api import Const, Kind, Messages, Plugin, RemoteCalls, Role, Serves, arg

_CLIENT, _ROUTER = "pyzeebe.ZeebeClient", "pyzeebe.ZeebeTaskRouter"

PLUGIN = Plugin(
    name="pyzeebe",
    roots=("pyzeebe",),
    transport="zeebe",
    aliases={
        "pyzeebe.SyncZeebeClient": _CLIENT,
        "pyzeebe.client.client.ZeebeClient": _CLIENT,
        "pyzeebe.client.sync_client.SyncZeebeClient": _CLIENT,
        "pyzeebe.ZeebeWorker": _ROUTER,
        "pyzeebe.worker.worker.ZeebeWorker": _ROUTER,
        "pyzeebe.worker.task_router.ZeebeTaskRouter": _ROUTER,
    },
    patterns=(
        Serves(target=f"{_ROUTER}.task", operation=arg(0, "task_type"), transport="rpc"),
        *(
            RemoteCalls(
                target=f"{_CLIENT}.{method}",
                service=Const("zeebe"),
                operation=arg(0, "bpmn_process_id"),
                kind=Kind.COMMAND,
                waits=waits,
            )
            for method, waits in (("run_process", False), ("run_process_with_result", True))
        ),
        *(
            Messages(target=f"{_CLIENT}.{method}", role=Role.PUBLISH, channel=arg(0, name), payload=payload, public=True)
            for method, name, payload in (
                ("publish_message", "name", arg(2, "variables")),
                ("broadcast_signal", "signal_name", arg(1, "variables")),
            )
        ),
    ),
)
