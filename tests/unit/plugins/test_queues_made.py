"""Queues and subscriptions that code makes, with or without an end for messages that nobody can handle, and messages that are
refused for good."""

from __future__ import annotations

from keeping import checks

SETUP = """
import aio_pika
import aiormq
import amqpstorm
import kombu
import nats
import pika
from faststream.rabbit import RabbitBroker, RabbitQueue
from google.cloud import pubsub_v1
from nats.js.api import ConsumerConfig

DEAD = {"x-dead-letter-exchange": "dead"}
channel = pika.BlockingConnection().channel()
other = amqpstorm.Connection("localhost", "a", "b").channel()
subscriber = pubsub_v1.SubscriberClient()
broker = RabbitBroker()
tidy = RabbitBroker(middlewares=[print])

def given(arguments): ...
"""
AIO = "async def run(channel: aio_pika.abc.AbstractChannel):\n    "
JS = "async def run():\n    js = (await nats.connect()).jetstream()\n    "
RMQ = "async def run(channel: aiormq.abc.AbstractChannel, message: aiormq.abc.DeliveredMessage):\n    "
RECEIVED = "async def on_order(message: aio_pika.abc.AbstractIncomingMessage):\n    "
FORMS: list[tuple[str, ...]] = [
    ("channel.queue_declare('orders')", "make orders"),
    ("channel.queue_declare(queue='orders', durable=True, arguments={'x-message-ttl': 5})", "make orders"),
    ("def run(name):\n    channel.queue_declare(name)", "make"),
    ("channel.queue_declare('orders', arguments={'x-delivery-limit': 5})", "make orders ends"),
    ("channel.queue_declare('orders', False, True, False, False, DEAD)", "make orders ends"),
    ("def run(given):\n    channel.queue_declare('orders', arguments=given)", "make orders ends"),
    ("channel.queue_declare('orders', arguments={**DEAD, 'x-message-ttl': 5})", "make orders ends"),
    (f"{AIO}await channel.declare_queue('orders', durable=True)", "make orders"),
    (f"{AIO}await channel.declare_queue('orders', arguments=DEAD)", "make orders ends"),
    (f"{RMQ}await channel.queue_declare('orders', durable=True)", "make orders"),
    (f"{RMQ}await channel.queue_declare('orders', arguments=DEAD)", "make orders ends"),
    (f"{RMQ}await channel.basic_consume('orders', given, no_ack=True)", "take"),
    (f"{RMQ}await message.channel.basic_reject(1, requeue=False)", "refuse"),
    ("kombu.Queue('orders', kombu.Exchange('e'), 'order.*')", "make orders"),
    ("kombu.Queue('orders', queue_arguments=DEAD)", "make orders ends"),
    ("other.queue.declare('orders')", "make orders"),
    ("other.queue.declare('orders', arguments=DEAD)", "make orders ends"),
    ("@broker.subscriber('orders')\nasync def on(body): ...", "make orders"),
    ("@broker.subscriber(RabbitQueue('orders', arguments=DEAD))\nasync def on(body): ...", "make orders ends"),
    ("@tidy.subscriber('orders')\nasync def on(body): ...", "make orders ends"),
    (f"{JS}await js.subscribe('orders', durable='billing')", "make"),
    (f"{JS}await js.pull_subscribe('orders', 'billing', config=ConsumerConfig(ack_wait=5))", "make"),
    (f"{JS}await js.pull_subscribe('orders', 'billing', config=ConsumerConfig(max_deliver=5))", "make ends"),
    ("subscriber.create_subscription(request={'name': 'projects/p/subscriptions/orders', 'topic': 't'})", "make orders"),
    ("subscriber.create_subscription(name=subscriber.subscription_path('p', 'orders'), topic='t')", "make orders"),
    ("subscriber.create_subscription(request={'name': 'orders', 'dead_letter_policy': {}})", "make orders ends"),
    ("def on(ch, method, props, body):\n    ch.basic_nack(method.delivery_tag, requeue=False)", "refuse"),
    ("def on(ch, method, props, body):\n    ch.basic_reject(method.delivery_tag, False)", "refuse"),
    (f"{RECEIVED}await message.reject()", "refuse"),
    (f"{RECEIVED}await message.nack(requeue=False)", "refuse"),
    ("def on(body, message):\n    message.reject()", "refuse guess"),
    ("def on(message: amqpstorm.Message):\n    message.reject(requeue=False)", "refuse"),
]
LOOK_ALIKES = [
    "channel.queue_declare('orders', passive=True)",
    "channel.queue_declare('orders', exclusive=True)",
    "channel.queue_declare('orders', auto_delete=True)",
    "channel.exchange_declare('orders')",
    f"{AIO}await channel.declare_queue('orders', exclusive=True)",
    f"{AIO}await channel.get_queue('orders')",
    f"{RMQ}await channel.queue_declare('orders', auto_delete=True)",
    f"{RMQ}await channel.basic_nack(1)",
    "kombu.Queue('orders', auto_delete=True)",
    "kombu.Queue('orders', no_declare=True)",
    "other.queue.declare('orders', passive=True)",
    "@broker.subscriber(RabbitQueue('orders', auto_delete=True))\nasync def on(body): ...",
    "@broker.publisher('orders')\nasync def on(body): ...",
    f"{JS}await js.subscribe('orders')",
    f"{JS}await js.subscribe('orders', durable='billing', ordered_consumer=True)",
    f"{JS}await js.publish('orders', b'')",
    "subscriber.create_snapshot(request={'name': 'orders'})",
    "def on(ch, method, props, body):\n    ch.basic_nack(method.delivery_tag)",
    "def on(ch, method, props, body):\n    ch.basic_ack(method.delivery_tag)",
    f"{RECEIVED}await message.reject(requeue=True)",
    f"{RECEIVED}await message.ack()",
    "def on(body, message):\n    message.ack()",
    "def on(body, order):\n    order.reject()",
]

test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
