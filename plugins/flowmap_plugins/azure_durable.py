"""Durable Functions of Azure: orchestrations, which clients start, and the activities, orchestrations and events they wait for.

All of it stays inside the function app, whose task hub carries it: an orchestration goes by its name, an activity by its own, and
what they do follows from who started them. Entities, timers and requests that the engine makes itself (`call_http`) are left out.
The names of functions of the first programming model stand in their `function.json`.
"""

from typing import Any

from flowmap.plugin_api import FunctionName, Inside, Kind, Messages, Plugin, Ref, Role, arg

_APP = "azure.functions.FunctionApp"
_CONTEXT = "azure.durable_functions.DurableOrchestrationContext"
_CLIENT = "azure.durable_functions.DurableOrchestrationClient"
_NAME = FunctionName()
_CALLED = ("call_activity", "call_activity_with_retry", "call_sub_orchestrator", "call_sub_orchestrator_with_retry")


def _within(target: str, role: Role, channel: Ref, **rest: Any) -> Messages:
    return Messages(target=target, role=role, channel=channel, local=True, **rest)


PLUGIN = Plugin(
    name="azure-durable",
    roots=("azure.durable_functions",),
    transport="durable",
    aliases={
        "azure.durable_functions.models.DurableOrchestrationContext": _CONTEXT,
        "azure.durable_functions.models.DurableOrchestrationClient": _CLIENT,
    },
    given={
        f"{_APP}.orchestration_trigger": (_CONTEXT,),
        "azure.durable_functions.Orchestrator.create": (_CONTEXT,),
    },
    types={f"{_APP}.{trigger}_trigger@": "azure.durable_functions.Function" for trigger in ("orchestration", "activity")},
    patterns=(
        *(
            _within(f"{_APP}.{trigger}_trigger", Role.SUBSCRIBE, _NAME, form="decorator", kind=Kind.COMMAND)
            for trigger in ("orchestration", "activity")
        ),
        *(
            _within(f"{_CONTEXT}.{name}", Role.PUBLISH, Inside(arg(0, "name"), _NAME), kind=Kind.COMMAND, planned=True)
            for name in _CALLED
        ),
        _within(f"{_CLIENT}.start_new", Role.PUBLISH, arg(0, "orchestration_function_name"), kind=Kind.COMMAND, distinctive=True),
        _within(f"{_CLIENT}.raise_event", Role.PUBLISH, arg(1, "event_name"), space="event", distinctive=True),
        _within(f"{_CONTEXT}.wait_for_external_event", Role.SUBSCRIBE, arg(0, "name"), space="event", around=False),
    ),
)
