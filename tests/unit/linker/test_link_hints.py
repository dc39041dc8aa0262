"""The name under which an address is kept goes with it through every text it becomes part of."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config

HEAD = "import os, requests\nfrom pydantic_settings import BaseSettings\n"
SETTINGS = "class S(BaseSettings):\n  orders_url: str = 'http://localhost:1'\n"
CLIENT = "class C:\n  def __init__(self):\n    self.orders_url = 'http://localhost:1'\n"


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("ORDERS_URL = 'http://localhost:1'\nrequests.get(ORDERS_URL + '/x')", "ORDERS_URL"),
        ("ORDERS_URL = 'http://localhost:1'\nrequests.get(f'{ORDERS_URL}/x/{os.getpid()}')", "ORDERS_URL"),
        ("requests.get(os.getenv('ORDERS_URL', 'http://localhost:1') + '/x')", "ORDERS_URL"),
        ("BASE = os.getenv('ORDERS_URL', 'http://localhost:1')\nrequests.get('{}/x'.format(BASE))", "ORDERS_URL"),
        (
            "class S(BaseSettings):\n  orders_url: str = 'http://localhost:1'\nrequests.get(S().orders_url.rstrip('/') + '/x')",
            "orders_url",
        ),
        ("ORDERS_URL = 'http://localhost:1'\nrequests.get((ORDERS_URL + '/x/{}').format(1))", "ORDERS_URL"),
        ("ORDERS_URL = 'http://localhost:1'\nrequests.get((ORDERS_URL + '/x/{}').format(os.getpid()).lower())", "ORDERS_URL"),
        ("ORDERS_PORT = '1'\nrequests.get(f'http://localhost:{ORDERS_PORT}/x')", "ORDERS_PORT"),
        (f"{CLIENT}  def get(self):\n    return requests.get('%s/x' % self.orders_url)", "orders_url"),
        ("def get(url, tail):\n  requests.get(url + tail)\nORDERS_URL = 'http://localhost:1'\nget(ORDERS_URL, '/x')", "ORDERS_URL"),
        ("requests.get('http://localhost:1/x')", None),
        ("greeting = 'http://localhost:1'\nrequests.get(greeting + '/x')", None),
        ("NAMES = {'a': 'http://localhost:1'}\nrequests.get(NAMES['a'] + '/x')", None),
    ],
)
def test_hints(tmp_path: Path, code: str, hint: str | None) -> None:
    (tmp_path / "main.py").write_text(f"{HEAD}{code}\n")
    (call,) = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert call.endpoint is not None
    assert (call.endpoint.host, call.endpoint.port, call.endpoint.hint) == ("localhost", 1, hint)


@pytest.mark.parametrize(
    ("code", "host", "operation"),
    [
        ("requests.get(os.getenv('ORDERS_API_HOST', 'order_api') + '/x')", "order_api", "GET /x"),
        ("ORDERS_HOSTNAME = 'orders.local'\nrequests.get(ORDERS_HOSTNAME + '/x/y')", "orders.local", "GET /x/y"),
        ("ORDERS_HOST = '/orders'\nrequests.get(ORDERS_HOST + '/x')", None, "GET /orders/x"),
        ("ORDERS_BASE = 'orders'\nrequests.get(ORDERS_BASE + '/x')", None, "GET /orders/x"),
        ("requests.get('orders' + '/x')", None, "GET /orders/x"),
    ],
)
def test_a_host_without_a_scheme(tmp_path: Path, code: str, host: str | None, operation: str) -> None:
    (tmp_path / "main.py").write_text(f"{HEAD}{code}\n")
    (call,) = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert call.endpoint is not None
    assert (call.endpoint.host, call.operation) == (host, operation)


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("config.get('ORDERS_URL') + '/x'", "ORDERS_URL"),
        ("config.get('ORDERS_URL', None) + '/x'", "ORDERS_URL"),
        ("f\"{config['web'].get('orders_url').rstrip('/')}/x\"", "orders_url"),
        ("'{}/x'.format(config.get_value('orders_url'))", "orders_url"),
        ("config['orders_url'].strip() + '/x'", "orders_url"),
        ("config.get(name) + '/x'", None),
        ("config.find('orders_url') + '/x'", None),
        ("config.get() + '/x'", None),
    ],
)
def test_what_a_configuration_is_asked_for(tmp_path: Path, url: str, hint: str | None) -> None:
    (tmp_path / "main.py").write_text(f"{HEAD}from lib import config, name\nrequests.get({url})\n")
    (call,) = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert call.endpoint is not None
    assert (call.endpoint.host, call.endpoint.hint, call.operation) == (None, hint, "GET /x")
