"""nameko: class attributes are the dependencies; events go to the exchange `<service>.events`, RPC proxies name a service."""

from flowmap.plugin_api import (
    ClassAttribute,
    Format,
    FunctionName,
    Limit,
    Maker,
    Match,
    Messages,
    MethodName,
    Number,
    Plugin,
    RemoteCalls,
    Role,
    Serves,
    arg,
)

_PROXIES = (
    "nameko.rpc.RpcProxy",
    "nameko.rpc.ServiceRpc",
    "nameko.standalone.rpc.ServiceRpcProxy",
    "nameko.standalone.rpc.ServiceRpcClient",
)
_ENDLESS = Limit()
_CLUSTERS = (
    "nameko.standalone.rpc.ClusterRpcProxy",
    "nameko.rpc.ClusterRpc",
    "nameko.standalone.rpc.ClusterRpcClient",
    "flask_nameko.FlaskPooledClusterRpcProxy",
)

PLUGIN = Plugin(
    name="nameko",
    roots=("nameko", "flask_nameko"),
    transport="amqp",
    match=Match.AMQP,
    types={"nameko.standalone.events.event_dispatcher()": "nameko.standalone.events.Dispatcher"},
    patterns=(
        Messages(
            target="nameko.events.EventDispatcher.__call__",
            role=Role.PUBLISH,
            exchange=Format("{}.events", (ClassAttribute("name"),)),
            channel=arg(0, "event_type"),
            payload=arg(1, "event_data"),
        ),
        Messages(
            target="nameko.standalone.events.Dispatcher.__call__",
            role=Role.PUBLISH,
            exchange=Format("{}.events", (arg(0),)),
            channel=arg(1),
            payload=arg(2),
        ),
        Messages(
            target="nameko.events.event_handler",
            form="decorator",
            role=Role.SUBSCRIBE,
            exchange=Format("{}.events", (arg(0, "source_service"),)),
            channel=arg(1, "event_type"),
        ),
        Messages(
            target="nameko.messaging.consume",
            form="decorator",
            role=Role.SUBSCRIBE,
            channel=arg(0, "queue"),
        ),
        Messages(
            target="nameko.messaging.Publisher.__call__",
            role=Role.PUBLISH,
            channel=arg(1, "routing_key"),
            exchange=Maker(arg(0, "exchange")),
            payload=arg(0),
        ),
        *(
            RemoteCalls(
                target=f"{proxy}.*", service=Maker(arg(0)), operation=Format("{}.{}", (Maker(arg(0)), MethodName())), limit=_ENDLESS
            )
            for proxy in _PROXIES
        ),
        *(
            RemoteCalls(
                target=f"{proxy}.*.call_async",
                service=Maker(arg(0)),
                operation=Format("{}.{}", (Maker(arg(0)), MethodName(up=1))),
                limit=_ENDLESS,
            )
            for proxy in _PROXIES
        ),
        *(
            RemoteCalls(
                target=f"{cluster}{service}.*{end}",
                service=MethodName(up=up + 1),
                operation=Format("{}.{}", (MethodName(up=up + 1), MethodName(up=up))),
                limit=Limit(client=Number(Maker(arg(1, "timeout")))),
            )
            for cluster in _CLUSTERS
            for service in (".*", "[]")
            for end, up in (("", 0), (".call_async", 1))
        ),
        *(
            Serves(
                target=target,
                operation=Format("{}.{}", (ClassAttribute("name"), FunctionName())),
                transport="rpc",
            )
            for target in ("nameko.rpc.rpc",)
        ),
        Serves(target="nameko.web.handlers.http", path=arg(1, "url"), methods=arg(0, "method")),
    ),
)
