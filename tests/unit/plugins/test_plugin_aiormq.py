"""aiormq: publishing and consuming on channels, bindings, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import aiormq
from aiormq import spec

async def control():
    channel = await (await aiormq.connect('amqp://broker/')).channel()
    await channel.basic_publish(b'', routing_key='control')

async def on_order(message): ...
"""
CONTROL = "publish amqp control (command)"
CHANNEL = "from aiormq.abc import AbstractChannel\n"

FORMS = [
    (
        CHANNEL + "async def f(c: AbstractChannel):\n    await c.basic_publish(b'', exchange='shop', routing_key='order.placed')",
        "publish amqp shop:order.placed",
    ),
    (
        """
        async def f():
            connection = aiormq.Connection('amqp://broker/')
            await connection.connect()
            channel = await connection.channel()
            await channel.basic_publish(
                b'', exchange='shop', routing_key='order.placed', properties=spec.Basic.Properties(message_type='Placed')
            )
        """,
        "publish amqp shop:order.placed [Placed]",
    ),
    (
        """
        class Bus:
            async def open(self):
                self.channel = await (await aiormq.connect('amqp://broker/')).channel()
            async def send(self, exchange, key):
                await self.channel.basic_publish(b'', exchange=exchange, routing_key=key)
        async def f():
            await Bus().send('shop', 'order.paid')
        """,
        "publish amqp shop:order.paid",
    ),
    (
        CHANNEL + "async def f(c: AbstractChannel):\n    await c.basic_consume('orders', on_order)",
        "subscribe amqp orders by on_order",
    ),
    (
        CHANNEL
        + "async def f(c: AbstractChannel):\n    await c.basic_consume(consumer_callback=on_order, queue='orders', no_ack=True)",
        "subscribe amqp orders by on_order",
    ),
    (CHANNEL + "async def f(c: AbstractChannel):\n    return await c.basic_get('orders')", "subscribe amqp orders by f"),
    (
        CHANNEL
        + """
async def f(c: AbstractChannel):
    declared = await c.queue_declare('orders', durable=True)
    await c.queue_bind(declared.queue, 'shop', 'order.*')
    await c.basic_consume(declared.queue, on_order)
""",
        "subscribe amqp shop:order.* in orders by on_order",
    ),
    (
        CHANNEL
        + """
async def f(c: AbstractChannel):
    answers = await c.queue_declare(exclusive=True)
    await c.basic_publish(b'', routing_key='prices', properties=spec.Basic.Properties(reply_to=answers.queue))
""",
        "call rpc prices over amqp prices",
    ),
    (
        CHANNEL
        + """
async def on_question(message):
    await message.channel.basic_publish(b'', routing_key='answers')
async def f():
    c = await (await aiormq.connect('amqp://broker/')).channel()
    await c.basic_consume('questions', on_question)
""",
        "subscribe amqp questions by on_question",
        "publish amqp answers (command)",
    ),
]
LOOK_ALIKES = [
    CHANNEL + "async def f(c: AbstractChannel):\n    await c.queue_declare('orders')",
    CHANNEL + "async def f(c: AbstractChannel):\n    await c.exchange_declare('shop', exchange_type='topic')",
    CHANNEL + "async def f(c: AbstractChannel):\n    await c.queue_bind('orders', 'shop', 'order.*')",
    CHANNEL + "async def f(c: AbstractChannel):\n    await c.basic_ack(1)",
    CHANNEL + "async def f(c: AbstractChannel):\n    await c.basic_qos(prefetch_count=1)",
    "async def f():\n    await aiormq.connect('amqp://broker/orders')",
    "class Channel:\n    def basic_publish(self, body, routing_key): ...\nChannel().basic_publish(b'', routing_key='orders')",
    "class Queue:\n    def basic_consume(self, queue, callback): ...\nQueue().basic_consume('orders', on_order)",
    "spec.Basic.Properties(reply_to='orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
