"""pgmq, pykafka and eventiq, and what only looks like them."""

from __future__ import annotations

from sightings import checks_of_each

PGMQ = """
import psycopg
from pgmq import PGMQueue
from sqlalchemy import text
from sqlalchemy.orm import Session
queue = PGMQueue(host='db')
"""
PYKAFKA = """
from pykafka import KafkaClient
client = KafkaClient(hosts='kafka:9092')
"""
EVENTIQ = """
from eventiq import CloudEvent, ConsumerGroup, Service
service = Service(name='shop', broker=None)
group = ConsumerGroup()
class Placed(CloudEvent): ...
"""
FORMS = [
    (PGMQ, "queue.send('jobs', {})", "publish pgmq jobs (command)"),
    (PGMQ, "queue.send_batch('jobs', [{}])", "publish pgmq jobs (command)"),
    (PGMQ, "def f():\n    queue.read('jobs', vt=30)", "subscribe pgmq jobs (command) by f"),
    (PGMQ, "def f():\n    queue.pop(queue='jobs')", "subscribe pgmq jobs (command) by f"),
    (
        PGMQ,
        "from tembo_pgmq_python.async_queue import PGMQueue as Q\nasync def f():\n    await Q().read_with_poll('jobs')",
        "subscribe pgmq jobs (command) by f",
    ),
    (
        PGMQ,
        "def f(c: psycopg.Connection):\n    c.execute(\"SELECT pgmq.send('jobs', %s)\", ['x'])",
        "publish pgmq jobs (command)",
    ),
    (
        PGMQ,
        "def f(c: psycopg.Connection):\n    c.execute('SELECT * FROM pgmq.read(%s, 30, 1)', ['jobs'])",
        "subscribe pgmq jobs (command) by f",
    ),
    (
        PGMQ,
        "def f(s: Session):\n    s.execute(text('SELECT * FROM pgmq.pop(:queue_name)'), {'queue_name': 'jobs'})",
        "subscribe pgmq jobs (command) by f",
    ),
    (
        PGMQ,
        "import asyncpg\nasync def f(c: asyncpg.Connection):\n    await c.fetch('SELECT pgmq.send($1, $2)', 'jobs', 'x')",
        "publish pgmq jobs (command)",
    ),
    (PYKAFKA, "client.topics['orders'].get_sync_producer().produce(b'x')", "publish kafka orders"),
    (PYKAFKA, "with client.topics[b'orders'].get_producer() as p:\n    p.produce(b'x')", "publish kafka orders"),
    (
        PYKAFKA,
        """
        class Reader:
            def __init__(self):
                self.consumer = client.topics['orders'].get_simple_consumer(consumer_group='g')
            def run(self):
                for message in self.consumer: print(message.value)
        Reader().run()
        """,
        "subscribe kafka orders in g by Reader.run",
    ),
    (
        EVENTIQ,
        "@service.subscribe(topic='orders.placed')\nasync def on(message: Placed): ...",
        "subscribe eventiq orders.placed [Placed] by on",
    ),
    (EVENTIQ, "@group.subscribe(topic='orders.*')\nasync def on(message): ...", "subscribe eventiq orders.* by on"),
    (
        EVENTIQ,
        "async def f():\n    await service.send({}, Placed, topic='orders.placed')",
        "publish eventiq orders.placed [Placed]",
    ),
    (
        EVENTIQ,
        "async def f():\n    await service.publish(Placed(data=1), 'orders.placed')",
        "publish eventiq orders.placed [Placed]",
    ),
]
LOOK_ALIKES = [
    (PGMQ, "queue.create_queue('jobs')"),
    (PGMQ, "queue.delete('jobs', 1)"),
    (PGMQ, "def f(c: psycopg.Connection):\n    c.execute(\"SELECT pgmq.create('jobs')\")"),
    (PGMQ, "def f(c: psycopg.Connection):\n    c.execute(\"SELECT read('jobs')\")"),
    (PGMQ, "class Mail:\n    def send(self, queue): ...\nMail().send('jobs')"),
    (PYKAFKA, "client.topics['orders']"),
    (PYKAFKA, "client.topics['orders'].get_partition_offsets()"),
    (EVENTIQ, "service.add_middleware(object)"),
    (EVENTIQ, "class Group:\n    def subscribe(self, topic): ...\nGroup().subscribe('orders')"),
]
test_a_form_is_found, test_a_look_alike_is_not = checks_of_each(FORMS, LOOK_ALIKES)
