"""What of a path is an operation and what one of many users of it."""

from __future__ import annotations

import pytest
from sightings import interactions, sightings

CLIENT = """
import requests

class Client:
    def __init__(self, base, realm="main"):
        self.base = base
        self.realm = realm

    def _get(self, path):
        return requests.get(self.base + path)

    def user(self, user):
        return self._get(f"/users/{user}")

    def code(self, user, kind):
        return self._get(f"/users/{user}/{kind}-code?x={kind}")

    def picture(self, kind):
        return requests.get(f"{self.base}/preview.{kind}")

    def any(self, endpoint):
        return requests.get(f"{self.base}/v1/{endpoint}")

    def role(self, name):
        return requests.get(f"{self.base}/realms/{self.realm}/roles/{name}")

    def versioned(self, item, version=None):
        path = f"/items/{item}"
        if version:
            path = f"{path}/versions/{version}"
        return self._get(path)

client = Client("http://stock")
"""
SERVED = """
from fastapi import FastAPI
app = FastAPI()

@app.get({route!r})
def get(): ...
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("client.user('me')", ["/users/{}"]),
        ("for name in ('a', 'b'):\n    client.user(name)", ["/users/{}"]),
        ("client.code('me', 'mail')\nclient.code('you', 'text')", ["/users/{}/{}-code"]),
        ("client.picture('png')", ["/preview.{}"]),
        ("client.any('orders')\nclient.any('users/all')", ["/v1/orders", "/v1/users/all"]),
        ("client.role('admin')", ["/realms/main/roles/{}"]),
        ("client._get('/health')", ["/health"]),
        ("client.versioned(3)\nclient.versioned(3, 1)", ["/items/{}", "/items/{}/versions/{}"]),
        ("requests.get('http://stock/users/me')", ["/users/me"]),
        ("def f(name):\n    requests.get(f'http://stock/{name}')\nf('orders')\nf('users')", ["/orders", "/users"]),
        ("def f(host):\n    requests.get(f'http://{host}/orders')\nf('stock')", ["/orders"]),
    ],
)
def test_parameters_of_a_path_stay_open(code: str, expected: list[str]) -> None:
    only = [s for s in sightings(CLIENT, code) if s.endswith("at stock")]
    assert sorted({s.removeprefix("call http GET ").removesuffix(" at stock") for s in only} & set(expected)) == expected
    called = code.partition("(")[0].removeprefix("client.")
    if called in {"user", "code", "picture", "role"}:
        assert not any(word in s for s in only for word in ("/me", "mail", ".png", "admin"))


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ("/users/me", "/users/me"),
        ("/users/{user}", "/users/{}"),
        ("/users/all", "/users/me"),
        ("/other/me", "/users/{}"),
    ],
)
def test_what_is_served_by_itself_is_an_operation(route: str, expected: str) -> None:
    found = sightings(CLIENT, "client.user('me')", shop=SERVED.format(route=route))
    assert f"call http GET {expected} at stock" in found


SETTINGS = """
import requests
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    orders_api_url: str = ""
    orders_path: str = ""
    topic: str = ""
    stock_url: str = "http://stock"

settings = Settings()
"""


@pytest.mark.parametrize(
    ("url", "setting"),
    [
        ("f'{settings.orders_api_url}/orders'", "orders_api_url"),
        ("settings.orders_api_url + '/orders'", "orders_api_url"),
        ("f'{settings.orders_path}/orders'", None),
        ("f'{settings.topic}/orders'", None),
        ("'/orders'", None),
    ],
)
def test_an_empty_address_leaves_its_name(url: str, setting: str | None) -> None:
    (found,) = interactions(SETTINGS, f"requests.get({url})")
    assert found.endpoint is not None
    assert (found.endpoint.host, found.endpoint.hint) == (None, setting)
    assert found.operation == "GET /orders"


@pytest.mark.parametrize(
    ("number", "path", "expected"),
    [
        (40, "/v1/{name}/logo", {"GET /v1/{}/logo"}),
        (40, "/{name}", {"GET /{}"}),
        (3, "/v1/{name}", {"GET /v1/n0", "GET /v1/n1", "GET /v1/n2"}),
        (40, "/v1/orders?n={name}", {"GET /v1/orders"}),
    ],
)
def test_very_many_paths_of_one_place_are_one_with_a_part_that_varies(number: int, path: str, expected: set[str]) -> None:
    names = [f"n{n}" for n in range(number)]
    loop = f"def go():\n    for name in {names}:\n        requests.get(f'http://stock{path}')\n    requests.get('http://stock/me')"
    assert {i.operation for i in interactions("import requests", loop)} == expected | {"GET /me"}
