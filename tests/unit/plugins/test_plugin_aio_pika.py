"""aio-pika: exchanges and queues as objects, the patterns package, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import aio_pika
from aio_pika import Message

async def opened():
    connection = await aio_pika.connect_robust("amqp://rabbit")
    channel = await connection.channel()
    exchange = await channel.declare_exchange("shop", "topic")
    await exchange.publish(Message(b"x"), "control")
    return channel

async def on_message(message): ...
"""
CONTROL = "publish amqp shop:control"
_IN = "async def run():\n    channel = await opened()\n    "

FORMS = [
    (
        """
        async def listen(callback, source, key='#', name=None):
            channel = await opened()
            exchange = await channel.declare_exchange(source, type='topic')
            queue = await channel.declare_queue(name)
            await queue.bind(exchange, key)
            await queue.consume(callback)
        async def run():
            await listen(on_message, 'shop', 'booking.*')
            await listen(on_message, 'audit')
        """,
        "subscribe amqp shop:booking.* by on_message",
        "subscribe amqp audit:# by on_message",
    ),
    (
        """
        async def run():
            channel = await opened()
            exchange = await channel.declare_exchange('news')
            await exchange.publish(Message(b'x'), 'orders')
        """,
        "publish amqp news:orders",
    ),
    (
        """
        async def run():
            channel = await opened()
            exchange = await channel.declare_exchange(name='news', type='fanout')
            await exchange.publish(Message(b'x'), routing_key='')
        """,
        "publish amqp news:news",
    ),
    (
        """
        async def run():
            channel = await opened()
            exchange = await channel.get_exchange('news')
            await exchange.publish(message=Message(b'x'), routing_key='orders')
        """,
        "publish amqp news:orders",
    ),
    (_IN + "await channel.default_exchange.publish(Message(b'x'), routing_key='orders')", "publish amqp orders (command)"),
    (
        """
        async def run():
            channel = await opened()
            await channel.default_exchange.publish(Message(b'x', type='OrderPlaced'), 'orders')
        """,
        "publish amqp orders [OrderPlaced] (command)",
    ),
    (
        """
        async def run():
            channel = await opened()
            await channel.default_exchange.publish(Message(b'x', reply_to='answers'), 'orders')
        """,
        "publish amqp orders (command)",
    ),
    (
        """
        async def run():
            channel = await opened()
            mine = await channel.declare_queue(exclusive=True)
            await channel.default_exchange.publish(Message(b'x', reply_to=mine.name), 'orders')
        """,
        "call rpc orders over amqp orders",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.declare_queue('orders')
            await queue.consume(on_message)
        """,
        "subscribe amqp orders by on_message",
    ),
    (
        """
        async def note(text, store='logs'):
            channel = await opened()
            queue = await channel.declare_queue(store)
            await channel.default_exchange.publish(Message(text), routing_key=queue.name)
        async def run():
            await note(b'x')
            await note(b'y', 'journal')
        """,
        "publish amqp logs (command)",
        "publish amqp journal (command)",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.get_queue('orders')
            await queue.consume(callback=on_message, no_ack=True)
        """,
        "subscribe amqp orders by on_message",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.declare_queue('orders')
            await queue.bind('news', 'orders.*')
            await queue.consume(on_message)
        """,
        "subscribe amqp news:orders.* in orders by on_message",
    ),
    (
        """
        async def run():
            channel = await opened()
            exchange = await channel.declare_exchange('news')
            queue = await channel.declare_queue('', exclusive=True)
            await queue.bind(exchange, routing_key='orders.#')
            await queue.consume(on_message)
        """,
        "subscribe amqp news:orders.# by on_message",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.declare_queue('orders')
            await queue.bind('news')
            await queue.consume(on_message)
        """,
        "subscribe amqp news:orders in orders by on_message",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.declare_queue('orders')
            await queue.bind('news', routing_key='')
            await queue.consume(on_message)
        """,
        "subscribe amqp news:news in orders by on_message",
    ),
    *(
        (
            f"""
            from aio_pika import ExchangeType
            async def run():
                channel = await opened()
                exchange = await channel.declare_exchange('news', {kind})
                queue = await channel.declare_queue('orders')
                await queue.bind(exchange)
                await queue.consume(on_message)
                await exchange.publish(Message(b'x'), {key!r})
            """,
            f"publish amqp news:{sent}",
            f"subscribe amqp news:{heard} in orders by on_message",
        )
        for kind, key, sent, heard in (
            ("ExchangeType.FANOUT", "", "news", "news"),
            ("aio_pika.ExchangeType.FANOUT.value", "", "news", "news"),
            ("type='fanout'", "info", "info", "info"),
            ("ExchangeType.TOPIC", "info", "info", "orders"),
            ("'direct'", "", "news", "orders"),
        )
    ),
    (
        """
        class Client:
            async def connect(self):
                self.channel = await opened()
            async def exchange(self, name, kind=aio_pika.ExchangeType.DIRECT):
                return await self.channel.declare_exchange(name, kind)
            async def queue(self, name):
                return await self.channel.declare_queue(name)
            async def bind(self, name, exchange, key=''):
                queue = await self.queue(name)
                await queue.bind(await self.channel.get_exchange(exchange), routing_key=key)
            async def consume(self, name, callback):
                queue = await self.queue(name)
                await queue.consume(callback)
        class Consumer:
            def __init__(self, queue, client: Client):
                self.queue, self.client = queue, client
            async def start(self):
                await self.client.consume(self.queue, on_message)
        class Listener(Consumer):
            def __init__(self, exchange, queue, client: Client):
                super().__init__(queue, client)
                self.source = exchange
            async def start(self):
                await self.client.exchange(self.source, aio_pika.ExchangeType.FANOUT)
                await self.client.bind(self.queue, self.source)
                await super().start()
        async def first(client):
            await Consumer('orders', client).start()
        async def second(client):
            await Listener('news', 'everything', client).start()
        async def run():
            client = Client()
            await client.connect()
            await first(client)
            await second(client)
        """,
        "subscribe amqp orders by on_message",
        "subscribe amqp news:news in everything by on_message",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.declare_queue('orders')
            async with queue.iterator() as messages:
                async for message in messages:
                    print(message)
        """,
        "subscribe amqp orders by run",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.declare_queue('orders')
            async for message in queue:
                print(message)
        """,
        "subscribe amqp orders by run",
    ),
    (
        """
        async def each(name, callback):
            channel = await opened()
            queue = await channel.declare_queue(name)
            async for message in queue:
                await callback(message)
        async def run():
            await each('orders', on_message)
            await each('returns', on_message)
        """,
        "subscribe amqp orders by each",
        "subscribe amqp returns by each",
    ),
    (
        """
        async def run():
            channel = await opened()
            queue = await channel.declare_queue('orders')
            message = await queue.get(timeout=5)
        """,
        "subscribe amqp orders by run",
    ),
    (
        """
        from aio_pika.patterns import Master
        async def run():
            await Master(await opened()).create_task('resize', kwargs={})
        """,
        "publish amqp resize (command)",
    ),
    (
        """
        from aio_pika.patterns import Master
        async def run():
            await Master(await opened()).create_worker('resize', on_message)
        """,
        "subscribe amqp resize by on_message",
    ),
    (
        """
        from aio_pika.patterns import RPC
        async def run():
            rpc = await RPC.create(await opened())
            await rpc.call('stock.count', kwargs={})
        """,
        "call rpc stock.count",
    ),
    (
        """
        from aio_pika.patterns import RPC
        async def run():
            rpc = await RPC.create(await opened())
            await rpc.register('stock.count', on_message)
        """,
        "serve rpc stock.count by on_message",
    ),
    (
        """
        from aio_pika.patterns import RPC
        async def run():
            rpc = await RPC.create(await opened())
            await rpc.proxy.stock_count(sku=1)
        """,
        "call rpc stock_count",
    ),
    (
        """
        from aio_pika.patterns import Master
        async def run():
            await Master(await opened()).proxy.resize(width=1)
        """,
        "publish amqp resize (command)",
    ),
    (
        """
        from aio_pika.abc import AbstractExchange
        async def tell(exchange: AbstractExchange):
            await exchange.publish(Message(b'x'), 'orders')
        """,
        "publish amqp orders (command)",
    ),
]

LOOK_ALIKES = [
    _IN + "await channel.declare_queue('orders')",
    _IN + "await channel.declare_exchange('news')",
    """
    async def run():
        channel = await opened()
        queue = await channel.declare_queue('orders')
        await queue.bind('news', 'orders.*')
    """,
    """
    async def run():
        channel = await opened()
        queue = await channel.declare_queue('orders')
        await queue.purge()
        await queue.delete()
    """,
    _IN + "await channel.set_qos(prefetch_count=1)",
    _IN + "await channel.close()",
    "async def handled(message: aio_pika.IncomingMessage):\n    async with message.process():\n        print(message.body)",
    "async def handled(message: aio_pika.IncomingMessage):\n    await message.ack()",
    "Message(b'x', type='OrderPlaced')",
    """
    class Wall:
        async def publish(self, message, routing_key): ...
    async def run():
        await Wall().publish(b'x', 'orders')
    """,
    "async def run(wall):\n    await wall.publish(Message(b'x'), 'orders')",
    "async def run(cache):\n    await cache.get('orders')",
    "import asyncio\nasync def run():\n    await asyncio.Queue().get()",
    "async def run(food):\n    await food.consume(on_message)",
    "class Rows:\n    def iterator(self): ...\nRows().iterator()",
    "class Rows:\n    def __aiter__(self): ...\nasync def run():\n    async for row in Rows():\n        print(row)",
    "async def run(queue):\n    async for message in queue:\n        print(message)",
    _IN + "async for name in channel.names:\n        print(name)",
    "import asyncio\nasync def run():\n    asyncio.create_task(on_message(None))",
    "import atexit\natexit.register('orders', on_message)",
    "from unittest import mock\nmock.call('stock.count')",
    """
    async def run():
        channel = await opened()
        exchange = await channel.declare_exchange('news')
        await exchange.bind('shop', 'orders')
    """,
    """
    async def run():
        channel = await opened()
        exchange = await channel.declare_exchange('news')
        await exchange.delete()
    """,
    "import socket\nsocket.socket().bind(('0.0.0.0', 80))",
    "aio_pika.ExchangeType.TOPIC",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
