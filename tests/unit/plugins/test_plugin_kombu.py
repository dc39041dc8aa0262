"""kombu: producers, consumers, simple queues and mixins over Exchange and Queue objects, and what only looks like them."""

from __future__ import annotations

from sightings import checks, missed

SETUP = """
from kombu import Connection, Consumer, Exchange, Producer, Queue
from kombu.mixins import ConsumerMixin, ConsumerProducerMixin
from kombu.pools import producers

NEWS = Exchange("news", type="topic")
ORDERS = Queue("orders", NEWS, routing_key="orders.placed")
connection = Connection("amqp://rabbit")
Producer(connection, exchange=NEWS).publish({}, routing_key="control")

def on_message(body, message): ...
"""
CONTROL = "publish amqp news:control"
_FOUND = "subscribe amqp news:orders.placed in orders by "

FORMS = [
    ("Producer(connection).publish({}, 'orders.placed', exchange='news')", "publish amqp news:orders.placed"),
    ("Producer(connection).publish(body={}, routing_key='orders.placed', exchange=NEWS)", "publish amqp news:orders.placed"),
    ("Producer(connection, exchange=NEWS, routing_key='orders.placed').publish({})", "publish amqp news:orders.placed"),
    ("Producer(connection, NEWS).publish({'type': 'OrderPlaced'}, 'orders')", "publish amqp news:orders [OrderPlaced]"),
    ("Producer(connection).publish({}, routing_key='orders')", "publish amqp orders (command)"),
    ("connection.Producer().publish({}, 'orders.placed', exchange=NEWS)", "publish amqp news:orders.placed"),
    (
        """
        with connection.Producer(serializer='json') as out:
            out.publish({}, exchange=NEWS, routing_key='a', declare=[NEWS])
        """,
        "publish amqp news:a",
    ),
    (
        """
        with producers[connection].acquire(block=True) as out:
            out.publish({}, exchange=NEWS, routing_key='a')
        """,
        "publish amqp news:a",
    ),
    missed(
        "exchanges and queues bound to a channel are not followed",
        "NEWS(connection.channel()).publish('x', routing_key='orders.placed')",
        "publish amqp news:orders.placed",
    ),
    ("with connection.SimpleQueue('orders') as queue:\n    queue.put({})", "publish amqp orders (command)"),
    (
        """
        def run():
            queue = connection.SimpleQueue('plain')
            message = queue.get(block=True)
        """,
        "subscribe amqp plain by run",
    ),
    ("from kombu.simple import SimpleQueue\nSimpleQueue(connection, 'orders').put({})", "publish amqp orders (command)"),
    ("Consumer(connection, queues=[ORDERS], callbacks=[on_message])", _FOUND + "on_message"),
    ("Consumer(connection.channel(), ORDERS, on_message=on_message)", _FOUND + "on_message"),
    ("connection.Consumer(ORDERS, callbacks=[on_message])", _FOUND + "on_message"),
    (
        """
        with connection.Consumer(queues=[Queue('plain')], on_message=on_message):
            connection.drain_events()
        """,
        "subscribe amqp plain in plain by on_message",
    ),
    (
        """
        consumer = Consumer(connection, [ORDERS])
        consumer.register_callback(on_message)
        consumer.consume()
        """,
        "subscribe amqp news:orders.placed in orders by on_message",
    ),
    (
        """
        class Worker(ConsumerMixin):
            def get_consumers(self, Consumer, channel):
                return [Consumer(queues=[ORDERS], callbacks=[self.work])]
            def work(self, body, message): ...
        """,
        "subscribe amqp news:orders.placed in orders by Worker.work",
    ),
    (
        """
        class Worker(ConsumerProducerMixin):
            def get_consumers(self, Consumer, channel):
                return [Consumer(ORDERS, on_message=self.work)]
            def work(self, message):
                self.producer.publish({}, exchange='news', routing_key='orders.seen')
        """,
        "subscribe amqp news:orders.placed in orders by Worker.work",
        "publish amqp news:orders.seen",
    ),
    (
        """
        class Worker(ConsumerMixin):
            def get_consumers(self, Consumer: Consumer, channel) -> list[Consumer]:
                return [Consumer(queues=[ORDERS], callbacks=[self.work])]
            def work(self, body, message): ...
        """,
        "subscribe amqp news:orders.placed in orders by Worker.work",
    ),
    (
        """
        class Worker(ConsumerMixin):
            def get_consumers(self, make: type[Consumer], channel):
                return [make(queues=[ORDERS], callbacks=[self.work])]
            def work(self, body, message): ...
        """,
        "subscribe amqp news:orders.placed in orders by Worker.work",
    ),
    (
        """
        class Worker:
            def get_consumers(self, consumer: Consumer, channel):
                return [consumer(queues=[ORDERS])]
        """,
    ),
    (
        """
        class Source:
            def __init__(self, key):
                self.key = key
            def queue(self):
                return Queue('all', Exchange('late'), self.key)
        class Worker(ConsumerMixin):
            def __init__(self, source):
                self.source = source
            def get_consumers(self, Consumer, channel):
                return [Consumer([self.source.queue()], callbacks=[self.work])]
            def work(self, body, message): ...
        Worker(Source('orders.late'))
        """,
        "subscribe amqp late:orders.late in all by Worker.work",
    ),
    (
        """
        class Worker(ConsumerMixin):
            def get_consumers(self, Consumer, channel):
                return [Consumer([Queue('', exchange=Exchange('radio', 'fanout'), expires=30.0)], callbacks=[self.work])]
            def work(self, body, message): ...
        """,
        "subscribe amqp radio:radio by Worker.work",
    ),
    (
        """
        RADIO = Exchange('radio', type='fanout')
        Producer(connection).publish({}, exchange=RADIO, routing_key='played')
        Consumer(connection, [Queue(exchange=RADIO)], callbacks=[on_message])
        """,
        "publish amqp radio:played",
        "subscribe amqp radio:played by on_message",
    ),
    missed(
        "bindings in the place of the exchange cannot be told from an exchange",
        """
        from kombu import binding
        MANY = Queue('many', [binding(NEWS, 'a'), binding(NEWS, 'b')])
        Consumer(connection, [MANY], callbacks=[on_message])
        """,
        "subscribe amqp news:a in many by on_message",
        "subscribe amqp news:b in many by on_message",
    ),
    (
        """
        from kombu import binding
        MANY = Queue('many', bindings=[binding(NEWS, routing_key='a')])
        Consumer(connection, [MANY], callbacks=[on_message])
        """,
        "subscribe amqp news:a in many by on_message",
    ),
    missed(
        "exchanges and queues bound to a channel are not followed",
        "ORDERS(connection.channel()).consume(callback=on_message)",
        "subscribe amqp news:orders.placed in orders by on_message",
    ),
    (
        """
        from kombu.messaging import Producer as P
        P(connection).publish({}, exchange='news', routing_key='a')
        """,
        "publish amqp news:a",
    ),
    (
        """
        publish = connection.ensure(Producer(connection), Producer(connection).publish)
        publish({}, exchange='news', routing_key='a')
        """,
        "publish amqp news:a",
    ),
    (
        """
        def ensured(link, out, call, **given):
            call = link.ensure(out, call, max_retries=3)
            call(**given)
        def send(payload, exchange, routing_key):
            with connection.Pool(limit=10).acquire(block=True) as link:
                out = Producer(link.channel(), exchange=exchange)
                ensured(link, out, out.publish, body=payload, routing_key=routing_key)
        class Publisher:
            def __init__(self, exchange):
                self.exchange = exchange
            def created(self, payload):
                send(payload, self.exchange, 'created')
        class OrderPublisher(Publisher):
            def __init__(self):
                super().__init__(NEWS)
        OrderPublisher().created({})
        """,
        "publish amqp news:created",
    ),
    (
        "Producer(connection).publish({}, 'a', exchange=NEWS if connection else Exchange('old'))",
        "publish amqp news:a",
        "publish amqp old:a",
    ),
    (
        "Producer(connection).publish({}, 'a' if connection else 'b', exchange=NEWS if connection else Exchange('old'))",
        "publish amqp ? (command)",
    ),
    (
        """
        from kombu.common import Broadcast
        Consumer(connection, [Broadcast('everyone')], callbacks=[on_message])
        """,
        "subscribe amqp everyone in everyone by on_message",
    ),
]

FORMS += [
    ("Producer(connection, exchange=NEWS).publish({})", "publish amqp news:news"),
    ("Producer(connection, exchange=NEWS).publish({}, routing_key='')", "publish amqp news:news"),
    ("def tell(order):\n    Producer(connection, NEWS).publish({}, routing_key=order.state)", "publish amqp news:?"),
    (
        "def tell(order):\n    Producer(connection, NEWS).publish({}, routing_key=getattr(order, 'state', None))",
        "publish amqp news:?",
    ),
    (
        "def tell(order):\n    Producer(connection, Exchange('all', type='fanout')).publish({}, routing_key=order.state)",
        "publish amqp all:all",
    ),
]
LOOK_ALIKES = [
    "Queue('plain')",
    "Exchange('other', type='direct')",
    "NEWS(connection.channel()).declare()",
    "ORDERS(connection.channel()).declare()",
    "from kombu.common import maybe_declare\nmaybe_declare(ORDERS, connection.channel())",
    "connection.drain_events(timeout=1)",
    "connection.connect()",
    "connection.ensure_connection()",
    "with connection.channel() as channel:\n    pass",
    "import queue\nqueue.SimpleQueue().put('orders')",
    "import queue\nqueue.Queue().get()",
    "import multiprocessing\nmultiprocessing.Queue().put('orders')",
    "from asyncio import Queue as Q\nQ().put_nowait('orders')",
    "def tell(wall):\n    wall.publish({}, 'orders.placed', exchange='news')",
    "class Wall:\n    def publish(self, body, routing_key=None): ...\nWall().publish({}, routing_key='orders')",
    "class Consumer2:\n    def __init__(self, queues): ...\nConsumer2(queues=[ORDERS])",
    "class Worker(ConsumerMixin):\n    def get_consumers(self, Consumer, channel):\n        return []",
    "from kombu.utils.json import dumps\ndumps({'type': 'OrderPlaced'})",
    "from kombu.serialization import register\nregister('yaml', None, None, 'x', 'utf-8')",
    "def got(body, message):\n    message.ack()",
    "def got(body, message):\n    message.reject()",
    "cache = {}\ncache.get('orders')",
    "def put(s3):\n    s3.put({'orders': 1})",
    "Producer(connection).revive(None)",
    "str(ORDERS.name)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
