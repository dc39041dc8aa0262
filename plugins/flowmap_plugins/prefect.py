"""Prefect: deployments of flows, which others run by name, and custom events.

Who runs a deployment waits for it unless the timeout is 0. A deployment is called after its flow, and that after its function
unless it says otherwise. Events that Prefect sends by itself, flows called within a flow, and deployments that `prefect.yaml`
declares are left out.
"""

from flowmap.plugin_api import (
    Context,
    Each,
    Found,
    Guard,
    Handler,
    Kind,
    Match,
    Messages,
    Plugin,
    RemoteCalls,
    Role,
    Wiring,
    arg,
    keyword,
)

_FLOW = "prefect.Flow"
_DEPLOYING = ("serve", "deploy", "adeploy", "to_deployment", "ato_deployment")
_RUNNING, _MODULES = ("run_deployment", "arun_deployment"), ("flow_runs", "deployments")
_EXPECTED = Each(keyword("expect"))


def deployments(context: Context) -> list[Wiring]:
    """What each deployment in code answers to."""
    flows = {handler: _flow_name(decorator, handler) for decorator, handler, _ in context.decorated("prefect.flow")}
    return [
        Wiring(Role.SERVE, "rpc", made.where, operation=f"{flow}/{deployment}", handler=handler)
        for method in _DEPLOYING
        for _, made in context.calls(method)
        for handler, flow in _deployed(made.receiver(), flows)
        for deployment in made.argument(0, "name").texts() or [flow]
    ]


def _deployed(receiver: Found, flows: dict[Handler, str]) -> list[tuple[Handler, str]]:
    """The flows that are deployed: functions of the code, or the one in a file that the flow is taken from."""
    known = {handler.key for handler in receiver.handlers()}
    sources = [entry.rpartition(":") for entry in receiver.argument(None, "entrypoint").texts()]
    return [
        (handler, name)
        for handler, name in flows.items()
        if handler.key in known
        or any(f"/{handler.location.path}".endswith(f"/{file}") and handler.name == function for file, _, function in sources)
    ]


def _flow_name(decorator: Found, handler: Handler) -> str:
    given = decorator.argument(None, "name").texts()
    return given[0] if len(given) == 1 else handler.name.rpartition(".")[2].replace("_", "-")


PLUGIN = Plugin(
    name="prefect",
    roots=("prefect",),
    passive=("prefect",),
    transport="prefect",
    aliases={
        "prefect.flows.flow": "prefect.flow",
        **{f"prefect.deployments.{module}.{name}": f"prefect.deployments.{name}" for module in _MODULES for name in _RUNNING},
        "prefect.events.utilities.emit_event": "prefect.events.emit_event",
        "prefect.events.schemas.automations.EventTrigger": "prefect.events.EventTrigger",
        "prefect.events.schemas.deployment_triggers.DeploymentEventTrigger": "prefect.events.DeploymentEventTrigger",
    },
    types={"prefect.flow@": _FLOW},
    patterns=(
        *(
            RemoteCalls(
                target=f"prefect.deployments.{name}",
                operation=arg(0, "name"),
                kind=Kind.COMMAND,
                waits=waits,
                planned=True,
                when=(Guard(keyword("timeout"), matching=r"^0(\.0*)?$", present=not waits),),
            )
            for name in _RUNNING
            for waits in (True, False)
        ),
        Messages(
            target="prefect.events.emit_event",
            role=Role.PUBLISH,
            channel=arg(0, "event"),
            payload=keyword("payload"),
            when=(Guard(arg(0, "event"), matching=r"^prefect\.", present=False),),
        ),
        *(
            Messages(
                target=f"prefect.events.{trigger}",
                role=Role.SUBSCRIBE,
                channel=_EXPECTED,
                match=Match.GLOB,
                when=(Guard(_EXPECTED), Guard(_EXPECTED, matching=r"^prefect\.", present=False)),
            )
            for trigger in ("EventTrigger", "DeploymentEventTrigger")
        ),
    ),
    recognise=deployments,
)
