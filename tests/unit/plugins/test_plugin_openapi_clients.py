"""Generated OpenAPI clients: operations count where code outside the client asks for them, at the host of its settings."""

from __future__ import annotations

import pytest
from sightings import sightings

CONFIGURATION = """
class Configuration:
    def __init__(self, host=None):
        self._base_path = "http://localhost/v1" if host is None else host
    @classmethod
    def get_default_copy(cls):
        return Configuration()
    @property
    def host(self):
        return self._base_path
    @host.setter
    def host(self, value):
        self._base_path = value
"""
REST = """
import urllib3
class RESTClientObject:
    def __init__(self):
        self.pool = urllib3.PoolManager()
    def request(self, method, url, body=None):
        return self.pool.request(method, url, body=body)
"""
CLIENT = """
from configuration import Configuration
from rest import RESTClientObject
class ApiClient:
    def __init__(self, configuration=None):
        if configuration is None:
            configuration = Configuration()
        self.configuration = configuration
        self.rest_client = RESTClientObject()
    def param_serialize(self, method, resource_path, path_params=None, body=None):
        for name, value in (path_params or {}).items():
            resource_path = resource_path.replace("{" + name + "}", value)
        return method, self.configuration.host + resource_path, body
    def call_api(self, method, url, body=None):
        return self.rest_client.request(method, url, body=body)
"""
API = """
class StockApi:
    def __init__(self, api_client=None):
        self.api_client = api_client
    def get_item(self, sku):
        return self.api_client.call_api(*self._get_item_serialize(sku))
    def get_item_with_http_info(self, sku):
        return self.api_client.call_api(*self._get_item_serialize(sku))
    def _get_item_serialize(self, sku):
        return self.api_client.param_serialize(method="GET", resource_path="/items/{sku}", path_params={"sku": sku})
    def put_item(self, body):
        return self.api_client.call_api(*self._put_item_serialize(body))
    def _put_item_serialize(self, body):
        return self.api_client.param_serialize(method="PUT", resource_path="/items", body=body)
"""
NEW = {"configuration": CONFIGURATION, "rest": REST, "api_client": CLIENT, "stock_api": API}
OLD = {
    "configuration": """
class Configuration:
    def __init__(self):
        self.host = "http://localhost/v1"
""",
    "rest": REST,
    "api_client": """
from configuration import Configuration
from rest import RESTClientObject
class ApiClient:
    def __init__(self, configuration=None):
        if configuration is None:
            configuration = Configuration()
        self.configuration = configuration
        self.rest_client = RESTClientObject()
    def call_api(self, resource_path, method, path_params=None, body=None):
        return self.request(method, self.configuration.host + resource_path, body)
    def request(self, method, url, body=None):
        return self.rest_client.request(method, url, body=body)
""",
    "stock_api": """
class StockApi:
    def __init__(self, api_client=None):
        self.api_client = api_client
    def get_item(self, sku):
        return self.get_item_with_http_info(sku)
    def get_item_with_http_info(self, sku):
        return self.api_client.call_api("/items/{sku}", "GET", {"sku": sku})
    def put_item(self, body):
        return self.api_client.call_api("/items", "PUT", body=body)
""",
}
ENDPOINT = """
import urllib3
class ApiClient:
    def __init__(self, configuration=None):
        if configuration is None:
            configuration = Configuration.get_default_copy()
        self.configuration = configuration
    def call_api(self, resource_path, method, path_params=None, _host=None):
        return urllib3.PoolManager().request(method, (_host or self.configuration.host) + resource_path)
class Endpoint(object):
    def __init__(self, settings=None, params_map=None, api_client=None, callable=None):
        self.settings = settings
        self.api_client = api_client
        self.callable = callable
    def __call__(self, *args, **kwargs):
        return self.callable(self, *args, **kwargs)
    def call_with_http_info(self, **kwargs):
        return self.api_client.call_api(self.settings['endpoint_path'], self.settings['http_method'], kwargs)
"""
CALLABLE = {
    "configuration": CONFIGURATION,
    "api_client": "from configuration import Configuration" + ENDPOINT,
    "stock_api": """
from api_client import ApiClient, Endpoint as _Endpoint
class StockApi(object):
    def __init__(self, api_client=None):
        if api_client is None:
            api_client = ApiClient()
        self.api_client = api_client
        def __get_item(self, sku, **kwargs):
            kwargs['sku'] = sku
            return self.call_with_http_info(**kwargs)
        self.get_item = _Endpoint(
            settings={'endpoint_path': '/items/{sku}', 'operation_id': 'get_item', 'http_method': 'GET', 'servers': None},
            params_map={'all': ['sku']}, api_client=api_client, callable=__get_item
        )
        def __put_item(self, item, **kwargs):
            kwargs['item'] = item
            return self.call_with_http_info(**kwargs)
        self.put_item = _Endpoint(
            settings={'endpoint_path': '/items', 'operation_id': 'put_item', 'http_method': 'PUT', 'servers': None},
            params_map={'all': ['item']}, api_client=api_client, callable=__put_item
        )
""",
}
METHODS = {
    **CALLABLE,
    "stock_api": """
from api_client import ApiClient, Endpoint as _Endpoint
class StockApi(object):
    def __init__(self, api_client=None):
        if api_client is None:
            api_client = ApiClient()
        self.api_client = api_client
        self.get_item_endpoint = _Endpoint(
            settings={'endpoint_path': '/items/{sku}', 'operation_id': 'get_item', 'http_method': 'GET', 'servers': None},
            params_map={'all': ['sku']}, api_client=api_client
        )
        self.put_item_endpoint = _Endpoint(
            settings={
                'endpoint_path': '/items', 'operation_id': 'put_item', 'http_method': 'PUT', 'servers': [{'url': 'http://depot/v3'}],
            },
            params_map={'all': ['item']}, api_client=api_client
        )
    def get_item(self, sku, **kwargs):
        kwargs['sku'] = sku
        return self.get_item_endpoint.call_with_http_info(**kwargs)
    def put_item(self, item, **kwargs):
        kwargs['item'] = item
        return self.put_item_endpoint.call_with_http_info(**kwargs)
""",
}
PATHS = {
    "configuration": CONFIGURATION,
    "api_client": """
import urllib3
from configuration import Configuration
class ApiClient:
    def __init__(self, configuration=None):
        if configuration is None:
            configuration = Configuration()
        self.configuration = configuration
    def call_api(self, resource_path, method, headers=None, body=None, host=None):
        return urllib3.PoolManager().request(method, (self.configuration.host if host is None else host) + resource_path)
class Api:
    def __init__(self, api_client=None):
        self.api_client = api_client
""",
    "paths": """
class PathValues:
    ITEMS = '/items'
""",
    "put": """
import api_client
from paths import PathValues
class BaseApi(api_client.Api):
    def _put_item_oapg(self, body):
        used_path = PathValues.ITEMS
        return self.api_client.call_api(resource_path=used_path, method='put'.upper(), body=body)
class PutItem(BaseApi):
    def put_item(self, body):
        return self._put_item_oapg(body=body)
class ApiForput(BaseApi):
    def put(self, body):
        return self._put_item_oapg(body=body)
""",
    "stock_api": """
from put import PutItem
class StockApi(PutItem):
    pass
""",
}
ASYNC = {
    **NEW,
    "rest": """
import aiohttp
class RESTClientObject:
    def __init__(self):
        self.pool_manager = None
    async def request(self, method, url, body=None):
        self.pool_manager = self.pool_manager or aiohttp.ClientSession()
        return await self.pool_manager.request(method=method, url=url, data=body)
""",
    "api_client": CLIENT.replace("def call_api", "async def call_api").replace("return self.rest", "return await self.rest")
    + "\nfrom dateutil.parser import parse",
    "stock_api": """
class StockApi:
    def __init__(self, api_client=None):
        self.api_client = api_client
    async def put_item(self, body, _host_index=0):
        _param = self._put_item_serialize(body=body, _host_index=_host_index)
        return await self.api_client.call_api(*_param)
    def _put_item_serialize(self, body, _host_index):
        _hosts = ['http://depot/v3']
        _host = _hosts[_host_index]
        return self.api_client.param_serialize(method='PUT', resource_path='/items', body=body, _host=_host)
""",
}
USING = """
from api_client import ApiClient
from configuration import Configuration
from stock_api import StockApi
"""

FORMS = [
    (NEW, "StockApi(ApiClient(Configuration(host='http://stock:8000/v1'))).get_item('a')", "GET /v1/items/{} at stock:8000"),
    (NEW, "StockApi(ApiClient(Configuration('http://stock'))).get_item_with_http_info('a')", "GET /items/{} at stock"),
    (
        NEW,
        """
        settings = Configuration()
        settings.host = 'http://stock'
        def fetch(sku):
            return StockApi(ApiClient(settings)).get_item(sku)
        """,
        "GET /items/{} at stock",
    ),
    (
        NEW,
        """
        class Gateway:
            def __init__(self):
                self.api = StockApi(ApiClient(Configuration(host='http://stock')))
            def store(self, item):
                return self.api.put_item(item)
        """,
        "PUT /items at stock",
    ),
    (
        OLD,
        """
        settings = Configuration()
        settings.host = 'http://stock/v2'
        def fetch(sku):
            return StockApi(ApiClient(settings)).get_item(sku)
        """,
        "GET /v2/items/{} at stock",
    ),
    (CALLABLE, "StockApi(ApiClient(Configuration(host='http://stock:8000'))).get_item('a')", "GET /items/{} at stock:8000"),
    (
        CALLABLE,
        """
        class Gateway:
            def __init__(self):
                self.api = StockApi(ApiClient(Configuration(host='http://stock')))
            def store(self, item):
                return self.api.put_item(item)
        """,
        "PUT /items at stock",
    ),
    (METHODS, "StockApi(ApiClient(Configuration(host='http://stock'))).get_item('a')", "GET /items/{} at stock"),
    (METHODS, "StockApi(ApiClient(Configuration(host='http://stock'))).put_item({})", "PUT /v3/items at depot"),
    (METHODS, "import os\nStockApi(ApiClient(Configuration(os.environ['STOCK']))).get_item('a')", "GET /items/{}"),
    (METHODS, "StockApi(ApiClient(Configuration())).get_item('a')", "GET /v1/items/{} at localhost"),
    (PATHS, "StockApi(ApiClient(Configuration(host='http://stock'))).put_item({})", "PUT /items at stock"),
    (ASYNC, "async def store():\n    await StockApi(ApiClient(Configuration())).put_item({})", "PUT /v3/items at depot"),
]

LOOK_ALIKES: list[tuple[dict[str, str], str]] = [
    (NEW, "StockApi(ApiClient(Configuration(host='http://stock')))"),
    (NEW, "ApiClient(Configuration(host='http://stock'))"),
    (OLD, "StockApi(ApiClient()).api_client"),
    (CALLABLE, "StockApi(ApiClient(Configuration(host='http://stock')))"),
    (CALLABLE, "print(StockApi(ApiClient(Configuration(host='http://stock'))).get_item)"),
    (METHODS, "StockApi(ApiClient(Configuration(host='http://stock'))).put_item_endpoint"),
    (PATHS, "StockApi(ApiClient(Configuration(host='http://stock')))"),
    (ASYNC, "StockApi(ApiClient(Configuration()))"),
    ({}, "import urllib3\nclass ApiClient:\n    def call_api(self, path, method): ...\nApiClient().call_api('items', 'GET')"),
    ({}, "import urllib3\nclass Api:\n    def call_api(self, path, method): ...\nApi().call_api('/items', 'GET')"),
    ({}, "import urllib3\ndef call_api(path, method): ...\ncall_api('/items', 'GET')"),
]


@pytest.mark.parametrize(("client", "code", "expected"), FORMS)
def test_an_operation_that_is_asked_for_is_a_call(client: dict[str, str], code: str, expected: str) -> None:
    assert sightings(USING, code, **client) == [f"call http {expected}"]


def test_an_endpoint_of_ones_own_says_itself_what_it_calls() -> None:
    code = """
    import urllib3
    class Endpoint:
        def __init__(self, settings):
            self.settings = settings
        def __call__(self):
            return urllib3.PoolManager().request("GET", self.settings["url"])
    orders = Endpoint({"url": "http://orders/open", "endpoint_path": "/items", "http_method": "PUT"})
    orders()
    """
    assert sightings(code) == ["call http GET /open at orders"]


@pytest.mark.parametrize(("client", "code"), LOOK_ALIKES)
def test_what_nobody_asks_for_is_none(client: dict[str, str], code: str) -> None:
    assert sightings(USING if client else "", code, **client) == []
