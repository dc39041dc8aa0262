"""Dapr: the SDK, the sidecar's paths and headers, and what an application answers to its sidecar."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
import json, requests, httpx
from dapr.clients import DaprClient
from dapr.ext.fastapi import DaprApp
from fastapi import FastAPI
app = FastAPI()
SIDE = 'http://localhost:3500'
DaprClient().publish_event('bus', 'control', b'')
"""
CONTROL = "publish dapr control"

FORMS = [
    ("DaprClient().publish_event(pubsub_name='bus', topic_name='orders', data=b'')", "publish dapr orders"),
    ("with DaprClient() as c:\n    c.publish_event('bus', 'orders', b'')", "publish dapr orders"),
    ("@DaprApp(app).subscribe(pubsub='bus', topic='orders')\ndef on_order(e): ...", "subscribe dapr orders by on_order"),
    (
        "def on_order(e): ...\nDaprClient().subscribe_with_handler('bus', 'orders', on_order)",
        "subscribe dapr orders by on_order",
    ),
    ("requests.post(f'{SIDE}/v1.0/publish/bus/orders')", "publish dapr orders"),
    ("httpx.post('%s/v1.0/publish/%s/%s' % (SIDE, 'bus', 'orders'))", "publish dapr orders"),
    ("requests.get(SIDE + '/v1.0/invoke/stock/method/items/3')", "call http GET /items/3 to stock"),
    ("requests.post(SIDE + '/v1.0/invoke/stock/method')", "call http POST / to stock"),
    ("requests.put(SIDE + '/items/3', headers={'dapr-app-id': 'stock'})", "call http PUT /items/3 to stock"),
    ("DaprClient().invoke_method('stock', 'items', http_verb='GET')", "call http GET /items to stock"),
    ("DaprClient().invoke_method(app_id='stock', method_name='items', data=b'')", "call http POST /items to stock"),
    ("wishes = [{'pubsubname': 'bus', 'topic': 'orders', 'route': 'x'}]", "subscribe dapr orders by ?"),
    (
        "wishes = [{'pubsubname': 'bus', 'topic': 'orders', 'route': 'x'}]\n@app.post('/x')\ndef on_order(): ...",
        "subscribe dapr orders by on_order",
        "serve http POST /x by on_order",
    ),
    (
        "wishes = [{'pubsubname': 'b', 'topic': 'orders', 'routes': {'default': '/x'}}]\n@app.post('/x')\ndef on_order(): ...",
        "subscribe dapr orders by on_order",
        "serve http POST /x by on_order",
    ),
]
LOOK_ALIKES = [
    "requests.post(SIDE + '/v1.0/state/store', json=[])",
    "requests.post(SIDE + '/v1.0/bindings/mails', json={})",
    "requests.post(SIDE + '/v1.0-alpha1/jobs/nightly', json={})",
    "requests.post(SIDE + '/v1.0-alpha2/conversation/echo/converse', json={})",
    "requests.post(SIDE + '/v1.0-beta1/workflows/dapr/order/start', json={})",
    "requests.get(SIDE + '/v1.0/secrets/vault/key')",
    "requests.get(SIDE + '/v1.0/healthz')",
    "wish = {'topic': 'orders', 'route': 'x'}",
    "wish = {'pubsubname': 'bus'}",
    "class Bus:\n    def publish_event(self, bus, topic): ...\nBus().publish_event('bus', 'orders')",
    "DaprClient().save_state('store', 'orders', b'')",
    "DaprClient().get_state('store', 'orders')",
]
PLAIN = [
    ("requests.post('http://bus/v1.0/publishers/bus/orders')", "call http POST /v1.0/publishers/bus/orders at bus"),
    ("requests.post('http://bus/publish/bus/orders')", "call http POST /publish/bus/orders at bus"),
    ("requests.get('http://stock/items', headers={'x-app-id': 'stock'})", "call http GET /items at stock"),
]


@pytest.mark.parametrize("form", [*FORMS, *PLAIN])
def test_a_form_is_found(form: tuple[str, ...]) -> None:
    code, *expected = form
    assert sightings(SETUP, code) == sorted([CONTROL, *expected])


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, code) == [CONTROL]
