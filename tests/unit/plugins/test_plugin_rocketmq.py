"""RocketMQ: producers and consumers of both generations of its client, and what only looks like them."""

from __future__ import annotations

import pytest
from sightings import checks, sightings

SETUP = """
from rocketmq.client import ConsumeStatus, Message, Producer, PushConsumer, TransactionMQProducer
producer = Producer('shop')
producer.set_name_server_address('broker:9876')
producer.send_sync(Message('control'))
def on_order(message):
    return ConsumeStatus.CONSUME_SUCCESS
"""
CONTROL = "publish rocketmq control"

FORMS = [
    (
        """
        message = Message('orders')
        message.set_keys('7')
        message.set_tags('placed')
        message.set_body('{}')
        producer.send_oneway(message)
        """,
        "publish rocketmq orders [placed]",
    ),
    ("producer.send_orderly_with_sharding_key(Message('orders'), '7')", "publish rocketmq orders"),
    (
        """
        class Bus:
            def __init__(self, group):
                self.producer = Producer(group)
            def send(self, topic, body):
                message = Message(topic)
                message.set_body(body)
                return self.producer.send_sync(message)
        Bus('shop').send('orders', '{}')
        """,
        "publish rocketmq orders",
    ),
    (
        "TransactionMQProducer('shop', print).send_message_in_transaction(Message('orders'), print)",
        "publish rocketmq orders",
    ),
    ("PushConsumer('billing').subscribe('orders', on_order)", "subscribe rocketmq orders in billing by on_order"),
    (
        "consumer = PushConsumer(group_id='billing')\nconsumer.subscribe(topic='orders', callback=on_order, expression='placed')",
        "subscribe rocketmq orders in billing by on_order",
    ),
]
LOOK_ALIKES = [
    "Message('orders').set_tags('placed')",
    "producer.start()",
    "PushConsumer('billing').set_thread_count(2)",
    "class Post:\n    def send_sync(self, message): ...\nPost().send_sync(Message('orders'))",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

NEW = """
from rocketmq.v5.client import ClientConfiguration
from rocketmq.v5.consumer import MessageListener, PushConsumer, SimpleConsumer
from rocketmq.v5.model import FilterExpression, Message
from rocketmq.v5.producer import Producer
config = ClientConfiguration('broker:8081', None)
class Billing(MessageListener):
    def consume(self, message): ...
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            """
            message = Message()
            message.topic = 'orders'
            message.tag = 'placed'
            message.body = b''
            Producer(config, ('orders',)).send(message)
            """,
            ["publish rocketmq orders [placed]"],
        ),
        (
            "PushConsumer(config, 'billing', Billing(), {'orders': FilterExpression('*')})",
            ["subscribe rocketmq orders in billing by Billing.consume"],
        ),
        (
            """
            def run():
                consumer = SimpleConsumer(config, 'billing')
                consumer.subscribe('orders')
                for message in consumer.receive(32, 15):
                    consumer.ack(message)
            """,
            ["subscribe rocketmq orders in billing by run"],
        ),
        (
            """
            def run():
                consumer = SimpleConsumer(config, 'billing', {'orders': FilterExpression()})
                return consumer.receive(32, 15)
            """,
            ["subscribe rocketmq orders in billing by run"],
        ),
        ("Producer(config, ('orders',)).startup()", []),
        ("SimpleConsumer(config, 'billing')", []),
        ("Message().topic = 'orders'", []),
    ],
)
def test_the_newer_client_is_known(code: str, expected: list[str]) -> None:
    assert sightings(NEW, code) == expected
