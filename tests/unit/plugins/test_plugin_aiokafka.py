"""aiokafka: what sends and reads topics, and what only looks like it."""

from __future__ import annotations

from sightings import checks

SETUP = """
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

producer = AIOKafkaProducer(bootstrap_servers="kafka:9092")

async def control():
    await producer.send_and_wait("control", b"x")
"""
CONTROL = "publish kafka control"

FORMS = [
    *(
        (
            f"""
            class Listener:
                def __init__(self, topics, group):
                    self.topics = topics
                    self.group = group
                async def start(self):
                    self.consumer = AIOKafkaConsumer({given}, group_id=self.group)
                    async for message in self.consumer:
                        await self.handle(message)
            class Orders(Listener):
                def __init__(self, name, **rest):
                    super().__init__(**rest)
                async def handle(self, message): ...
            async def main():
                await Orders("x", topics={topics}, group="g").start()
            """,
            *(f"subscribe kafka {topic} in g by Listener.start" for topic in expected),
        )
        for given, topics, expected in (
            ("*self.topics", "['orders', 'bills']", ("bills", "orders")),
            ("*self.topics", "('orders',)", ("orders",)),
            ("'first', *self.topics", "['orders']", ("first", "orders")),
            ("*self.topics", "input()", ("?",)),
        )
    ),
    ("async def tell():\n    await producer.send('orders', b'x', b'k')", "publish kafka orders"),
    ("async def tell():\n    await producer.send_and_wait(topic='orders', value=b'x')", "publish kafka orders"),
    (
        """
        async def tell():
            await producer.send_and_wait('orders', {'event': 'OrderPlaced'})
        """,
        "publish kafka orders [OrderPlaced]",
    ),
    (
        """
        async def tell():
            batch = producer.create_batch()
            await producer.send_batch(batch, 'orders', partition=0)
        """,
        "publish kafka orders",
    ),
    (
        """
        async def tell():
            async with AIOKafkaProducer() as out:
                await out.send('orders', b'x')
        """,
        "publish kafka orders",
    ),
    (
        """
        async def tell():
            async with producer.transaction():
                await producer.send('orders', b'x')
        """,
        "publish kafka orders",
    ),
    (
        """
        async def run():
            async for m in AIOKafkaConsumer('orders', 'payments', group_id='billing'):
                print(m)
        """,
        "subscribe kafka orders in billing by run",
        "subscribe kafka payments in billing by run",
    ),
    (
        """
        async def run():
            consumer = AIOKafkaConsumer('orders')
            await consumer.start()
            await consumer.getone()
        """,
        "subscribe kafka orders by run",
    ),
    (
        """
        async def run():
            consumer = AIOKafkaConsumer('orders')
            await consumer.getmany(timeout_ms=100)
        """,
        "subscribe kafka orders by run",
    ),
    (
        """
        async def run():
            consumer = AIOKafkaConsumer(group_id='billing')
            consumer.subscribe(['orders'])
            await consumer.getone()
        """,
        "subscribe kafka orders in billing by run",
    ),
    (
        """
        async def run():
            consumer = AIOKafkaConsumer()
            consumer.subscribe(pattern='^orders-.*')
            await consumer.getone()
        """,
        "subscribe kafka ^orders-.* regex by run",
    ),
    (
        """
        TOPICS = ['orders', 'payments']
        async def run():
            async for m in AIOKafkaConsumer(*TOPICS):
                print(m)
        """,
        "subscribe kafka orders by run",
        "subscribe kafka payments by run",
    ),
    (
        """
        from aiokafka.structs import TopicPartition
        async def run():
            consumer = AIOKafkaConsumer()
            consumer.assign([TopicPartition('orders', 0)])
            await consumer.getone()
        """,
        "subscribe kafka orders by run",
    ),
    (
        """
        from aiokafka.producer.producer import AIOKafkaProducer as P
        async def tell():
            await P().send('orders', b'x')
        """,
        "publish kafka orders",
    ),
]

LOOK_ALIKES = [
    """
    async def other():
        await producer.start()
        await producer.flush()
        await producer.stop()
    """,
    "async def other():\n    await producer.partitions_for('orders')",
    "async def other(ws):\n    await ws.send('orders')",
    """
    import pipes_of_ours
    async def other():
        async with pipes_of_ours.opened('x') as ws:
            await ws.send('orders')
    """,
    """
    class Radio:
        async def send_and_wait(self, topic, value): ...
    async def other():
        await Radio().send_and_wait('orders', b'x')
    """,
    """
    async def other():
        consumer = AIOKafkaConsumer()
        await consumer.commit()
        await consumer.stop()
    """,
    "async def other():\n    await AIOKafkaConsumer().topics()",
    "async def other(send):\n    await send({'type': 'http.response.start'})",
    "async def other(scope, receive, send):\n    message = await receive()",
    """
    import asyncio
    queue = asyncio.Queue()
    async def other():
        await queue.put('orders')
    """,
    "from aiokafka.admin import AIOKafkaAdminClient, NewTopic\nAIOKafkaAdminClient().create_topics([NewTopic('orders', 1, 1)])",
    "from aiokafka.helpers import create_ssl_context\ncreate_ssl_context()",
    "async def other():\n    producer.create_batch().append(key=b'k', value=b'orders', timestamp=None)",
    "async def other(stream):\n    await stream.send_batch([], 'orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
