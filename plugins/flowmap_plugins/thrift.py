"""Thrift: Apache's library with the modules that its compiler writes, and thriftpy2 with those that it loads.

An operation is the name of a method alone; the address says whose it is. Every public method of a handler counts, and every call
as one that waits: which methods there are, and which are oneway, stands in interface files."""

from flowmap.plugin_api import (
    Called,
    Const,
    Context,
    FirstOf,
    Format,
    Guard,
    Inside,
    Limit,
    Maker,
    MethodName,
    Number,
    Passes,
    Plugin,
    RemoteCalls,
    Role,
    TypeName,
    Wiring,
    arg,
    keyword,
)

_TRANSPORTS = ("TBufferedTransport", "TFramedTransport", "TZlibTransport", "TSaslClientTransport")
_PROTOCOLS = ("TBinaryProtocol", "TCompactProtocol", "TJSONProtocol", "TMultiplexedProtocol", "THeaderProtocol")
_WRAPPERS = (
    *(f"thrift.transport.TTransport.{t}" for t in _TRANSPORTS),
    "thrift.transport.TZlibTransport.TZlibTransport",
    *(f"thrift.protocol.{p}.{p}{kind}" for p in _PROTOCOLS for kind in ("", "Accelerated")),
)
_SOCKET = Maker(arg(0, "iprot"))
_AT = Format(
    "{}:{}",
    (FirstOf((Inside(_SOCKET, arg(0, "host")), Const("localhost"))), FirstOf((Inside(_SOCKET, arg(1, "port")), Const("9090")))),
)
_SET = Limit(client=Number(Called(_SOCKET, ("setTimeout",), arg(0, "ms"), needed=False), scale=0.001))

_LOADED = Format("{}:{}", (FirstOf((Maker(arg(1, "host")), Const("localhost"))), FirstOf((Maker(arg(2, "port")), Const("9090")))))
_WAITING = FirstOf((Maker(keyword("timeout")), Maker(keyword("socket_timeout"))))
_RPC, _AIO, _HTTP = "thriftpy2.rpc", "thriftpy2.contrib.aio.rpc", "thriftpy2.http"
_MAKERS = (*(f"{m}.{n}" for m in (_RPC, _AIO, _HTTP) for n in ("make_client", "client_context")), f"{_RPC}.make_aio_client")
_SERVERS = (
    *(f"{m}.make_server" for m in (_RPC, _AIO, _HTTP)),
    f"{_RPC}.make_aio_server",
    "thriftpy2.thrift.TProcessor",
    "thriftpy2.contrib.aio.processor.TAsyncProcessor",
)


def handlers(context: Context) -> list[Wiring]:
    """What the handlers answer that generated processors, and those of thriftpy2, are made with."""
    given = [
        (call.argument(0, "handler"), call.where)
        for callee, call in context.calls("Processor")
        if any(name.endswith(".Processor") or name == "thrift.Thrift.TProcessor" for name in callee.names())
    ]
    for server in _SERVERS:
        for callee, call in context.calls(server.rpartition(".")[2]):
            if server in callee.names():
                given.append((call.argument(1, "handler"), call.where))
    return [
        Wiring(Role.SERVE, "thrift", where, operation=name, handler=method)
        for handler, where in given
        for name, method in handler.methods()
    ]


PLUGIN = Plugin(
    name="thrift",
    roots=("thrift", "thriftpy2"),
    transport="thrift",
    passes=tuple(Passes(wrapper, arg(0)) for wrapper in _WRAPPERS),
    patterns=(
        RemoteCalls(
            target="*.Client.*",
            operation=MethodName(),
            address=_AT,
            transport="thrift",
            limit=_SET,
            when=(Guard(TypeName(_SOCKET), among=("TSocket", "TSSLSocket")),),
        ),
        RemoteCalls(
            target="*.Client.*",
            operation=MethodName(),
            address=Inside(_SOCKET, arg(0, "uri_or_host")),
            transport="thrift",
            limit=_SET,
            when=(Guard(TypeName(_SOCKET), among=("THttpClient",)),),
        ),
        *(
            RemoteCalls(
                target=f"{maker}().*",
                operation=MethodName(),
                address=_LOADED,
                transport="thrift",
                limit=Limit(client=Number(_WAITING, scale=0.001), default=3.0),
                when=(Guard(MethodName(), matching=r"^(?!close$|init$)"),),
            )
            for maker in _MAKERS
        ),
    ),
    recognise=handlers,
)
