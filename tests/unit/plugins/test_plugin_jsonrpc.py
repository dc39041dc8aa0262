"""JSON-RPC: the methods that servers answer and clients ask for, and what only looks like them."""

from __future__ import annotations

import pytest
from sightings import checks, missed, sightings

SETUP = """
import aiohttp
import fastapi_jsonrpc
import httpx
import jsonrpc
import jsonrpcclient
import jsonrpcserver
import requests
from jsonrpc import Dispatcher, dispatcher
from jsonrpcclient import notification, request, request_json
from jsonrpcclient.clients.http_client import HTTPClient
from jsonrpcserver import method

@method
def control(): ...
"""
CONTROL = "serve rpc control by control"

FORMS = [
    (
        """
        @method(name='items.count')
        def count(item): ...
        """,
        "serve rpc items.count by count",
    ),
    (
        """
        @jsonrpcserver.method
        async def count(item): ...
        """,
        "serve rpc count by count",
    ),
    (
        """
        from jsonrpcserver.methods import Methods
        methods = Methods()
        @methods.add
        def count(item): ...
        @methods.add(name='items.sum')
        def total(): ...
        """,
        "serve rpc count by count",
        "serve rpc items.sum by total",
    ),
    (
        """
        from jsonrpcserver import methods
        @methods.add
        def count(item): ...
        """,
        "serve rpc count by count",
    ),
    (
        """
        @dispatcher.add_method
        def count(item): ...
        @dispatcher.add_method(name='items.sum')
        def total(): ...
        """,
        "serve rpc count by count",
        "serve rpc items.sum by total",
    ),
    (
        """
        def count(item): ...
        own = Dispatcher()
        own.add_method(count)
        own.add_method(count, 'items.count')
        own.add_method(count, name='items/count')
        """,
        "serve rpc count by count",
        "serve rpc items.count by count",
        "serve rpc items/count by count",
    ),
    (
        """
        class Stock:
            def count(self, item): ...
            def _hidden(self): ...
        own = Dispatcher()
        own.add_class(Stock)
        """,
        "serve rpc stock.count by Stock.count",
    ),
    (
        """
        class Stock:
            def count(self, item): ...
        Dispatcher().add_object(Stock())
        """,
        "serve rpc stock.count by Stock.count",
    ),
    (
        """
        def count(item): ...
        class Stock:
            def total(self): ...
        own = Dispatcher({'count': count})
        own.build_method_map({'sum': count}, 'items.')
        own.build_method_map(Stock())
        """,
        "serve rpc count by count",
        "serve rpc items.sum by count",
        "serve rpc total by Stock.total",
    ),
    missed(
        "items that are assigned to an object of a library are not looked at",
        """
        def count(item): ...
        dispatcher['count'] = count
        """,
        "serve rpc count by count",
    ),
    (
        """
        import flask
        from jsonrpc.backend.flask import api
        def count(item): ...
        api.dispatcher.add_method(count, 'items.count')
        app = flask.Flask('app')
        app.register_blueprint(api.as_blueprint(), url_prefix='/rpc')
        """,
        "serve http POST /rpc by <module>",
        "serve rpc items.count by count",
    ),
    (
        """
        entry = fastapi_jsonrpc.Entrypoint('/api/v1')
        @entry.method(tags=['stock'])
        def count(item): ...
        @entry.method(name='items.sum')
        async def total(): ...
        """,
        "serve http POST /api/v1 by <module>",
        "serve rpc count by count",
        "serve rpc items.sum by total",
    ),
    (
        "requests.post('http://stock:5000/rpc', json=request('count', params=[1]))",
        "call http POST /rpc at stock:5000",
        "call rpc count at stock:5000",
    ),
    (
        "requests.Session().post('http://stock/', json=notification('forget'))",
        "call http POST / at stock",
        "call rpc forget at stock",
    ),
    (
        """
        def ask(body):
            return httpx.post('http://stock/', json=body)
        ask(jsonrpcclient.request('count'))
        """,
        "call http POST / at stock",
        "call rpc count at stock",
    ),
    (
        """
        async def ask():
            async with aiohttp.ClientSession() as session:
                await session.post('http://stock/', json=jsonrpcclient.request_uuid('count'))
        """,
        "call http POST / at stock",
        "call rpc count at stock",
    ),
    missed(
        "what is made of a body elsewhere keeps no name",
        "requests.post('http://stock/', data=request_json('count'))",
        "call http POST / at stock",
        "call rpc count at stock",
    ),
    ("HTTPClient('http://stock:5000').request('count', 1)", "call rpc count at stock:5000"),
    ("HTTPClient('http://stock:5000').notify('forget', 1)", "call rpc forget at stock:5000 without waiting"),
    ("HTTPClient('http://stock:5000').count(1)", "call rpc count at stock:5000"),
    ("jsonrpcclient.request('http://stock:5000/rpc', 'count', 1)", "call rpc count at stock:5000"),
    ("jsonrpcclient.notify('http://stock:5000/rpc', 'forget')", "call rpc forget at stock:5000 without waiting"),
]

LOOK_ALIKES = [
    "print(request('count'))",
    "jsonrpcclient.parse({'result': 1})",
    "HTTPClient('http://stock')",
    "HTTPClient('http://stock').send('{}')",
    "jsonrpc.JSONRPCResponseManager.handle('{}', dispatcher)",
    "jsonrpcserver.dispatch('{}')",
    "jsonrpcserver.serve()",
    "own = Dispatcher()",
    """
    class Registry:
        def add_method(self, f, name=None): ...
    def count(): ...
    Registry().add_method(count, 'count')
    """,
    """
    class Entrypoint:
        def method(self, **given): ...
    entry = Entrypoint()
    @entry.method(name='count')
    def count(): ...
    """,
]

POSTS = ["requests.post('http://stock/', json={'method': 'count'})", "requests.post('http://stock/', json='jsonrpc count now')"]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


@pytest.mark.parametrize("code", POSTS)
def test_another_body_is_a_request_only(code: str) -> None:
    assert sightings(SETUP, code) == ["call http POST / at stock", CONTROL]
