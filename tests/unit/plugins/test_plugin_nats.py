"""nats-py: core subjects, requests and JetStream, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import nats

async def opened():
    nc = await nats.connect("nats://nats:4222")
    await nc.publish("control", b"x")
    return nc

async def on_message(msg): ...
"""
CONTROL = "publish nats control"
_IN = "async def run():\n    nc = await opened()\n    "

FORMS = [
    (
        """
        async def run():
            js = (await opened()).jetstream()
            await js.add_stream(name='ORDERS', subjects=['orders.*', 'returns'])
            await js.add_stream(name='BILLS', subjects=['bills'])
            await js.pull_subscribe_bind('packer', stream='ORDERS')
        """,
        "subscribe nats orders.* in packer by run",
        "subscribe nats returns in packer by run",
    ),
    (
        """
        async def run():
            js = (await opened()).jetstream()
            await js.add_consumer('ORDERS', durable_name='packer', filter_subject='orders.placed')
            await js.add_consumer('ORDERS', durable_name='other', filter_subject='orders.paid')
            await js.subscribe_bind('ORDERS', None, 'packer', cb=on_message)
        """,
        "subscribe nats orders.placed in packer by on_message",
    ),
    (
        "async def run():\n    js = (await opened()).jetstream()\n    await js.pull_subscribe_bind('packer', 'ORDERS')",
        "subscribe nats ? in packer by run",
    ),
    (_IN + "await nc.publish('orders.placed', b'x')", "publish nats orders.placed"),
    (_IN + "await nc.publish(subject='orders.placed', payload=b'x', headers={})", "publish nats orders.placed"),
    (
        """
        async def run():
            nc = await opened()
            import json
            await nc.publish('orders', json.dumps({'type': 'OrderPlaced'}).encode())
        """,
        "publish nats orders [OrderPlaced]",
    ),
    (_IN + "await nc.subscribe('orders.*', cb=on_message)", "subscribe nats orders.* by on_message"),
    (_IN + "await nc.subscribe('orders.>', 'billing', on_message)", "subscribe nats orders.> in billing by on_message"),
    (
        """
        async def run():
            nc = await opened()
            sub = await nc.subscribe('orders', queue='billing')
            async for msg in sub.messages:
                print(msg)
        """,
        "subscribe nats orders in billing by run",
    ),
    (
        """
        async def run():
            nc = await opened()
            sub = await nc.subscribe(subject='orders')
            await sub.next_msg()
        """,
        "subscribe nats orders by run",
    ),
    (_IN + "await nc.request('stock.count', b'1', timeout=1)", "call rpc stock.count over nats stock.count"),
    (_IN + "await nc.request(subject='stock.count', payload=b'1')", "call rpc stock.count over nats stock.count"),
    (
        """
        async def run():
            nc = await opened()
            js = nc.jetstream()
            await js.publish('orders.placed', b'x')
        """,
        "publish nats orders.placed",
    ),
    (
        """
        async def run():
            nc = await opened()
            js = nc.jetstream()
            await js.publish('orders.placed', b'x', stream='ORDERS')
        """,
        "publish nats orders.placed",
    ),
    (
        """
        async def run():
            nc = await opened()
            js = nc.jetstream()
            await js.publish_async('orders.placed', b'x')
        """,
        "publish nats orders.placed",
    ),
    (
        """
        async def run():
            nc = await opened()
            js = nc.jetstream()
            await js.subscribe('orders.*', 'billing', cb=on_message)
        """,
        "subscribe nats orders.* in billing by on_message",
    ),
    (
        """
        async def run():
            nc = await opened()
            js = nc.jetstream()
            await js.subscribe('orders.*', durable='billing', cb=on_message)
        """,
        "subscribe nats orders.* in billing by on_message",
    ),
    (
        """
        async def run():
            nc = await opened()
            js = nc.jetstream()
            sub = await js.pull_subscribe('orders.*', 'billing')
            await sub.fetch(1)
        """,
        "subscribe nats orders.* in billing by run",
    ),
    (
        """
        from nats.aio.client import Client
        async def run():
            nc = Client()
            await nc.connect()
            await nc.publish('orders', b'x')
        """,
        "publish nats orders",
    ),
    (
        """
        from nats.aio.client import Client as NATS
        async def run(nc: NATS):
            await nc.publish('orders', b'x')
        """,
        "publish nats orders",
    ),
    (
        """
        from nats.js import JetStreamContext
        async def run(js: JetStreamContext):
            await js.publish('orders', b'x')
        """,
        "publish nats orders",
    ),
]

_STORE = """
async def run():
    nc = await opened()
    js = nc.jetstream()
    {}
"""
_SERVICE = """
import nats.micro
async def answer(request): ...
async def run():
    service = await nats.micro.add_service(await opened(), name="stock", version="1.0.0")
    {}
"""
FORMS += [
    (_STORE.format("kv = await js.key_value('limits'); await kv.put('a.b', b'1')"), "publish nats/key-value limits.a.b"),
    (
        _STORE.format("kv = await js.create_key_value(bucket='limits'); await kv.update('a', b'1', last=1)"),
        "publish nats/key-value limits.a",
    ),
    (
        _STORE.format(
            "from nats.js import api; kv = await js.create_key_value(api.KeyValueConfig(bucket='limits')); await kv.delete('a')"
        ),
        "publish nats/key-value limits.a",
    ),
    (_STORE.format("w = await (await js.key_value('limits')).watch('a.*')"), "subscribe nats/key-value limits.a.* by run"),
    (_STORE.format("w = await (await js.key_value('limits')).watchall()"), "subscribe nats/key-value limits.> by run"),
    (_STORE.format("store = await js.object_store('pictures'); await store.put('x.png', b'')"), "publish nats/objects pictures"),
    (
        _STORE.format("store = await js.create_object_store(bucket='pictures'); await store.watch()"),
        "subscribe nats/objects pictures by run",
    ),
    (_SERVICE.format("await service.add_endpoint(name='count', handler=answer)"), "subscribe nats count (query) by answer"),
    (
        _SERVICE.format("await service.add_endpoint(name='count', subject='stock.count', handler=answer, queue_group='q')"),
        "subscribe nats stock.count (query) in q by answer",
    ),
    (
        _SERVICE.format(
            "g = service.add_group(config=nats.micro.service.GroupConfig(name='stock'));"
            "await g.add_endpoint(config=nats.micro.service.EndpointConfig(name='count', handler=answer))"
        ),
        "subscribe nats stock.count (query) by answer",
    ),
    (
        _SERVICE.format("group = service.add_group(name='stock'); await group.add_endpoint(name='count', handler=answer)"),
        "subscribe nats stock.count (query) by answer",
    ),
]
LOOK_ALIKES = [
    _STORE.format("kv = await js.key_value('limits'); await kv.get('a')"),
    _STORE.format("kv = await js.key_value('limits'); await kv.status()"),
    _STORE.format("store = await js.object_store('pictures'); await store.get('x.png')"),
    _SERVICE.format("await service.stop()"),
    "class Shelf:\n    async def put(self, key, value): ...\nasync def run():\n    await Shelf().put('a', b'1')",
    _IN + "await nc.drain()",
    _IN + "await nc.flush()",
    _IN + "await nc.close()",
    _IN + "nc.new_inbox()",
    """
    async def run():
        nc = await opened()
        js = nc.jetstream()
        await js.add_stream(name='ORDERS', subjects=['orders.*'])
    """,
    """
    async def run():
        nc = await opened()
        js = nc.jetstream()
        await js.stream_info('ORDERS')
    """,
    """
    async def run():
        nc = await opened()
        js = nc.jetstream()
        await js.add_consumer('ORDERS', None)
    """,
    "async def handled(msg):\n    await msg.respond(b'x')",
    "async def handled(msg):\n    await msg.ack()",
    "import httpx\nhttpx.codes.OK",
    """
    class Wall:
        async def publish(self, subject, payload): ...
    async def run():
        await Wall().publish('orders', b'x')
    """,
    "async def run(wall):\n    await wall.publish('orders', b'x')",
    "async def run(session):\n    await session.request('stock.count', b'1')",
    "class Mail:\n    def subscribe(self, subject, cb): ...\nMail().subscribe('orders', on_message)",
    "from nats.errors import TimeoutError\nraise TimeoutError('orders')",
    "from rx import Observable\nObservable().subscribe(on_message)",
    "subject = 'orders.placed'",
    "import email.message\nemail.message.EmailMessage().set_content('orders')",
    """
    async def run():
        nc = await opened()
        sub = await nc.subscribe
        print(sub)
    """,
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
