"""JSON-RPC: what jsonrpcserver, json-rpc and fastapi-jsonrpc make answer, and what jsonrpcclient asks for.

Since its version 4 jsonrpcclient only makes the body of a request, which a client of HTTP sends: that is a request to an endpoint
and a call of a method at once. Bodies that are written by hand, or turned into a text first, are requests only."""

from flowmap.plugin_api import (
    Const,
    Context,
    FirstOf,
    Format,
    Found,
    FunctionName,
    Gives,
    Guard,
    Handler,
    Limit,
    Maker,
    Matched,
    MethodName,
    Number,
    Plugin,
    RemoteCalls,
    Result,
    Role,
    Serves,
    Wiring,
    arg,
    keyword,
)

_DISPATCHER, _METHODS, _ENTRYPOINT = "jsonrpc.Dispatcher", "jsonrpcserver.Methods", "fastapi_jsonrpc.Entrypoint"
_FLASK, _DJANGO = "jsonrpc.backend.flask", "jsonrpc.backend.django"
_DISPATCHERS = (
    _DISPATCHER,
    "jsonrpc.dispatcher",
    *(f"{b}.{a}.dispatcher" for b in (_FLASK, _DJANGO) for a in ("api", "JSONRPCAPI")),
)
_GIVEN = ("add_method", "add", "add_class", "add_object", "build_method_map")
_NAME = FirstOf((keyword("name"), FunctionName()))
_SERVING = ("jsonrpcserver.method", "jsonrpcserver.methods.add", f"{_METHODS}.add", f"{_ENTRYPOINT}.method")

_CLIENTS = ("jsonrpcclient.HTTPClient", "jsonrpcclient.AiohttpClient", "jsonrpcclient.TornadoClient")
_PATIENT = Limit(argument=Number(keyword("timeout")))
_SENDERS: dict[str, Limit | None] = {
    "requests.post": _PATIENT,
    "requests.Session.post": _PATIENT,
    "httpx.post": Limit(argument=Number(keyword("timeout")), default=5.0),
    "httpx.Client.post": None,
    "httpx.AsyncClient.post": None,
    "aiohttp.ClientSession.post": None,
}
_ASKING = (("request", True), ("notify", False))
_ENDPOINT = Maker(arg(0, "endpoint"))
_NAMED = Guard(MethodName(), matching=r"^(?!(request|notify|send|send_message|basic_logging)$)")
_BODIES = ("request", "request_hex", "request_random", "request_uuid", "notification")
_BODY = "jsonrpc {}"
_ASKED = Matched(keyword("json"), r"^jsonrpc (\S+)$")


def given(context: Context) -> list[Wiring]:
    """What functions, classes and objects that are given to a dispatcher make it answer."""
    found: list[Wiring] = []
    targets = {f"{owner}.{method}" for owner in (*_DISPATCHERS, _METHODS, "jsonrpcserver.methods") for method in _GIVEN}
    for method in _GIVEN:
        for callee, call in context.calls(method):
            if callee.names() & targets:
                found += [Wiring(Role.SERVE, "rpc", call.where, operation=name, handler=h) for name, h in _given(method, call)]
    for _, call in context.calls("Dispatcher"):
        if _DISPATCHER in call.names():
            found += [
                Wiring(Role.SERVE, "rpc", call.where, operation=n, handler=h) for n, h in _members(call.argument(0, "prototype"))
            ]
    return found


def _given(method: str, call: Found) -> list[tuple[str, Handler]]:
    value = call.argument(0)
    if method == "build_method_map":
        prefix = "".join(call.argument(1, "prefix").texts()[:1])
        return [(prefix + name, handler) for name, handler in _members(value)]
    if method in ("add_class", "add_object"):
        return [(f"{h.name.rpartition('.')[0].rpartition('.')[2].lower()}.{name}", h) for name, h in value.methods()]
    return [(name, h) for h in value.handlers() for name in call.argument(1, "name").texts() or [h.name.rpartition(".")[2]]]


def _members(value: Found) -> list[tuple[str, Handler]]:
    """The functions of a mapping under its keys, the methods of an object."""
    mapped = [(key, handler) for key, entry in value.items() if key is not None for handler in entry.handlers()]
    return mapped or list(value.methods())


PLUGIN = Plugin(
    name="jsonrpc",
    roots=("jsonrpcserver", "jsonrpcclient", "jsonrpc", "fastapi_jsonrpc"),
    transport="rpc",
    aliases={
        "jsonrpc.dispatcher.Dispatcher": _DISPATCHER,
        "jsonrpcserver.methods.method": "jsonrpcserver.method",
        "jsonrpcserver.methods.Methods": _METHODS,
        "jsonrpcclient.clients.http_client.HTTPClient": _CLIENTS[0],
        "jsonrpcclient.http_client.HTTPClient": _CLIENTS[0],
        "jsonrpcclient.clients.aiohttp_client.AiohttpClient": _CLIENTS[1],
        "jsonrpcclient.clients.tornado_client.TornadoClient": _CLIENTS[2],
        "fastapi_jsonrpc.API": "fastapi.FastAPI",
    },
    types={f"{_FLASK}.{api}.as_blueprint()": "flask.Blueprint" for api in ("api", "JSONRPCAPI")},
    gives=tuple(Gives(f"jsonrpcclient.{body}()", Format(_BODY, (arg(0, "method"),))) for body in _BODIES),
    patterns=(
        *(Serves(target=t, operation=_NAME, transport="rpc") for t in (*_SERVING, *(f"{d}.add_method" for d in _DISPATCHERS))),
        Serves(target=_ENTRYPOINT, form="call", path=arg(0, "path"), methods=("POST",)),
        *(
            Serves(target=f"{_FLASK}.{api}.as_blueprint", form="call", path=Const("/"), methods=("POST",), router=Result())
            for api in ("api", "JSONRPCAPI")
        ),
        *(
            RemoteCalls(target=f"{c}.{method}", operation=arg(0, "method_name"), address=_ENDPOINT, waits=waits)
            for c in _CLIENTS
            for method, waits in _ASKING
        ),
        *(RemoteCalls(target=f"{c}.*", operation=MethodName(), address=_ENDPOINT, when=(_NAMED,)) for c in _CLIENTS),
        *(
            RemoteCalls(
                target=f"jsonrpcclient.{method}",
                operation=arg(1),
                address=arg(0, "endpoint"),
                waits=waits,
                when=(Guard(arg(0), matching="://"),),
            )
            for method, waits in _ASKING
        ),
        *(
            RemoteCalls(target=t, operation=_ASKED, address=arg(0, "url"), limit=limit, when=(Guard(_ASKED),))
            for t, limit in _SENDERS.items()
        ),
    ),
    recognise=given,
)
