"""XML-RPC and SOAP: operations of proxies, what servers answer, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import xmlrpc.client
from xmlrpc.server import SimpleXMLRPCServer

import zeep

xmlrpc.client.ServerProxy("http://control").check()
"""
CONTROL = "call rpc check at control"

FORMS = [
    (
        "xmlrpc.client.ServerProxy('http://stock:8000/RPC2').count(1)",
        "call rpc count at stock:8000",
    ),
    (
        """
        from xmlrpc.client import ServerProxy
        with ServerProxy('http://stock') as stock:
            stock.items.count(1)
        """,
        "call rpc items.count at stock",
    ),
    (
        """
        from defusedxml.xmlrpc import xmlrpc_client
        def proxy(url):
            return xmlrpc_client.ServerProxy(url)
        proxy('http://stock').count(1)
        """,
        "call rpc count at stock",
    ),
    (
        """
        class Stock:
            def __init__(self, url):
                self.proxy = xmlrpc.client.ServerProxy(url, allow_none=True)
            def count(self, item):
                return self.proxy.count(item)
        Stock('http://stock').count(1)
        """,
        "call rpc count at stock",
    ),
    (
        """
        server = SimpleXMLRPCServer(('0.0.0.0', 8000))
        def count(item): ...
        server.register_function(count)
        """,
        "serve rpc count by count",
    ),
    (
        """
        def count(item): ...
        with SimpleXMLRPCServer(('0.0.0.0', 8000)) as server:
            server.register_function(count, 'items.count')
        """,
        "serve rpc items.count by count",
    ),
    (
        """
        class Stock:
            def count(self, item): ...
            def _hidden(self): ...
        SimpleXMLRPCServer(('', 8000)).register_instance(Stock())
        """,
        "serve rpc count by Stock.count",
    ),
    (
        "zeep.Client('http://stock/soap?wsdl').service.Count(1)",
        "call rpc Count at stock",
    ),
    (
        """
        client = zeep.Client(wsdl='http://stock/soap?wsdl')
        client.bind('Stock', 'Port').Count(1)
        """,
        "call rpc Count at stock",
    ),
    (
        "zeep.Client('stock.wsdl').create_service('{x}Binding', 'http://stock/soap').Count(1)",
        "call rpc Count at stock",
    ),
    (
        """
        async def ask():
            await zeep.AsyncClient('http://stock/soap?wsdl').service.Count(1)
        """,
        "call rpc Count at stock",
    ),
]

LOOK_ALIKES = [
    "xmlrpc.client.ServerProxy('http://stock')",
    "xmlrpc.client.dumps((1,), 'count')",
    "xmlrpc.client.Binary(b'x')",
    "SimpleXMLRPCServer(('', 8000)).serve_forever()",
    "SimpleXMLRPCServer(('', 8000)).register_introspection_functions()",
    "zeep.Client('http://stock/soap?wsdl').get_type('ns0:Item')",
    "zeep.Client('http://stock/soap?wsdl').service",
    """
    class Registry:
        def register_function(self, f): ...
    def count(): ...
    Registry().register_function(count)
    """,
    """
    class Proxy:
        def count(self): ...
    Proxy().count()
    """,
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
