"""XML-RPC of the standard library, and SOAP by zeep: attributes of a proxy are the operations of whoever is at its address. What a
server answers are functions and the methods of objects."""

from flowmap.plugin_api import (
    Context,
    Format,
    Inside,
    Limit,
    Maker,
    MethodName,
    Number,
    Plugin,
    RemoteCalls,
    Role,
    Wiring,
    arg,
    keyword,
)

_SERVERS = tuple(f"xmlrpc.server.{name}" for name in ("SimpleXMLRPCServer", "DocXMLRPCServer", "CGIXMLRPCRequestHandler"))
_PROXY, _ADDRESS = "xmlrpc.client.ServerProxy", Maker(arg(0, "uri"))
_SOAP, _WSDL = "zeep.Client", Maker(arg(0, "wsdl"))
_ENDLESS = Limit()


def _soap(up: int = 1) -> Limit:
    return Limit(client=Number(Maker(Inside(keyword("transport"), arg(2, "operation_timeout")), up=up)))


def registered(context: Context) -> list[Wiring]:
    """What `register_function` and `register_instance` make a server answer."""
    found: list[Wiring] = []
    for callee, call in context.calls("register_function"):
        if callee.names() & {f"{s}.register_function" for s in _SERVERS}:
            for handler in call.argument(0, "function").handlers():
                names = call.argument(1, "name").texts() or [handler.name.rpartition(".")[2]]
                found += [Wiring(Role.SERVE, "rpc", call.where, operation=name, handler=handler) for name in names]
    for callee, call in context.calls("register_instance"):
        if callee.names() & {f"{s}.register_instance" for s in _SERVERS}:
            for name, handler in call.argument(0, "instance").methods():
                found.append(Wiring(Role.SERVE, "rpc", call.where, operation=name, handler=handler))
    return found


PLUGIN = Plugin(
    name="xmlrpc",
    roots=("xmlrpc", "zeep", "defusedxml", "six"),
    passive=("defusedxml", "six"),
    transport="rpc",
    aliases={
        "defusedxml.xmlrpc.xmlrpc_client": "xmlrpc.client",
        "six.moves.xmlrpc_client": "xmlrpc.client",
        "xmlrpc.client.Server": _PROXY,
        "zeep.AsyncClient": _SOAP,
        "zeep.CachingClient": _SOAP,
        "zeep.client.Client": _SOAP,
    },
    patterns=(
        RemoteCalls(target=f"{_PROXY}.*", operation=MethodName(), address=_ADDRESS, limit=_ENDLESS),
        RemoteCalls(
            target=f"{_PROXY}.*.*", operation=Format("{}.{}", (MethodName(up=1), MethodName())), address=_ADDRESS, limit=_ENDLESS
        ),
        RemoteCalls(target=f"{_SOAP}.service.*", operation=MethodName(), address=_WSDL, limit=_soap()),
        RemoteCalls(target=f"{_SOAP}.bind().*", operation=MethodName(), address=Maker(arg(0, "wsdl"), up=2), limit=_soap(2)),
        RemoteCalls(target=f"{_SOAP}.create_service().*", operation=MethodName(), address=Maker(arg(1, "address")), limit=_soap(2)),
    ),
    recognise=registered,
)
