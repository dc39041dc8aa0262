"""kafka-python: what sends and reads topics, and what only looks like it."""

from __future__ import annotations

from sightings import checks, interactions

SETUP = """
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

producer = KafkaProducer(bootstrap_servers="kafka:9092")
producer.send("control", b"x")
"""
CONTROL = "publish kafka control"

FORMS = [
    ("producer.send('orders', b'x')", "publish kafka orders"),
    ("producer.send(topic='orders', value=b'x', key=b'k')", "publish kafka orders"),
    ("producer.send('orders', value=b'x', headers=[], partition=0).get(timeout=10)", "publish kafka orders"),
    ("producer.send('orders', key=b'k', value=b'x').add_callback(print)", "publish kafka orders"),
    ("producer.send('orders', {'type': 'OrderPlaced', 'id': 1})", "publish kafka orders [OrderPlaced]"),
    ("producer.send(f'orders.{producer}', b'x')", "publish kafka orders.{}"),
    (
        """
        def run():
            for message in KafkaConsumer('orders', 'payments'):
                print(message)
        """,
        "subscribe kafka orders by run",
        "subscribe kafka payments by run",
    ),
    (
        """
        def run():
            for m in KafkaConsumer('orders', group_id='billing', bootstrap_servers='k:9092'):
                print(m)
        """,
        "subscribe kafka orders in billing by run",
    ),
    (
        """
        def run():
            consumer = KafkaConsumer(bootstrap_servers='k')
            consumer.subscribe(['orders', 'payments'])
            consumer.poll()
        """,
        "subscribe kafka orders by run",
        "subscribe kafka payments by run",
    ),
    (
        """
        def run():
            consumer = KafkaConsumer()
            consumer.subscribe(topics=('orders',))
            consumer.poll()
        """,
        "subscribe kafka orders by run",
    ),
    (
        """
        def run():
            consumer = KafkaConsumer(group_id='billing')
            consumer.subscribe(['orders'])
            consumer.poll()
        """,
        "subscribe kafka orders in billing by run",
    ),
    (
        """
        def run():
            consumer = KafkaConsumer()
            consumer.subscribe(pattern='^orders-.*')
            consumer.poll()
        """,
        "subscribe kafka ^orders-.* regex by run",
    ),
    (
        """
        def run():
            consumer = KafkaConsumer()
            consumer.assign([TopicPartition('orders', 0)])
            consumer.poll()
        """,
        "subscribe kafka orders by run",
    ),
    ("from kafka.producer import KafkaProducer as P\nP().send('orders', b'x')", "publish kafka orders"),
    ("import kafka\nkafka.KafkaProducer().send('orders', b'x')", "publish kafka orders"),
    (
        """
        from kafka.consumer.group import KafkaConsumer as C
        def run():
            for m in C('orders'):
                print(m)
        """,
        "subscribe kafka orders by run",
    ),
    (
        """
        class Bus:
            def __init__(self):
                self.out = KafkaProducer()
            def tell(self):
                self.out.send('orders', b'x')
        """,
        "publish kafka orders",
    ),
]

LOOK_ALIKES = [
    "producer.flush()",
    "producer.close()",
    "producer.partitions_for('orders')",
    "producer.metrics()",
    "class Mailer:\n    def send(self, topic, value): ...\nMailer().send('orders', b'x')",
    "import smtplib\nsmtplib.SMTP('mail').sendmail('a', 'b', 'c')",
    "import socket\nsocket.socket().send(b'orders')",
    "def coroutine():\n    x = yield\ncoroutine().send('orders')",
    "TopicPartition('orders', 0)",
    """
    def admin():
        consumer = KafkaConsumer()
        consumer.topics()
        consumer.commit()
        consumer.close()
    """,
    "from kafka.admin import KafkaAdminClient, NewTopic\nKafkaAdminClient().create_topics([NewTopic('orders', 1, 1)])",
    "from socket import socket\nsaved = socket()\nsaved.send(b'orders')",
    "from kafka_helpers import producer as other\nother.send('orders', b'x')",
    "def notify(session):\n    session.send('orders', b'x')",
    "queue = []\nqueue.append('orders')",
    "class Feed:\n    def subscribe(self, topics): ...\nFeed().subscribe(['orders'])",
    "from rx.subject import Subject\nSubject().subscribe(print)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

FACTORY = """
from kafka import KafkaConsumer
def made(topics: list[str], group):
    return KafkaConsumer(*topics, group_id=group)
def built(topic):
    return made([topic], "g")
class Kept:
    def __init__(self, topic):
        self.consumer = made(topics=[topic], group="g")
    def read(self):
        for message in self.consumer: ...
class Local:
    def __init__(self, topic):
        self.topic = topic
    def run(self):
        consumer = made([self.topic], group="g")
        while True:
            consumer.poll()
def once():
    for message in built("c"): ...
Kept("a").read()
Local("b").run()
once()
"""


def test_who_reads_is_told_apart_where_one_function_makes_all_consumers() -> None:
    found = {(i.channel, i.handler.name) for i in interactions(FACTORY) if i.handler is not None}
    assert found == {("a", "Kept.read"), ("b", "Local.run"), ("c", "once")}


def test_a_parameter_of_nobody_is_a_blind_spot() -> None:
    (site,) = interactions("from kafka import KafkaProducer\ndef tell(topic):\n    KafkaProducer().send(topic, b'x')")
    assert (site.channel, site.unreached) == (None, True)
    assert site.unresolved


def test_the_wrapper_reports_the_place_that_names_the_topic() -> None:
    wrapper = "from kafka import KafkaProducer\ndef tell(topic):\n    KafkaProducer().send(topic, b'x')"
    (site,) = interactions(wrapper, "def place():\n    tell('orders')")
    assert (site.channel, site.function, [hop.function for hop in site.via]) == ("orders", "place", ["tell"])
