"""Generated OpenAPI clients: operations count where code outside the client asks for them, at the host of its settings."""

from __future__ import annotations

import pytest
from sightings import sightings

CONFIGURATION = """
class Configuration:
    def __init__(self, host=None):
        self._base_path = "http://localhost/v1" if host is None else host
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
]

LOOK_ALIKES: list[tuple[dict[str, str], str]] = [
    (NEW, "StockApi(ApiClient(Configuration(host='http://stock')))"),
    (NEW, "ApiClient(Configuration(host='http://stock'))"),
    (OLD, "StockApi(ApiClient()).api_client"),
    ({}, "import urllib3\nclass ApiClient:\n    def call_api(self, path, method): ...\nApiClient().call_api('items', 'GET')"),
    ({}, "import urllib3\nclass Api:\n    def call_api(self, path, method): ...\nApi().call_api('/items', 'GET')"),
    ({}, "import urllib3\ndef call_api(path, method): ...\ncall_api('/items', 'GET')"),
]


@pytest.mark.parametrize(("client", "code", "expected"), FORMS)
def test_an_operation_that_is_asked_for_is_a_call(client: dict[str, str], code: str, expected: str) -> None:
    assert sightings(USING, code, **client) == [f"call http {expected}"]


@pytest.mark.parametrize(("client", "code"), LOOK_ALIKES)
def test_what_nobody_asks_for_is_none(client: dict[str, str], code: str) -> None:
    assert sightings(USING if client else "", code, **client) == []
