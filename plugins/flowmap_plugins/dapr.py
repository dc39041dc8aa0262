"""Dapr: the SDK, the sidecar's HTTP interface, and subscriptions that an application states when its sidecar asks.

A topic counts without its pub/sub component. An invocation is a call of the application that it names. What a binding carries, and
where to, is decided by its component: bindings are left out, and so are jobs.

A workflow and its activities go by their names, and stay inside the application whose sidecar carries them, unless another
application is named: that one is called, and a workflow waits for it.
"""

from typing import Any

from flowmap.plugin_api import (
    Addressed,
    Const,
    Context,
    FirstOf,
    Format,
    FunctionName,
    FunctionPath,
    Guard,
    Inside,
    Kind,
    Messages,
    Pattern,
    Plugin,
    Ref,
    RemoteCalls,
    Role,
    Tail,
    Wiring,
    arg,
    keyword,
)

_CLIENT = "dapr.clients.DaprClient"
_OWN = ("state", "secrets", "configuration", "bindings", "actors", "workflows", "healthz", "metadata", "shutdown")
"""What a sidecar does itself; so it does all that is not yet, or was not yet, part of its first version."""


_RUNTIME, _WORKFLOW, _FLOWS = "dapr.ext.workflow.WorkflowRuntime", "dapr.ext.workflow.DaprWorkflowContext", "workflow"
_STARTER, _WORK = "dapr.ext.workflow.DaprWorkflowClient", "activity"
_OTHER = keyword("app_id")
_NAME = FirstOf((keyword("name"), FunctionName()))


def _within(target: str, role: Role, channel: Ref, space: str, **rest: Any) -> Messages:
    return Messages(target=target, role=role, channel=channel, space=space, local=True, **rest)


def _started(target: str, given: str, space: str, planned: bool) -> tuple[Pattern, ...]:
    """A workflow or an activity of this application, or of the other one that is named."""
    name = Inside(arg(0, given), _NAME)
    here = Guard(_OTHER, present=False)
    there = Guard(_OTHER)
    return (
        _within(target, Role.PUBLISH, name, space, kind=Kind.COMMAND, planned=planned, when=(here,)),
        RemoteCalls(
            target=target, service=_OTHER, operation=name, kind=Kind.COMMAND, waits=planned, planned=planned, when=(there,)
        ),
    )


def subscriptions(context: Context) -> list[Wiring]:
    """What `GET /dapr/subscribe` answers: `{"pubsubname": ..., "topic": ..., "route": ...}`."""
    found: dict[Wiring, None] = {}
    for stated in context.displays("pubsubname", "topic"):
        routes = [*stated.get("route").texts(), *stated.get("routes").get("default").texts()]
        for topic in stated.get("topic").texts():
            found[Wiring(Role.SUBSCRIBE, "dapr", stated.where, channel=topic, route=next(iter(routes), ""))] = None
    return list(found)


PLUGIN = Plugin(
    name="dapr",
    roots=(),
    transport="dapr",
    aliases={
        "dapr.aio.clients.DaprClient": _CLIENT,
        "dapr.clients.grpc.client.DaprClient": _CLIENT,
        "dapr.ext.workflow.aio.DaprWorkflowClient": _STARTER,
    },
    types={f"{_RUNTIME}.{made}@": "dapr.ext.workflow.Function" for made in (_FLOWS, "versioned_workflow", _WORK)},
    given={f"{_RUNTIME}.{made}": (_WORKFLOW,) for made in (_FLOWS, "versioned_workflow", "register_workflow")},
    addressed=(
        Addressed("/v1.0/publish/{component}/{channel}", transport="dapr"),
        Addressed("/v1.0/invoke/{service}/method"),
        Addressed(header="dapr-app-id"),
        *(Addressed(f"/v1.0/{own}") for own in _OWN),
        *(Addressed(f"/v1.0-{stage}") for stage in ("alpha1", "alpha2", "beta1")),
    ),
    patterns=(
        *(
            Messages(target=f"{_CLIENT}.{m}", role=Role.PUBLISH, channel=arg(1, "topic_name"), payload=arg(2, "data"))
            for m in ("publish_event", "publish_events")
        ),
        Messages(target=f"{_CLIENT}.subscribe", role=Role.SUBSCRIBE, channel=arg(1, "topic")),
        Messages(
            target=f"{_CLIENT}.subscribe_with_handler", role=Role.SUBSCRIBE, channel=arg(1, "topic"), handler=arg(2, "handler_fn")
        ),
        *(
            Messages(target=f"dapr.ext.{server}.subscribe", form="decorator", role=Role.SUBSCRIBE, channel=arg(1, "topic"))
            for server in ("fastapi.DaprApp", "flask.DaprApp", "grpc.App")
        ),
        RemoteCalls(
            target=f"{_CLIENT}.invoke_method",
            service=arg(0, "app_id"),
            operation=Format("{} /{}", (FirstOf((keyword("http_verb"), Const("POST"))), arg(1, "method_name"))),
            transport="http",
        ),
        *(
            _within(f"{_RUNTIME}.{made}", Role.SUBSCRIBE, _NAME, space, form="decorator", kind=Kind.COMMAND)
            for made, space in ((_FLOWS, _FLOWS), ("versioned_workflow", _FLOWS), (_WORK, _WORK))
        ),
        *(
            _within(
                f"{_RUNTIME}.register_{made}",
                Role.SUBSCRIBE,
                FirstOf((keyword("name"), Tail(FunctionPath(arg(0, "fn")), "."))),
                space,
                handler=arg(0, "fn"),
                kind=Kind.COMMAND,
            )
            for made, space in ((_FLOWS, _FLOWS), ("versioned_workflow", _FLOWS), (_WORK, _WORK))
        ),
        *_started(f"{_WORKFLOW}.call_activity", "activity", _WORK, planned=True),
        *_started(f"{_WORKFLOW}.call_child_workflow", "workflow", _FLOWS, planned=True),
        *_started(f"{_STARTER}.schedule_new_workflow", "workflow", _FLOWS, planned=False),
        _within(f"{_STARTER}.raise_workflow_event", Role.PUBLISH, arg(1, "event_name"), "event"),
        _within(f"{_WORKFLOW}.wait_for_external_event", Role.SUBSCRIBE, arg(0, "name"), "event", around=False),
    ),
    recognise=subscriptions,
)
