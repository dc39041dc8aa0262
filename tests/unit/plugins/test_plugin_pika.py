"""pika: exchanges, routing keys and queues with their bindings, and what only looks like them."""

from __future__ import annotations

from sightings import checks, interactions

SETUP = """
import pika

connection = pika.BlockingConnection(pika.ConnectionParameters("rabbit"))
channel = connection.channel()
channel.basic_publish("shop", "control", b"x")

def on_message(ch, method, properties, body): ...
"""
CONTROL = "publish amqp shop:control"

FORMS = [
    ("channel.basic_publish('shop', 'orders.placed', b'x')", "publish amqp shop:orders.placed"),
    ("channel.basic_publish(exchange='shop', routing_key='orders.placed', body=b'x')", "publish amqp shop:orders.placed"),
    ("channel.basic_publish(exchange='', routing_key='orders', body=b'x')", "publish amqp orders (command)"),
    ("channel.basic_publish(exchange='shop', routing_key='', body=b'x')", "publish amqp shop:shop"),
    (
        "channel.basic_publish('shop', 'orders', b'x', pika.BasicProperties(type='OrderPlaced'))",
        "publish amqp shop:orders [OrderPlaced]",
    ),
    (
        """
        import json
        channel.basic_publish('shop', 'orders', json.dumps({'type': 'OrderPlaced'}))
        """,
        "publish amqp shop:orders [OrderPlaced]",
    ),
    ("channel.basic_publish('', 'orders', b'x', pika.BasicProperties(reply_to='answers'))", "publish amqp orders (command)"),
    (
        """
        def ask():
            mine = channel.queue_declare('', exclusive=True).method.queue
            channel.basic_publish('', 'orders', b'x', pika.BasicProperties(reply_to=mine, correlation_id='1'))
        """,
        "call rpc orders over amqp orders",
    ),
    ("channel.basic_consume('orders', on_message)", "subscribe amqp orders by on_message"),
    (
        "channel.basic_consume(queue='orders', on_message_callback=on_message, auto_ack=True)",
        "subscribe amqp orders by on_message",
    ),
    (
        """
        import functools
        channel.basic_consume('orders', functools.partial(on_message, None))
        """,
        "subscribe amqp orders by on_message",
    ),
    (
        """
        channel.queue_bind('orders', 'shop', 'orders.*')
        channel.basic_consume('orders', on_message)
        """,
        "subscribe amqp shop:orders.* in orders by on_message",
    ),
    (
        """
        channel.queue_bind(queue='orders', exchange='shop', routing_key='a')
        channel.queue_bind('orders', 'shop', 'b')
        channel.basic_consume('orders', on_message)
        """,
        "subscribe amqp shop:a in orders by on_message",
        "subscribe amqp shop:b in orders by on_message",
    ),
    (
        """
        class Listener:
            def __init__(self, key, handler):
                self.key, self.handler = key, handler
        class Client:
            def __init__(self, listeners: list[Listener]):
                self.handlers = {}
                for listener in listeners:
                    self.handlers[listener.key] = listener.handler
            def listen(self):
                declared = channel.queue_declare(queue='', exclusive=True)
                for key in self.handlers:
                    channel.queue_bind(exchange='shop', queue=declared.method.queue, routing_key=key)
                channel.basic_consume(queue=declared.method.queue, on_message_callback=on_message)
        Client([Listener('a', print), Listener('b', print)]).listen()
        """,
        "subscribe amqp shop:a by on_message",
        "subscribe amqp shop:b by on_message",
    ),
    (
        """
        for key in ['a', 'b']:
            own = channel.queue_declare(queue='', exclusive=True).method.queue
            channel.queue_bind(own, 'shop', key)
            channel.basic_consume(own, on_message)
        """,
        "subscribe amqp shop:a by on_message",
        "subscribe amqp shop:b by on_message",
    ),
    (
        """
        import json
        declared = channel.queue_declare(queue='', exclusive=True)
        channel.queue_bind(declared.method.queue, 'shop', json.loads(input())['key'])
        channel.basic_consume(declared.method.queue, on_message)
        """,
        "subscribe amqp shop:? by on_message",
    ),
    (
        """
        class Connector:
            def __init__(self):
                self.channel = pika.BlockingConnection().channel()
            def queue(self, name, key=None):
                made = self.channel.queue_declare(queue=name, durable=True)
                self.channel.queue_bind(exchange='shop', queue=made.method.queue, routing_key=key or made.method.queue)
                return made.method.queue
        connector = Connector()
        orders = connector.queue('orders', 'orders.*')
        stock = connector.queue(name='stock')
        connector.channel.basic_consume(orders, on_message)
        connector.channel.basic_consume(stock, on_message)
        connector.channel.basic_publish('', stock, b'x')
        """,
        "subscribe amqp shop:orders.* in orders by on_message",
        "subscribe amqp shop:stock in stock by on_message",
        "subscribe amqp stock by on_message",
        "publish amqp stock (command)",
    ),
    (
        """
        name = channel.queue_declare('', exclusive=True).method.queue
        for key in ('orders.placed', 'orders.paid'):
            channel.queue_bind(name, 'shop', key)
        channel.basic_consume(name, on_message)
        """,
        "subscribe amqp shop:orders.placed by on_message",
        "subscribe amqp shop:orders.paid by on_message",
    ),
    (
        """
        class Listeners:
            def __init__(self):
                self.handlers = {}
            def add(self, key, handler):
                self.handlers[key] = handler
            def any(self, ch, method, properties, body): ...
            def listen(self):
                own = channel.queue_declare('', exclusive=True)
                for key in self.handlers:
                    channel.queue_bind(exchange='shop', queue=own.method.queue, routing_key=key)
                channel.basic_consume(queue=own.method.queue, on_message_callback=self.any)
        listeners = Listeners()
        listeners.add('orders.placed', on_message)
        listeners.add('orders.paid', on_message)
        listeners.listen()
        """,
        "subscribe amqp shop:orders.placed by Listeners.any",
        "subscribe amqp shop:orders.paid by Listeners.any",
    ),
    (
        """
        for key in ('orders.placed', 'orders.paid'):
            own = channel.queue_declare('', exclusive=True).method.queue
            channel.queue_bind(own, 'shop', key)
        channel.basic_consume(channel.queue_declare('', exclusive=True).method.queue, on_message)
        """,
        "subscribe amqp ? by on_message",
    ),
    (
        """
        import sys
        name = channel.queue_declare('', exclusive=True).method.queue
        for key in sys.argv[1:]:
            channel.queue_bind(name, 'shop', key)
        channel.basic_consume(name, on_message)
        """,
        "subscribe amqp shop:? by on_message",
    ),
    (
        """
        channel.exchange_declare('tasks', 'direct')
        name = channel.queue_declare('', exclusive=True).method.queue
        channel.queue_bind(name, 'tasks')
        channel.basic_consume(name, on_message)
        """,
        "subscribe amqp ? by on_message",
    ),
    (
        """
        channel.exchange_declare('tasks', 'direct')
        name = channel.queue_declare('', exclusive=True).method.queue
        channel.queue_bind(name, 'tasks')
        channel.basic_consume(name, on_message)
        channel.basic_publish('tasks', '', b'x')
        """,
        "subscribe amqp tasks:tasks by on_message",
        "publish amqp tasks:tasks",
    ),
    (
        """
        channel.exchange_declare('tasks', exchange_type='direct')
        channel.queue_bind('orders', 'tasks')
        channel.basic_consume('orders', on_message)
        channel.basic_publish('tasks', 'orders', b'x')
        """,
        "publish amqp tasks:orders",
        "subscribe amqp tasks:orders in orders by on_message",
    ),
    (
        """
        channel.queue_bind('orders', 'anything')
        channel.basic_consume('orders', on_message)
        """,
        "subscribe amqp anything:anything in orders by on_message",
    ),
    (
        """
        channel.exchange_declare('news', 'fanout')
        name = channel.queue_declare('', exclusive=True).method.queue
        channel.queue_bind(name, 'news')
        channel.basic_consume(name, on_message)
        """,
        "subscribe amqp news:news by on_message",
    ),
    (
        """
        channel.exchange_declare(exchange='news', exchange_type='fanout')
        channel.queue_bind('orders', 'news', 'orders')
        channel.basic_consume('orders', on_message)
        channel.basic_publish('news', 'ignored', b'x')
        """,
        "publish amqp news:ignored",
        "subscribe amqp news:ignored in orders by on_message",
    ),
    (
        """
        def run():
            for method, properties, body in channel.consume('orders'):
                print(body)
        """,
        "subscribe amqp orders by run",
    ),
    ("def run():\n    method, properties, body = channel.basic_get('orders')", "subscribe amqp orders by run"),
    (
        """
        class Worker:
            def start(self):
                self.ch = pika.BlockingConnection().channel()
                self.ch.basic_consume('orders', self.work)
            def work(self, ch, method, properties, body): ...
        """,
        "subscribe amqp orders by Worker.work",
    ),
    (
        """
        from pika.adapters.asyncio_connection import AsyncioConnection
        class Reader:
            def connect(self):
                self.connection = AsyncioConnection(pika.ConnectionParameters('rabbit'), on_open_callback=self.on_open)
            def on_open(self, connection):
                connection.channel(on_open_callback=self.on_channel)
            def on_channel(self, own):
                own.exchange_declare('shop', 'topic')
                own.queue_declare('orders')
                for key in ('orders.placed', 'orders.paid'):
                    own.queue_bind('orders', 'shop', key)
                own.basic_consume('orders', on_message_callback=self.on_message)
            def on_message(self, channel, method, properties, body): ...
        """,
        "subscribe amqp shop:orders.placed in orders by Reader.on_message",
        "subscribe amqp shop:orders.paid in orders by Reader.on_message",
    ),
    (
        """
        class Reader:
            def __init__(self):
                self.own = None
            def connect(self):
                return pika.SelectConnection(parameters=None, on_open_callback=self.on_open, on_close_callback=self.on_close)
            def run(self):
                self.connection = self.connect()
                self.connection.ioloop.start()
            def on_open(self, _unused):
                self.connection.channel(on_open_callback=self.on_channel)
            def on_close(self, connection, reason): ...
            def on_channel(self, channel):
                self.own = channel
                self.own.queue_bind('orders', 'shop', routing_key='orders.*', callback=self.on_bound)
            def on_bound(self, frame):
                self.own.basic_consume('orders', self.on_message)
            def on_message(self, channel, method, properties, body): ...
        """,
        "subscribe amqp shop:orders.* in orders by Reader.on_message",
    ),
    ("def opened(ch):\n    ch.basic_consume('orders', on_message)", "subscribe amqp orders by on_message guess"),
    ("def opened(ch):\n    ch.basic_publish('shop', 'orders', b'x')", "publish amqp shop:orders guess"),
    ("def opened(ch: pika.channel.Channel):\n    ch.basic_publish('shop', 'orders', b'x')", "publish amqp shop:orders"),
    (
        """
        from pika.adapters.blocking_connection import BlockingChannel
        def opened(ch: BlockingChannel):
            ch.basic_publish('shop', 'orders', b'x')
        """,
        "publish amqp shop:orders",
    ),
    (
        """
        def work(ch, method, properties, body):
            ch.basic_publish('', properties.reply_to, b'answer')
        channel.basic_consume('orders', work)
        """,
        "subscribe amqp orders by work",
        "publish amqp ? (command)",
    ),
    (
        """
        def work(ch, method, properties, body):
            ch.basic_publish('', properties.reply_to, b'answer')
        channel.basic_consume('orders', work)
        own = channel.queue_declare('', exclusive=True).method.queue
        channel.basic_publish('', 'orders', b'?', pika.BasicProperties(reply_to=own))
        """,
        "subscribe amqp orders by work",
        "call rpc orders over amqp orders",
    ),
    ("channel.basic_consume(on_message, queue='orders')", "subscribe amqp orders by on_message"),
]

LOOK_ALIKES = [
    "channel.queue_declare('orders')",
    "channel.exchange_declare('shop', 'topic')",
    "channel.queue_bind('orders', 'shop', 'orders.*')",
    "channel.basic_ack(1)",
    "channel.basic_nack(1, requeue=True)",
    "channel.basic_qos(prefetch_count=1)",
    "channel.start_consuming()",
    "channel.queue_purge('orders')",
    "channel.queue_delete('orders')",
    "connection.process_data_events()",
    "def pick(menu):\n    menu.consume('orders')",
    "import phones\nphones.channel(on_open_callback=lambda own: own.queue_bind('orders', 'shop', 'a'))",
    "class Api:\n    def publish(self, routing_key, body): ...\nApi().publish('orders', b'x')",
    """
        class Api:
            def basic_publish(self, exchange, key, body): ...
        Api().basic_publish('shop', 'orders', b'x')
        """,
    "pika.BasicProperties(type='OrderPlaced')",
    "pika.PlainCredentials('orders', 'x')",
    "print('orders')",
    "connection.add_callback_threadsafe(print)",
    "connection.call_later(1, print)",
    "def bind(socket):\n    socket.bind('orders')",
    "def get(cache):\n    return cache.basic('orders')",
    "channel.exchange_bind('other', 'shop', 'orders')",
    "channel.confirm_delivery()",
    "channel.close()",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


def test_a_queue_that_is_bound_elsewhere_still_gets_what_is_sent_to_it_by_name() -> None:
    code = """
    channel.queue_bind('orders', 'shop', 'a')
    channel.basic_publish('', 'orders', b'x')
    channel.basic_consume('orders', on_message)
    """
    listened = {(s.exchange, s.channel) for s in interactions(SETUP, code) if s.handler}
    assert listened == {("shop", "a"), (None, "orders")}
