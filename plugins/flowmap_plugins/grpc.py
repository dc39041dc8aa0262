"""grpcio: stubs and servicers by the names that the generated modules give them; registering a servicer is the only proof
of serving. Generated files themselves are no interactions."""

from flowmap.plugin_api import (
    Context,
    Format,
    Inside,
    Maker,
    MethodName,
    Passes,
    Plugin,
    RemoteCalls,
    Role,
    Tail,
    TypeOf,
    Wiring,
    arg,
)

_CHANNELS = ("grpc.insecure_channel", "grpc.secure_channel", "grpc.aio.insecure_channel", "grpc.aio.secure_channel")


def servicers(context: Context) -> list[Wiring]:
    """`add_XServicer_to_server(Impl(), server)`: every method of the implementation answers `X/Method`."""
    found: list[Wiring] = []
    for callee, call in context.registrations("add_", "Servicer_to_server"):
        service = callee.removeprefix("add_").removesuffix("Servicer_to_server")
        for name, handler in call.argument(0).methods():
            found.append(Wiring(Role.SERVE, "grpc", call.where, operation=f"{service}/{name}", handler=handler))
    return found


PLUGIN = Plugin(
    name="grpc",
    roots=("grpc", "grpclib"),
    transport="grpc",
    passes=(Passes("grpc.intercept_channel", arg(0, "channel")),),
    patterns=tuple(
        RemoteCalls(
            target=f"*_pb2_grpc.*Stub.{method}",
            operation=Format("{}/{}", (TypeOf("Stub"), MethodName(up))),
            address=Tail(Inside(Maker(arg(0, "channel")), arg(0, "target")), "/"),
            transport="grpc",
        )
        for method, up in (("*", 0), ("*.future", 1), ("*.with_call", 1))
    ),
    recognise=servicers,
)
