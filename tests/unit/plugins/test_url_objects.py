"""Addresses that objects of libraries hold, change and give."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
import httpx, requests
from urllib.parse import urlparse, urlsplit
from yarl import URL
import outside
"""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("httpx.URL('http://stock:80/api/').join('items')", "GET /api/items at stock:80"),
        ("httpx.URL('http://stock:80/api/').join('/items')", "GET /items at stock:80"),
        ("httpx.URL('http://stock/api').copy_with(path='/items')", "GET /items at stock"),
        ("httpx.URL('http://stock').copy_with(raw_path=b'/items')", "GET /items at stock"),
        ("httpx.URL('http://stock/items').copy_merge_params({'a': 1})", "GET /items at stock"),
        ("URL('http://stock/api').with_path('/items')", "GET /items at stock"),
        ("URL('http://stock/api').with_path('items')", "GET /items at stock"),
        ("URL('http://stock').with_path(f'/items/{number()}')", "GET /items/{} at stock"),
        ("URL('http://stock/api/').join(URL('items'))", "GET /api/items at stock"),
        ("URL('http://stock/items').with_query(a=1)", "GET /items at stock"),
        ("URL('http://stock').with_path('/items').update_query({'a': 1}).human_repr()", "GET /items at stock"),
        ("urlsplit('http://stock/api').geturl()", "GET /api at stock"),
        ("urlsplit('http://stock/api')._replace(path='/items').geturl()", "GET /items at stock"),
        ("urlparse('http://stock/api')._replace(path='items', query='a=b').geturl()", "GET /items at stock"),
        ("urlparse('http://stock/items')._replace(query='')._replace(fragment='').geturl()", "GET /items at stock"),
    ],
)
def test_an_address_goes_on(url: str, expected: str) -> None:
    assert sightings(SETUP, f"requests.get({url})") == [f"call http {expected}"]
    assert sightings(SETUP, f"url = {url}\nhttpx.get(str(url))") == [f"call http {expected}"]


@pytest.mark.parametrize(
    "url",
    [
        "urlsplit('http://stock/api')._replace(netloc=host()).geturl()",
        "outside.split('http://stock/api')._replace(path='/items').geturl()",
        "URL('http://stock/api').with_path(*parts())",
        "URL('http://stock/api').with_host('shop')",
        "httpx.URL('http://stock/api').copy_with(host='shop')",
        "httpx.URL('http://stock/api').copy_with(host='shop', path='/items')",
        "'/'.join('items')",
    ],
)
def test_what_is_not_known_is_not_made_up(url: str) -> None:
    (found,) = sightings(SETUP, f"requests.get({url})")
    assert "stock" not in found


def test_texts_are_joined_as_ever() -> None:
    assert sightings(SETUP, "requests.get('/'.join(['http://stock', 'items']))") == ["call http GET /items at stock"]
