"""Apache Pulsar: producers, consumers, readers, functions, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import pulsar
import pulsar.asyncio
client = pulsar.Client("pulsar://broker:6650")
client.create_producer("control").send(b"on")
def on_order(consumer, message): ...
"""
CONTROL = "publish pulsar control"

FORMS = [
    ("client.create_producer('persistent://public/default/orders').send(b'')", "publish pulsar orders"),
    (
        "producer = client.create_producer(topic='orders', producer_name='shop')\nproducer.send_async({'type': 'Placed'}, print)",
        "publish pulsar orders [Placed]",
    ),
    (
        """
        def read():
            consumer = client.subscribe('persistent://public/default/orders', subscription_name='billing')
            while True:
                consumer.acknowledge(consumer.receive())
        """,
        "subscribe pulsar orders in billing by read",
    ),
    (
        "client.subscribe(['orders', 'refunds'], 'billing', message_listener=on_order)",
        "subscribe pulsar orders in billing by on_order",
        "subscribe pulsar refunds in billing by on_order",
    ),
    (
        "def read():\n    client.create_reader('orders', pulsar.MessageId.earliest).read_next()",
        "subscribe pulsar orders by read",
    ),
    (
        """
        async def go():
            client = pulsar.asyncio.Client("pulsar://broker:6650")
            producer = await client.create_producer("orders")
            await producer.send(b"")
        """,
        "publish pulsar orders",
    ),
    (
        """
        import aiopulsar
        async def go(topic):
            async with aiopulsar.connect("pulsar://broker:6650") as client:
                async with client.subscribe(topic, subscription_name="billing") as consumer:
                    while True:
                        await consumer.receive()
        go("orders")
        """,
        "subscribe pulsar orders in billing by go",
    ),
    (
        """
        class Routing(pulsar.Function):
            def process(self, item, context):
                context.publish("persistent://public/default/big", item)
        """,
        "subscribe pulsar ? by Routing.process",
        "publish pulsar big",
    ),
]
LOOK_ALIKES = [
    "client.get_topic_partitions('orders')",
    "client.create_producer('orders')",
    "class Star:\n    def send(self, content): ...\nStar().send(b'')",
    "class Paper:\n    def subscribe(self, topic, name): ...\nPaper().subscribe('orders', 'me')",
    "class Plain:\n    def process(self, item, context):\n        context.publish('orders', item)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
