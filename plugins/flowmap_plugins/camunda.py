"""Camunda 7: external tasks, which workers fetch by their topics and do for processes, and what clients tell the engine.

Which process has which task done is said in BPMN, which is not read: a topic is an operation that a worker answers, a process one
that the engine does, and what hears a message is open.
"""

from flowmap.plugin_api import Const, Each, Kind, Messages, Plugin, RemoteCalls, Role, Serves, arg

_WORKER, _ENGINE = "camunda.external_task.external_task_worker.ExternalTaskWorker", "camunda.client.engine_client.EngineClient"

PLUGIN = Plugin(
    name="camunda",
    roots=("camunda",),
    transport="camunda",
    aliases={"camunda.external_task.async_external_task_worker.AsyncExternalTaskWorker": _WORKER},
    patterns=(
        *(
            Serves(
                target=f"{_WORKER}.{method}",
                form="call",
                operation=Each(arg(0, "topic_names")),
                handler=arg(1, "action"),
                transport="rpc",
            )
            for method in ("subscribe", "fetch_and_execute")
        ),
        RemoteCalls(
            target=f"{_ENGINE}.start_process",
            service=Const("camunda"),
            operation=arg(0, "process_key"),
            kind=Kind.COMMAND,
            waits=False,
        ),
        Messages(target=f"{_ENGINE}.correlate_message", role=Role.PUBLISH, channel=arg(0, "message_name"), public=True),
    ),
)
