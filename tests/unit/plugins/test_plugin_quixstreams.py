"""Quix Streams: data frames, producers and consumers of an application, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from quixstreams import Application
app = Application(broker_address="kafka:9092", consumer_group="totals")
orders = app.topic("orders", value_deserializer="json")
totals = app.topic(name="totals")
with app.get_producer() as out:
    out.produce("control", b"")
"""
CONTROL = "publish kafka control"
_READ = "subscribe kafka orders in totals by <module>"

FORMS = [
    ("frame = app.dataframe(orders)", _READ),
    ("frame = app.dataframe(topic=orders)", _READ),
    (
        """
        frame = app.dataframe(orders)
        frame = frame[frame["price"] > 1].apply(lambda order: order)
        frame["twice"] = frame["price"] * 2
        frame = frame.group_by("customer").update(print)
        frame.to_topic(totals)
        """,
        _READ,
        "publish kafka totals",
    ),
    (
        "def send(producer, row):\n    producer.produce(topic=totals.name, value=row)\nsend(app.get_producer(), b'')",
        "publish kafka totals",
    ),
    (
        """
        def follow():
            with app.get_consumer() as consumer:
                consumer.subscribe(["orders", totals.name])
                while True:
                    consumer.poll(1)
        """,
        "subscribe kafka orders in totals by follow",
        "subscribe kafka totals in totals by follow",
    ),
    ("app.add_source(object(), topic=totals)", "publish kafka totals"),
]
LOOK_ALIKES = [
    "app.add_source(object())",
    "frame = app.dataframe(source=object())",
    "import pandas\npandas.DataFrame().apply(print).to_json('totals')",
    "class Stage:\n    def produce(self, topic, value): ...\nStage().produce('totals', b'')",
    "app.run()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
