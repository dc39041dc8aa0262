"""Remote calls and what interface files say of them: packages, names of methods, and methods that are none."""

from __future__ import annotations

import pytest
from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.interaction import Interaction, Streams
from flowmap.model.location import Location
from flowmap.model.project import Project, RpcMethod, RpcService, Service, SourceFile

PLUGINS = load_plugins()

STUB = """
import grpc
from stock_pb2_grpc import StockStub
StockStub(grpc.insecure_channel('stock:1')).{}(None)
"""
SERVER = """
import grpc
import stock_pb2_grpc
class Stock(stock_pb2_grpc.StockServicer):
    def Count(self, request, context): ...
    def helper(self): ...
stock_pb2_grpc.add_StockServicer_to_server(Stock(), grpc.server(None))
"""


def service(name: str, package: str, path: str = "protos/stock.proto", **methods: Streams | None) -> RpcService:
    return RpcService("grpc", name, package, tuple(RpcMethod(m, s) for m, s in methods.items()), Location(path, 1, 1))


def found(code: str, *services: RpcService) -> list[str]:
    file = SourceFile("shop/app.py", code.encode())
    project = Project((file,), (Service("shop", "shop"),), described=services)
    return sorted(said(i) for i in recognise(link([summarise(file.path, file.content)], project), PLUGINS).interactions)


def said(site: Interaction) -> str:
    assert site.endpoint is not None
    package = f" of {site.endpoint.package}" if site.endpoint.package else ""
    return f"{site.role.value} {site.operation}{package}" + (f" {site.endpoint.streams}" if site.endpoint.streams else "")


@pytest.mark.parametrize(
    ("code", "services", "expected"),
    [
        (STUB.format("Count"), (), ["call Stock/Count"]),
        (STUB.format("Count"), (service("Stock", "shop.v1", Count=None),), ["call Stock/Count of shop.v1"]),
        (STUB.format("Count"), (service("Stock", "", Count=None),), ["call Stock/Count"]),
        (STUB.format("Watch"), (service("Stock", "a", Watch=Streams.RESPONSE),), ["call Stock/Watch of a response"]),
        (STUB.format("count_all"), (service("Stock", "a", CountAll=None),), ["call Stock/CountAll of a"]),
        (STUB.format("Newer"), (service("Stock", "a", Count=None),), ["call Stock/Newer"]),
        (STUB.format("Count"), (service("Order", "a", Count=None),), ["call Stock/Count"]),
        (
            STUB.format("Count"),
            (service("Stock", "a", "protos/stock.proto", Count=None), service("Stock", "b", "shop/stock.proto", Count=None)),
            ["call Stock/Count of b"],
        ),
        (
            STUB.format("Count"),
            (service("Stock", "a", "x/stock.proto", Count=None), service("Stock", "b", "y/stock.proto", Count=None)),
            ["call Stock/Count"],
        ),
        (SERVER, (), ["serve Stock/Count", "serve Stock/helper"]),
        (SERVER, (service("Stock", "a", Count=None, Other=None),), ["serve Stock/Count of a"]),
    ],
)
def test_an_operation_is_what_its_interface_file_says(code: str, services: tuple[RpcService, ...], expected: list[str]) -> None:
    assert found(code, *services) == expected
