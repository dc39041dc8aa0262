"""AMQPStorm: publishing by channel and by message, consuming, bindings, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import amqpstorm
from amqpstorm import Connection, Message, UriConnection

connection = UriConnection('amqp://broker/')
channel = connection.channel()
channel.basic.publish('on', 'control')
def on_order(message): ...
"""
CONTROL = "publish amqp control (command)"

FORMS = [
    (
        "channel.basic.publish(body='{}', routing_key='order.placed', exchange='shop')",
        "publish amqp shop:order.placed",
    ),
    (
        "channel.basic.publish('{}', 'order.placed', 'shop', properties={'message_type': 'Placed'})",
        "publish amqp shop:order.placed [Placed]",
    ),
    (
        "Message.create(channel, 'x', {'content_type': 'text/plain'}).publish('order.placed', exchange='shop')",
        "publish amqp shop:order.placed",
    ),
    (
        """
        with Connection('broker', 'guest', 'guest') as other, other.channel() as mine:
            message = Message.create(mine, body='{}')
            message.publish('orders')
        """,
        "publish amqp orders (command)",
    ),
    (
        """
        class Bus:
            def __init__(self):
                self.channel = amqpstorm.Connection('broker', 'guest', 'guest').channel()
            def send(self, exchange, key):
                self.channel.basic.publish(body='', routing_key=key, exchange=exchange)
        Bus().send('shop', 'order.paid')
        """,
        "publish amqp shop:order.paid",
    ),
    ("channel.basic.consume(on_order, 'orders', no_ack=False)", "subscribe amqp orders by on_order"),
    ("channel.basic.consume(queue='orders', callback=on_order)", "subscribe amqp orders by on_order"),
    (
        """
        def run():
            channel.basic.consume(queue='orders')
            for message in channel.build_inbound_messages():
                message.ack()
        """,
        "subscribe amqp orders by run",
    ),
    ("def run():\n    return channel.basic.get('orders')", "subscribe amqp orders by run"),
    (
        """
        channel.queue.declare('orders')
        channel.queue.bind(queue='orders', exchange='shop', routing_key='order.*')
        channel.basic.consume(on_order, 'orders')
        """,
        "subscribe amqp shop:order.* in orders by on_order",
    ),
    (
        """
        class Asker:
            def __init__(self):
                self.answers = channel.queue.declare(exclusive=True)['queue']
            def ask(self):
                message = Message.create(channel, 'x')
                message.reply_to = self.answers
                message.publish(routing_key='prices')
        """,
        "call rpc prices over amqp prices",
    ),
    (
        """
        answers = channel.queue.declare(exclusive=True)['queue']
        channel.basic.publish('x', 'prices', properties={'reply_to': answers})
        """,
        "call rpc prices over amqp prices",
    ),
    (
        """
        def on_question(message):
            message.channel.basic.publish('yes', 'answers')
        channel.basic.consume(on_question, 'questions')
        """,
        "subscribe amqp questions by on_question",
        "publish amqp answers (command)",
    ),
]
LOOK_ALIKES = [
    "channel.exchange.declare('shop', 'topic')",
    "channel.queue.declare('orders')",
    "Message.create(channel, 'x')",
    """
    class Basic:
        def publish(self, body, routing_key): ...
    class Mine:
        basic = Basic()
    Mine().basic.publish('x', 'orders')
    """,
    "class Letter:\n    def publish(self, key): ...\nLetter().publish('orders')",
    "channel.start_consuming()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
