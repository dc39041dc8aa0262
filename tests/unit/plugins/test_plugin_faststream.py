"""FastStream: brokers and routers of every backend, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from faststream import FastStream
from faststream.confluent import KafkaBroker as ConfluentBroker
from faststream.kafka import KafkaBroker, KafkaRouter
from faststream.mqtt import MQTTBroker
from faststream.nats import NatsBroker, NatsRouter
from faststream.rabbit import RabbitBroker, RabbitExchange, RabbitQueue, RabbitRouter
from faststream.redis import ListSub, PubSub, RedisBroker, RedisRouter, StreamSub

kafka, confluent, mqtt, nats = KafkaBroker("k"), ConfluentBroker("k"), MQTTBroker("m"), NatsBroker("n")
rabbit, redis = RabbitBroker("r"), RedisBroker("r")

@kafka.subscriber("control")
async def control(message): ...
"""
CONTROL = "subscribe kafka control by control"
_F = "\nasync def got(message): ..."

FORMS = [
    (
        """
        @kafka.subscriber('orders', 'payments', group_id='billing')
        async def got(message): ...
        """,
        "subscribe kafka orders in billing by got",
        "subscribe kafka payments in billing by got",
    ),
    ("@kafka.subscriber(pattern='orders-.*')" + _F, "subscribe kafka orders-.* regex by got"),
    ("@confluent.subscriber('orders')" + _F, "subscribe kafka orders by got"),
    ("@rabbit.subscriber('orders')" + _F, "subscribe amqp orders in orders by got"),
    ("@rabbit.subscriber('orders', 'shop')" + _F, "subscribe amqp shop:orders in orders by got"),
    ("@rabbit.subscriber(queue='orders', exchange=RabbitExchange('shop'))" + _F, "subscribe amqp shop:orders in orders by got"),
    (
        """
        @rabbit.subscriber(RabbitQueue('orders', routing_key='orders.*'), RabbitExchange('shop'))
        async def got(message): ...
        """,
        "subscribe amqp shop:orders.* in orders by got",
    ),
    ("@nats.subscriber('orders.*', 'billing')" + _F, "subscribe nats orders.* in billing by got"),
    ("@nats.subscriber(subject='orders.*', queue='billing', stream='ORDERS')" + _F, "subscribe nats orders.* in billing by got"),
    ("@redis.subscriber('orders')" + _F, "subscribe redis orders glob by got"),
    ("@redis.subscriber(channel=PubSub('orders:*', pattern=True))" + _F, "subscribe redis orders:* glob by got"),
    ("@redis.subscriber(list='orders')" + _F, "subscribe redis/list orders by got"),
    ("@redis.subscriber(list=ListSub('orders', batch=True))" + _F, "subscribe redis/list orders by got"),
    (
        """
        @redis.subscriber(stream=StreamSub('orders', group='billing', consumer='one'))
        async def got(message): ...
        """,
        "subscribe redis/stream orders in billing by got",
    ),
    ("@mqtt.subscriber('orders/+')" + _F, "subscribe mqtt orders/+ by got"),
    ("@kafka.subscriber('a')\n@kafka.subscriber('b')" + _F, "subscribe kafka a by got", "subscribe kafka b by got"),
    ("@kafka.subscriber('a')\n@kafka.publisher('b')" + _F, "subscribe kafka a by got", "publish kafka b"),
    ("@rabbit.publisher('b', 'shop')" + _F, "publish amqp shop:b"),
    ("@rabbit.publisher(exchange='shop', routing_key='b')" + _F, "publish amqp shop:b"),
    ("@nats.publisher('b')" + _F, "publish nats b"),
    ("@redis.publisher(stream='b')" + _F, "publish redis/stream b"),
    ("@mqtt.publisher('b')" + _F, "publish mqtt b"),
    ("out = kafka.publisher('orders')\nasync def tell():\n    await out.publish({})", "publish kafka orders"),
    ("async def tell():\n    await kafka.publish({'type': 'OrderPlaced'}, 'orders')", "publish kafka orders [OrderPlaced]"),
    ("async def tell():\n    await kafka.publish(message={}, topic='orders', key=b'k')", "publish kafka orders"),
    ("async def tell():\n    await confluent.publish({}, topic='orders')", "publish kafka orders"),
    ("async def tell():\n    await kafka.publish_batch({}, {}, topic='orders')", "publish kafka orders"),
    ("async def tell():\n    await rabbit.publish({}, 'orders')", "publish amqp orders (command)"),
    ("async def tell():\n    await rabbit.publish({}, queue='orders', exchange='shop')", "publish amqp shop:orders"),
    (
        """
        async def tell():
            await rabbit.publish({}, exchange=RabbitExchange('shop'), routing_key='orders.placed')
        """,
        "publish amqp shop:orders.placed",
    ),
    ("async def tell():\n    await nats.publish({}, 'orders')", "publish nats orders"),
    ("async def tell():\n    await redis.publish({}, channel='orders')", "publish redis orders glob"),
    ("async def tell():\n    await redis.publish({}, stream='orders')", "publish redis/stream orders"),
    ("async def tell():\n    await redis.publish({}, list='orders')", "publish redis/list orders"),
    ("async def tell():\n    await redis.publish_batch({}, {}, list='orders')", "publish redis/list orders"),
    ("async def tell():\n    await mqtt.publish({}, 'orders')", "publish mqtt orders"),
    ("async def ask():\n    await nats.request({}, 'stock.count')", "call rpc stock.count over nats stock.count"),
    ("async def ask():\n    await rabbit.request({}, queue='stock')", "call rpc stock over amqp stock"),
    (
        """
        router = KafkaRouter(prefix='shop-')
        @router.subscriber('orders')
        async def got(message): ...
        kafka.include_router(router)
        """,
        "subscribe kafka shop-orders by got",
    ),
    (
        """
        router = KafkaRouter(prefix='shop-')
        @router.publisher('orders')
        async def got(message): ...
        kafka.include_router(router)
        """,
        "publish kafka shop-orders",
    ),
    (
        """
        inner, outer = NatsRouter(prefix='b.'), NatsRouter(prefix='a.')
        @inner.subscriber('c')
        async def got(message): ...
        outer.include_router(inner)
        nats.include_router(outer)
        """,
        "subscribe nats a.b.c by got",
    ),
    (
        """
        from faststream.kafka.fastapi import KafkaRouter as Api
        router = Api('k')
        @router.subscriber('orders')
        async def got(message): ...
        @router.get('/orders')
        async def orders(): ...
        """,
        "subscribe kafka orders by got",
        "serve http GET /orders by orders",
    ),
    (
        """
        from faststream.rabbit.fastapi import RabbitRouter as Api
        router = Api('r')
        async def tell():
            await router.broker.publish({}, queue='orders')
        """,
        "publish amqp orders (command)",
    ),
    (
        """
        from redis import Redis
        ORDERS = StreamSub('orders', group='shop')
        @redis.subscriber(stream=ORDERS)
        async def got(message): ...
        Redis().xadd(ORDERS.name, {})
        """,
        "publish redis/stream orders",
        "subscribe redis/stream orders in shop by got",
    ),
    (
        """
        @nats.subscriber('logs.{level}')
        async def got(message): ...
        """,
        "subscribe nats logs.* by got",
    ),
    (
        """
        @rabbit.subscriber(RabbitQueue('q', routing_key='logs.{level}.{at}'), RabbitExchange('e'))
        async def got(message): ...
        """,
        "subscribe amqp e:logs.*.* in q by got",
    ),
    (
        """
        @redis.subscriber('logs.{level}')
        async def got(message): ...
        """,
        "subscribe redis logs.* glob by got",
    ),
    (
        """
        async def tell():
            await nats.publish({}, 'logs.{level}')
        """,
        "publish nats logs.{level}",
    ),
    (
        """
        from faststream.kafka import KafkaPublisher, KafkaRoute, KafkaRouter
        def one(message): ...
        def two(message): ...
        routes = [KafkaRoute(one, 'a', 'b', group_id='g'), KafkaRoute(two, 'c', publishers=(KafkaPublisher('out'),))]
        kafka.include_router(KafkaRouter('shop-', routes))
        """,
        "publish kafka shop-out",
        "subscribe kafka shop-a in g by one",
        "subscribe kafka shop-b in g by one",
        "subscribe kafka shop-c by two",
    ),
    (
        """
        from faststream.rabbit import RabbitRoute
        def one(message): ...
        rabbit.include_router(RabbitRouter(handlers=(RabbitRoute(one, RabbitQueue('q', routing_key='k'), RabbitExchange('e')),)))
        """,
        "subscribe amqp e:k in q by one",
    ),
    (
        """
        from faststream.nats import NatsRoute
        from faststream.redis import RedisRoute, RedisRouter
        def one(message): ...
        nats.include_router(NatsRouter('shop.', handlers=[NatsRoute(one, 'orders', 'workers')]))
        redis.include_router(RedisRouter(handlers=[RedisRoute(one, 'feed'), RedisRoute(one, list='rows')]))
        """,
        "subscribe nats shop.orders in workers by one",
        "subscribe redis feed glob by one",
        "subscribe redis/list rows by one",
    ),
]

LOOK_ALIKES = [
    "app = FastStream(kafka)",
    "async def run():\n    await kafka.start()\n    await kafka.close()",
    "RabbitQueue('orders')",
    "RabbitExchange('shop')",
    "KafkaRouter(prefix='shop-')",
    "kafka.include_router(KafkaRouter(prefix='shop-'))",
    "app = FastStream(kafka)\n@app.after_startup\nasync def begin(): ...",
    "app = FastStream(kafka)\n@app.on_shutdown\nasync def end(): ...",
    """
    class Paper:
        def subscriber(self, name):
            return lambda f: f
    paper = Paper()
    @paper.subscriber('orders')
    async def got(message): ...
    """,
    """
    class Paper:
        async def publish(self, message, topic): ...
    async def tell():
        await Paper().publish({}, 'orders')
    """,
    "async def tell(paper):\n    await paper.publish({}, 'orders')",
    "async def ask(session):\n    await session.request({}, 'stock')",
    "from faststream import Context, Depends\nDepends(print)",
    "from faststream import Logger\ndef log(logger: Logger):\n    logger.info('orders')",
    "from faststream.kafka import TestKafkaBroker\nTestKafkaBroker(kafka)",
    "from faststream.middlewares import BaseMiddleware\nclass Timed(BaseMiddleware): ...",
    "import functools\n@functools.cache\ndef publisher(): ...",
    "PubSub('orders')",
    "StreamSub('orders')",
    "kafka.add_middleware(object)",
    "async def run():\n    await nats.connect()",
    "async def run():\n    await rabbit.ping(timeout=1)",
    "RabbitQueue('orders', routing_key='orders.*')",
    "ListSub('orders', batch=True)",
    "RabbitRouter(prefix='shop-')",
    "from faststream.kafka import KafkaRouter\nkafka.include_router(KafkaRouter(handlers=()))",
    "NatsRouter(prefix='shop.')",
    "rabbit.include_router(RabbitRouter(prefix='shop-'))",
    "async def run():\n    await rabbit.declare_queue(RabbitQueue('orders'))",
    "async def run():\n    await rabbit.declare_exchange(RabbitExchange('shop'))",
    "async def read(message):\n    await message.ack()",
    "async def read(message):\n    await message.decode()",
    "from faststream.rabbit import RabbitMessage\nasync def read(message: RabbitMessage):\n    await message.nack()",
    "from faststream.asgi import AsgiFastStream\nAsgiFastStream(kafka)",
    "from faststream.security import SASLPlaintext\nSASLPlaintext('u', 'p')",
    "from faststream.nats import JStream\nJStream('orders')",
    "from pydantic import BaseModel\nclass Order(BaseModel):\n    topic: str = 'orders'",
    "import logging\nlogging.getLogger('orders').info('placed')",
    "kafka_broker = KafkaBroker('orders')",
    "async def tell(redis_like):\n    await redis_like.publish({}, channel='orders')",
    "class Feed:\n    async def request(self, message, subject): ...\nFeed().request({}, 'stock')",
    "from press import subscriber\n@subscriber('orders')\nasync def got(message): ...",
    "from press import router\n@router.publisher('orders')\nasync def got(message): ...",
    "@kafka.asyncapi\nasync def got(message): ...",
    "FastStream(rabbit).set_broker(redis)",
    "names = []\nnames.append('orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
