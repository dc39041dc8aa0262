"""grpcio: stubs call, registered servicers serve; generated modules and base classes do neither."""

from __future__ import annotations

from sightings import checks

SETUP = """
import grpc
import stock_pb2
import stock_pb2_grpc

def control():
    stock_pb2_grpc.ControlStub(grpc.insecure_channel("control:50051")).Check(stock_pb2.Empty())
"""
CONTROL = "call grpc Control/Check at control:50051"

FORMS = [
    (
        "stock_pb2_grpc.StockStub(grpc.insecure_channel('stock:50051')).Count(stock_pb2.Item())",
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        def count():
            channel = grpc.insecure_channel('stock:50051')
            stub = stock_pb2_grpc.StockStub(channel)
            return stub.Count(stock_pb2.Item(), timeout=1)
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        def count():
            with grpc.insecure_channel('stock:50051') as channel:
                stock_pb2_grpc.StockStub(channel).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        def count():
            channel = grpc.secure_channel('stock:443', grpc.ssl_channel_credentials())
            stock_pb2_grpc.StockStub(channel=channel).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:443",
    ),
    (
        """
        async def count():
            async with grpc.aio.insecure_channel('stock:50051') as channel:
                await stock_pb2_grpc.StockStub(channel).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        stub = stock_pb2_grpc.StockStub(grpc.insecure_channel('stock:50051'))
        stub.Count.future(stock_pb2.Item()).result()
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        stub = stock_pb2_grpc.StockStub(grpc.insecure_channel('stock:50051'))
        stub.Count.with_call(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        channel = grpc.intercept_channel(grpc.insecure_channel('stock:50051'), None)
        stock_pb2_grpc.StockStub(channel).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        channel = grpc.insecure_channel(target='dns:///stock:50051')
        stock_pb2_grpc.StockStub(channel).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        class Client:
            def __init__(self, host):
                self.stub = stock_pb2_grpc.StockStub(grpc.insecure_channel(host))
            def count(self):
                return self.stub.Count(stock_pb2.Item())
        Client('stock:50051').count()
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        from protos import stock_pb2_grpc as generated
        generated.StockStub(grpc.insecure_channel('stock:50051')).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        from protos.stock_pb2_grpc import StockStub
        StockStub(grpc.insecure_channel('stock:50051')).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        import os
        channel = grpc.insecure_channel(os.environ.get('STOCK_ADDR', 'stock:50051'))
        stock_pb2_grpc.StockStub(channel).Count(stock_pb2.Item())
        """,
        "call grpc Stock/Count at stock:50051",
    ),
    (
        """
        class Stock(stock_pb2_grpc.StockServicer):
            def Count(self, request, context): ...
            def _private(self): ...
        def main():
            server = grpc.server(None)
            stock_pb2_grpc.add_StockServicer_to_server(Stock(), server)
        """,
        "serve grpc Stock/Count by Stock.Count",
    ),
    (
        """
        from stock_pb2_grpc import add_StockServicer_to_server
        class Stock(stock_pb2_grpc.StockServicer):
            def Count(self, request, context): ...
            def _private(self): ...
        async def main():
            add_StockServicer_to_server(Stock(), grpc.aio.server())
        """,
        "serve grpc Stock/Count by Stock.Count",
    ),
    (
        """
        from . import orders_pb2_grpc
        orders_pb2_grpc.OrdersStub(grpc.insecure_channel('orders:50051')).Place(1)
        """,
        "call grpc Orders/Place at orders:50051",
    ),
    (
        """
        from .protos.orders_pb2_grpc import OrdersStub
        OrdersStub(grpc.insecure_channel('orders:50051')).Place(1)
        """,
        "call grpc Orders/Place at orders:50051",
    ),
    (
        """
        from ..protos import orders_pb2_grpc as generated
        class Orders(generated.OrdersServicer):
            def Place(self, request, context): ...
        generated.add_OrdersServicer_to_server(Orders(), grpc.server(None))
        """,
        "serve grpc Orders/Place by Orders.Place",
    ),
    (
        """
        async def watch():
            async with grpc.aio.insecure_channel('stock:50051') as channel:
                async for item in stock_pb2_grpc.StockStub(channel).Watch(stock_pb2.Empty()):
                    print(item)
        """,
        "call grpc Stock/Watch at stock:50051",
    ),
    (
        """
        from grpclib.client import Channel
        from shop_grpc import StockStub

        async def run():
            async with StockStub(Channel("stock", 50051)).Feed.open() as stream:
                await stream.send_message(1)
        """,
        "call grpc Stock/Feed at stock",
    ),
    (
        """
        from grpclib.client import Channel
        from orders_grpc import OrdersStub
        async def place():
            async with Channel('orders', 50051) as channel:
                await OrdersStub(channel).Place(1)
        """,
        "call grpc Orders/Place at orders",
    ),
    (
        """
        from grpclib.server import Server
        from orders_grpc import OrdersBase
        class Orders(OrdersBase):
            async def Place(self, stream): ...
        Server([Orders()])
        """,
        "serve grpc Orders/Place by Orders.Place",
    ),
    (
        """
        from grpclib.client import Channel
        from lib.orders import OrdersStub
        async def place():
            await OrdersStub(Channel(host='orders', port=50051), timeout=3).place_order(1)
        """,
        "call grpc Orders/place_order at orders",
    ),
    (
        """
        from grpclib.server import Server
        from lib.orders import OrdersBase
        class Orders(OrdersBase):
            async def place_order(self, request): ...
        Server([Orders()])
        """,
        "serve grpc Orders/place_order by Orders.place_order",
    ),
]

LOOK_ALIKES = [
    """
    from . import orders_pb2
    orders_pb2.Order(sku=1)
    """,
    """
    from . import orders
    orders.OrdersStub(grpc.insecure_channel('orders:50051')).Place(1)
    """,
    """
    from grpclib.server import Server
    Server([object()])
    """,
    """
    class Server:
        def __init__(self, handlers): ...
    Server([1])
    """,
    "from amqp import Channel\nfrom lib.orders import OrdersClient\nOrdersClient(Channel()).place(1)",
    "from lib.orders import OrdersStub\nOrdersStub('orders').place(1)",
    "grpc.insecure_channel('stock:50051')",
    "stock_pb2_grpc.StockStub(grpc.insecure_channel('stock:50051'))",
    """
    class Stock(stock_pb2_grpc.StockServicer):
        def Count(self, request, context): ...
        def _private(self): ...
    """,
    "stock_pb2.Item(sku=1)",
    "grpc.server(None).add_insecure_port('[::]:50051')",
    "grpc.server(None).start()",
    "def count(context):\n    context.abort(grpc.StatusCode.NOT_FOUND, 'stock')",
    "grpc.channel_ready_future(grpc.insecure_channel('stock:50051')).result(timeout=5)",
    "from grpc_health.v1 import health\nhealth.HealthServicer().set('stock', 1)",
    "class StockStub:\n    def Count(self, item): ...\nStockStub().Count(1)",
    "def count(stub):\n    stub.Count(stock_pb2.Item())",
    "import pytest_stub\npytest_stub.StockStub(None).Count(1)",
    "def add_stock_to_server(stock, server): ...\nadd_stock_to_server(None, None)",
    "class Interceptor(grpc.UnaryUnaryClientInterceptor):\n    def intercept_unary_unary(self, go, details, request): ...",
    "from grpc_reflection.v1alpha import reflection\nreflection.enable_server_reflection(['Stock'], None)",
    "grpc.ssl_channel_credentials()",
    "raise grpc.RpcError('Stock/Count')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
