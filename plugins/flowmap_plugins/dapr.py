"""Dapr: the SDK, the sidecar's HTTP interface, and subscriptions that an application states when its sidecar asks.

A topic counts without its pub/sub component. An invocation is a call of the application that it names.
"""

from flowmap.plugin_api import Addressed, Const, Context, FirstOf, Format, Messages, Plugin, RemoteCalls, Role, Wiring, arg, keyword

_CLIENT = "dapr.clients.DaprClient"
_OWN = ("state", "secrets", "configuration", "bindings", "actors", "workflows", "healthz", "metadata", "shutdown")
"""What a sidecar does itself; so it does all that is not yet, or was not yet, part of its first version."""


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
    aliases={"dapr.aio.clients.DaprClient": _CLIENT, "dapr.clients.grpc.client.DaprClient": _CLIENT},
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
    ),
    recognise=subscriptions,
)
