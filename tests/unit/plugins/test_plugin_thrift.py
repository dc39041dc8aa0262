"""Thrift: what clients ask and handlers answer, by Apache's library and thriftpy2, and what only looks like it."""

from __future__ import annotations

import pytest
from flowmap.model.interaction import Role
from sightings import checks, interactions, missed

SETUP = """
import thriftpy2
from stock import StockService
from thrift.protocol import TBinaryProtocol, TCompactProtocol, TMultiplexedProtocol
from thrift.transport import THttpClient, TSocket, TTransport
from thriftpy2.rpc import client_context, make_client, make_server
from thriftpy2.thrift import TProcessor

loaded = thriftpy2.load('stock.thrift', module_name='stock_thrift')
make_client(loaded.Control, 'control', 6000).check()
"""
CONTROL = "call thrift check at control:6000"

FORMS = [
    (
        """
        transport = TSocket.TSocket('stock', 9091)
        transport = TTransport.TBufferedTransport(transport)
        client = StockService.Client(TBinaryProtocol.TBinaryProtocol(transport))
        transport.open()
        client.count(1)
        transport.close()
        """,
        "call thrift count at stock:9091",
    ),
    (
        "StockService.Client(TBinaryProtocol.TBinaryProtocolAccelerated(TSocket.TSocket('stock'))).count(1)",
        "call thrift count at stock:9090",
    ),
    (
        """
        class Stock:
            def __init__(self, host, port):
                transport = TTransport.TFramedTransport(TSocket.TSocket(host=host, port=port))
                protocol = TMultiplexedProtocol.TMultiplexedProtocol(TCompactProtocol.TCompactProtocol(transport), 'stock')
                self.client = StockService.Client(protocol)
            def count(self, item):
                return self.client.count(item)
        Stock('stock', 9091).count(1)
        """,
        "call thrift count at stock:9091",
    ),
    (
        """
        from stock.StockService import Client
        Client(TBinaryProtocol.TBinaryProtocol(THttpClient.THttpClient('http://stock:8000/thrift'))).count(1)
        """,
        "call thrift count at stock:8000",
    ),
    missed(
        "what a factory makes of a socket is not followed",
        """
        factory = TBinaryProtocol.TBinaryProtocolFactory()
        StockService.Client(factory.getProtocol(TSocket.TSocket('stock', 9091))).count(1)
        """,
        "call thrift count at stock:9091",
    ),
    (
        """
        class Handler:
            def count(self, item): ...
            def _hidden(self): ...
        processor = StockService.Processor(Handler())
        """,
        "serve thrift count by Handler.count",
    ),
    (
        """
        class Handler(StockService.Iface):
            def count(self, item): ...
        handler = Handler()
        processor = StockService.Processor(handler=handler)
        """,
        "serve thrift count by Handler.count",
    ),
    (
        """
        with client_context(loaded.Stock, 'stock', 6000) as stock:
            stock.count(1)
        """,
        "call thrift count at stock:6000",
    ),
    (
        "make_client(loaded.Stock, port=6000, host='stock').count(1)",
        "call thrift count at stock:6000",
    ),
    (
        """
        from thriftpy2.contrib.aio.rpc import make_client as connect
        async def ask():
            stock = await connect(loaded.Stock, 'stock', 6000)
            await stock.count(1)
            stock.close()
        """,
        "call thrift count at stock:6000",
    ),
    (
        """
        from thriftpy2 import http
        http.make_client(loaded.Stock, 'stock', 6000, path='/thrift').count(1)
        """,
        "call thrift count at stock:6000",
    ),
    (
        """
        class Handler:
            def count(self, item): ...
        make_server(loaded.Stock, Handler(), '0.0.0.0', 6000).serve()
        """,
        "serve thrift count by Handler.count",
    ),
    (
        """
        class Handler:
            def count(self, item): ...
        processor = TProcessor(loaded.Stock, Handler())
        """,
        "serve thrift count by Handler.count",
    ),
]

LOOK_ALIKES = [
    "StockService.Client(TBinaryProtocol.TBinaryProtocol(TSocket.TSocket('stock')))",
    "StockService.Client('stock').count(1)",
    "TSocket.TSocket('stock').open()",
    "make_client(loaded.Stock, 'stock', 6000)",
    "make_client(loaded.Stock, 'stock', 6000).close()",
    "loaded.Stock()",
    """
    class Client:
        def __init__(self, protocol): ...
        def count(self, item): ...
    Client(TBinaryProtocol.TBinaryProtocol(TSocket.TSocket('stock'))).count(1)
    """,
    """
    class Handler:
        def count(self, item): ...
    class Processor:
        def __init__(self, handler): ...
    Processor(Handler())
    """,
    """
    from wsgiref.simple_server import make_server as serving
    class Handler:
        def count(self, item): ...
    serving('', Handler())
    """,
]

LIMITS = [
    ("make_client(loaded.Stock, 'stock', 6000).count(1)", 3.0),
    ("make_client(loaded.Stock, 'stock', 6000, timeout=500).count(1)", 0.5),
    (
        """
        with client_context(loaded.Stock, 'stock', 6000, socket_timeout=1500) as stock:
            stock.count(1)
        """,
        1.5,
    ),
    (
        """
        socket = TSocket.TSocket('stock', 9090)
        socket.setTimeout(2000)
        StockService.Client(TBinaryProtocol.TBinaryProtocol(TTransport.TFramedTransport(socket))).count(1)
        """,
        2.0,
    ),
    ("StockService.Client(TBinaryProtocol.TBinaryProtocol(TSocket.TSocket('stock'))).count(1)", None),
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


@pytest.mark.parametrize(("code", "seconds"), LIMITS)
def test_how_long_a_call_waits(code: str, seconds: float | None) -> None:
    (found,) = (i for i in interactions(SETUP, code) if i.role is Role.CALL and i.operation == "count")
    assert found.timeout is not None
    assert found.timeout.seconds == seconds
