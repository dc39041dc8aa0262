"""grpcio, grpclib and betterproto: stubs and servicers by the names that the generated modules give them, which need not be in the
scan; registering a servicer is the only proof of serving. Generated files themselves are no interactions."""

import re

from flowmap.plugin_api import (
    Context,
    Format,
    Found,
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
    Tail,
    TypeName,
    TypeOf,
    Wiring,
    arg,
    keyword,
)

_CHANNELS = ("grpc.insecure_channel", "grpc.secure_channel", "grpc.aio.insecure_channel", "grpc.aio.secure_channel")

_BASE = re.compile(r"(?:.*\.)?(\w+)Base")
_ADDRESS = Inside(Maker(arg(0, "channel")), arg(0, "target"))
_BETTERPROTO = (
    RemoteCalls(
        target="*.*Stub.*",
        operation=Format("{}/{}", (TypeOf("Stub"), MethodName())),
        address=Inside(Maker(arg(0, "channel")), arg(0, "host")),
        transport="grpc",
        limit=Limit(argument=Number(keyword("timeout")), client=Number(Maker(keyword("timeout")))),
        when=(Guard(TypeName(Maker(arg(0, "channel"))), among=("Channel",)),),
    ),
)
"""Its modules have any name; what is made with a channel of grpclib is a stub."""


def servicers(context: Context) -> list[Wiring]:
    """`add_XServicer_to_server(Impl(), server)`: every method of the implementation answers `X/Method`."""
    found: list[Wiring] = []
    for callee, call in context.registrations("add_", "Servicer_to_server"):
        service = callee.removeprefix("add_").removesuffix("Servicer_to_server")
        for name, handler in call.argument(0).methods():
            found.append(Wiring(Role.SERVE, "grpc", call.where, operation=f"{service}/{name}", handler=handler))
    for _, call in context.calls("Server"):
        if "grpclib.server.Server" in call.names():
            found += [w for given in call.argument(0, "handlers").elements() for w in _grpclib(given)]
    return found


def _grpclib(given: Found) -> list[Wiring]:
    """The methods of an object whose class stands below a generated one, `StockBase`."""
    bases = (_BASE.fullmatch(name) for name in sorted(given.names()))
    return [
        Wiring(Role.SERVE, "grpc", given.where, operation=f"{base[1]}/{name}", handler=handler)
        for base in bases
        if base is not None
        for name, handler in given.methods()
    ]


PLUGIN = Plugin(
    name="grpc",
    roots=("grpc", "grpclib", "betterproto", "betterproto2"),
    transport="grpc",
    passes=(Passes("grpc.intercept_channel", arg(0, "channel")),),
    patterns=(
        *_BETTERPROTO,
        *(
            RemoteCalls(
                target=f"*_grpc.*Stub.{method}",
                operation=Format("{}/{}", (TypeOf("Stub"), MethodName(up))),
                address=Tail(_ADDRESS, "/"),
                transport="grpc",
                limit=Limit(argument=Number(arg(1, "timeout"))),
            )
            for method, up in (("*", 0), ("*.future", 1), ("*.with_call", 1), ("*.open", 1))
        ),
    ),
    recognise=servicers,
)
