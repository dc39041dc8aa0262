"""Knative: requests to the addresses of brokers, channels and sinks are publications."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
import json, requests, httpx
from cloudevents.http import CloudEvent, to_binary, to_structured
BROKER = 'http://broker-ingress.knative-eventing.svc.cluster.local/shop/main'
"""

EVENT = "CloudEvent({'type': 'order.placed', 'source': 'x'}, {})"
FORMS = [
    ("requests.post(BROKER, data=b'')", "publish knative main"),
    ("requests.post(BROKER, headers={'ce-type': 'order.placed'}, json={})", "publish knative main [order.placed]"),
    ("httpx.post(BROKER, headers={'Ce-Type': 'order.placed', 'Ce-Id': '1'})", "publish knative main [order.placed]"),
    (
        f"headers, body = to_binary({EVENT})\nrequests.post(BROKER, headers=headers, data=body)",
        "publish knative main [order.placed]",
    ),
    (
        f"headers, body = to_structured({EVENT})\nrequests.post(BROKER, data=body)",
        "publish knative main [order.placed]",
    ),
    ("requests.post('http://kafka-broker-ingress.knative-eventing/shop/main')", "publish knative main"),
    ("requests.post('http://kafka-sink-ingress.knative-eventing.svc/shop/letters/')", "publish knative letters"),
    ("requests.post('http://news-kn-channel.shop.svc.cluster.local')", "publish knative news"),
]
LOOK_ALIKES = [
    ("requests.post('http://broker-ingress.elsewhere/shop/main')", "call http POST /shop/main at broker-ingress.elsewhere"),
    (
        "requests.post('http://x/broker-ingress.knative-eventing/shop/main')",
        "call http POST /broker-ingress.knative-eventing/shop/main at x",
    ),
    (
        "requests.post('http://broker-ingress.knative-eventing/metrics')",
        "call http POST /metrics at broker-ingress.knative-eventing",
    ),
    (
        "requests.post('http://broker-ingress.knative-eventings/shop/main')",
        "call http POST /shop/main at broker-ingress.knative-eventings",
    ),
    ("requests.post('http://news-kn-channels.shop')", "call http POST / at news-kn-channels.shop"),
]


@pytest.mark.parametrize(("code", "expected"), FORMS + LOOK_ALIKES)
def test_forms(code: str, expected: str) -> None:
    assert sightings(SETUP + code) == [expected]
