"""CloudEvents: what a message says it is by its envelope's attributes, whatever client library carries it."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
import json
from cloudevents.conversion import to_json
from cloudevents.http import CloudEvent, to_structured as to_request
from cloudevents.kafka import to_binary, to_structured
from kafka import KafkaProducer
producer = KafkaProducer()
PLACED = {"type": "shop.placed", "source": "/shop"}
"""
FOUND, NAMELESS = "publish kafka orders [shop.placed]", "publish kafka orders"

STATED = [
    ("producer.send('orders', to_structured(CloudEvent(PLACED, {'n': 1})).value)", FOUND),
    (
        "m = to_binary(CloudEvent(attributes=PLACED, data={'type': 'other'}))\nproducer.send('orders', key=m.key, value=m.value)",
        FOUND,
    ),
    ("_, body = to_request(CloudEvent(PLACED, {}))\nproducer.send('orders', body)", FOUND),
    ("producer.send('orders', to_json(CloudEvent(PLACED, {})))", FOUND),
    (
        """
        def tell(kind, data):
            event = CloudEvent.create({"type": f"shop.{kind}", "source": "/shop"}, data)
            producer.send("orders", to_binary(event, data_marshaller=json.dumps).value)
        tell("placed", {})
        """,
        FOUND,
    ),
    ("producer.send('orders', to_binary(CloudEvent({'source': '/shop'}, {'type': 'other'})).value)", NAMELESS),
    ("producer.send('orders', make(CloudEvent(PLACED, {})).value)", NAMELESS),
    ("producer.send('orders', CloudEvent.from_dict(PLACED))", NAMELESS),
]


@pytest.mark.parametrize("form", STATED)
def test_the_attributes_say_what_it_is(form: tuple[str, str]) -> None:
    code, expected = form
    assert sightings(SETUP, code) == [expected]
