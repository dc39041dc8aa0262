"""redis-py: channels, patterns, streams, and lists as queues; most of what a service does with Redis is no message."""

from __future__ import annotations

import pytest
from flowmap.graph.connect import connect
from flowmap.model.interaction import Kind
from flowmap.model.project import Project, Service
from sightings import checks, interactions, sightings

SETUP = """
import redis
import redis.asyncio

r = redis.Redis(host="redis")
r.publish("control", "x")
"""
CONTROL = "publish redis control"

FORMS = [
    ("r.publish('orders', 'x')", "publish redis orders"),
    ("r.publish(channel='orders', message='x')", "publish redis orders"),
    ("r.spublish('orders', 'x')", "publish redis orders"),
    ("import json\nr.publish('orders', json.dumps({'type': 'OrderPlaced'}))", "publish redis orders [OrderPlaced]"),
    ("r.publish(f'user:{r}', 'x')", "publish redis user:{}"),
    ("redis.from_url('redis://x').publish('orders', 'x')", "publish redis orders"),
    ("redis.Redis.from_url('redis://x').publish('orders', 'x')", "publish redis orders"),
    ("redis.StrictRedis().publish('orders', 'x')", "publish redis orders"),
    ("from redis.cluster import RedisCluster\nRedisCluster().publish('orders', 'x')", "publish redis orders"),
    ("from redis.sentinel import Sentinel\nSentinel([]).master_for('main').publish('orders', 'x')", "publish redis orders"),
    ("pipe = r.pipeline()\npipe.publish('orders', 'x')\npipe.execute()", "publish redis orders"),
    ("with r.pipeline() as pipe:\n    pipe.publish('orders', 'x')", "publish redis orders"),
    ("async def tell():\n    await redis.asyncio.Redis().publish('orders', 'x')", "publish redis orders"),
    (
        """
        async def tell():
            client = await redis.asyncio.from_url('redis://x')
            await client.publish('orders', 'x')
        """,
        "publish redis orders",
    ),
    (
        """
        from redis import asyncio as aioredis
        async def tell():
            await aioredis.from_url('redis://x').publish('orders', 'x')
        """,
        "publish redis orders",
    ),
    (
        """
        import aioredis
        async def tell():
            await aioredis.from_url('redis://x').publish('orders', 'x')
        """,
        "publish redis orders",
    ),
    (
        """
        from django_redis import get_redis_connection
        get_redis_connection('default').publish('orders', 'x')
        """,
        "publish redis orders",
    ),
    (
        """
        def run():
            p = r.pubsub()
            p.subscribe('orders', 'payments')
            for m in p.listen():
                print(m)
        """,
        "subscribe redis orders by run",
        "subscribe redis payments by run",
    ),
    (
        """
        def run():
            p = r.pubsub(ignore_subscribe_messages=True)
            p.psubscribe('orders:*')
            p.get_message()
        """,
        "subscribe redis orders:* glob by run",
    ),
    (
        """
        def run():
            p = r.pubsub()
            p.ssubscribe('orders')
            p.get_message()
        """,
        "subscribe redis orders by run",
    ),
    (
        """
        def on_order(m): ...
        p = r.pubsub()
        p.subscribe(**{'orders': on_order})
        p.run_in_thread()
        """,
        "subscribe redis orders by on_order",
    ),
    (
        """
        def on_order(m): ...
        p = r.pubsub()
        p.subscribe(orders=on_order)
        p.run_in_thread()
        """,
        "subscribe redis orders by on_order",
    ),
    (
        """
        def on_order(m): ...
        p = r.pubsub()
        p.psubscribe(**{'orders:*': on_order})
        p.run_in_thread()
        """,
        "subscribe redis orders:* glob by on_order",
    ),
    (
        """
        async def run():
            async with redis.asyncio.Redis().pubsub() as p:
                await p.subscribe('orders')
                async for m in p.listen():
                    print(m)
        """,
        "subscribe redis orders by run",
    ),
    ("r.xadd('orders', {'id': 1})", "publish redis/stream orders"),
    ("r.xadd(name='orders', fields={'event_type': 'OrderPlaced'}, maxlen=10)", "publish redis/stream orders [OrderPlaced]"),
    (
        """
        def run():
            r.xread({'orders': '$', 'payments': '$'}, block=0)
        """,
        "subscribe redis/stream orders by run",
        "subscribe redis/stream payments by run",
    ),
    ("def run():\n    r.xread(streams={'orders': '$'})", "subscribe redis/stream orders by run"),
    (
        """
        def run():
            r.xreadgroup('billing', 'one', {'orders': '>'}, count=1)
        """,
        "subscribe redis/stream orders in billing by run",
    ),
    (
        """
        def run():
            r.xreadgroup(groupname='billing', consumername='one', streams={'orders': '>'})
        """,
        "subscribe redis/stream orders in billing by run",
    ),
    (
        """
        def on_order(m): ...
        p = r.pubsub()
        p.subscribe('stock', orders=on_order)
        p.run_in_thread()
        """,
        "subscribe redis orders by on_order",
        "subscribe redis stock by <module>",
    ),
]

LOOK_ALIKES = [
    "def on_order(m): ...\nr.pubsub().unsubscribe(orders=on_order)",
    "r.get('orders')",
    "r.set('orders', 'x', ex=60)",
    "r.setex('orders', 60, 'x')",
    "r.delete('orders')",
    "r.hset('orders', 'id', 1)",
    "r.incr('orders')",
    "r.expire('orders', 60)",
    "r.sadd('orders', 1)",
    "r.zadd('orders', {'a': 1})",
    "r.exists('orders')",
    "r.lock('orders')",
    "r.ping()",
    "r.lrange('orders', 0, -1)",
    "r.xack('orders', 'billing', '1-0')",
    "r.xgroup_create('orders', 'billing', mkstream=True)",
    "r.xlen('orders')",
    "p = r.pubsub()\np.unsubscribe('orders')",
    "p = r.pubsub()\np.close()",
    "r.pubsub_channels()",
    "r.eval('return 1', 0)",
    "pipe = r.pipeline()\npipe.set('orders', 1)\npipe.execute()",
    "from django.core.cache import cache\ncache.set('orders', 1)",
    "class Blog:\n    def publish(self, title, text): ...\nBlog().publish('orders', 'x')",
    "def show(blog):\n    blog.publish('orders', 'x')",
    "import mailchimp\nmailchimp.Client().subscribe('orders')",
    "from collections import deque\ndeque().append('orders')",
    "stack = ['orders']\nstack.pop()",
    "class Deck:\n    def lpush(self, key, value): ...\nDeck().lpush('orders', 1)",
    "from redis.exceptions import ConnectionError\nraise ConnectionError('orders')",
    "r.hgetall('orders')",
]

QUEUES = [
    ("r.lpush('jobs', 1)\nr.brpop('jobs')", ["publish jobs", "subscribe jobs"]),
    ("r.rpush('jobs', 1)\nr.blpop(['jobs', 'other'], timeout=1)", ["publish jobs", "subscribe jobs"]),
    ("r.rpush('jobs', 1)\nr.lpop('jobs')", ["publish jobs", "subscribe jobs"]),
    (
        "r.lpush('jobs', 1)\nr.brpoplpush('jobs', 'doing')\nr.lpop('doing')",
        ["publish doing", "publish jobs", "subscribe doing", "subscribe jobs"],
    ),
    ("r.lpush('jobs', 1)\nr.blmove('jobs', 'doing', 5)", ["publish jobs", "subscribe jobs"]),
    ("r.lpush('recent', 1)\nr.lrange('recent', 0, 9)", []),
    ("r.lpush('recent', 1)\nr.ltrim('recent', 0, 9)", []),
    ("r.lpop('never-pushed')", []),
    ("r.lpush('one', 1)\nr.rpop('other')", []),
    ("r.publish('jobs', 1)\nr.brpop('jobs')", []),
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


@pytest.mark.parametrize(("code", "expected"), QUEUES)
def test_a_list_is_a_queue_only_where_something_pops_what_is_pushed(code: str, expected: list[str]) -> None:
    graph = connect(interactions(SETUP, code), Project((), (Service("shop", "."),)))
    kept = [i for i in graph.flow.interactions if i.space == "list"]
    assert sorted(f"{i.role.value} {i.channel}" for i in kept) == expected
    assert {i.kind for i in kept} <= {Kind.COMMAND}


WALRUS = """
import walrus
db = walrus.Database(host="redis")
stream, jobs = db.Stream("orders"), db.List("jobs")
"""
CONTAINERS = [
    ("stream.add({'n': 1})", "publish redis/stream orders"),
    ("def work():\n    stream.read(block=0)", "subscribe redis/stream orders by work"),
    (
        "def work():\n    group = db.consumer_group('billing', ['orders', 'letters'])\n    group.read(count=1)",
        "subscribe redis/stream letters in billing by work",
        "subscribe redis/stream orders in billing by work",
    ),
    ("def work():\n    db.consumer_group('billing', 'orders').orders.read()", "subscribe redis/stream orders by work"),
    ("jobs.append('x')", "publish redis/list jobs (command)"),
    ("def work():\n    jobs.bpopleft()", "subscribe redis/list jobs (command) by work"),
    (
        "@db.listener(channels=['news'], patterns=['sport.*'])\ndef heard(**item): ...",
        "subscribe redis news by heard",
        "subscribe redis sport.* glob by heard",
    ),
    ("walrus.Walrus().publish('news', 'x')", "publish redis news"),
    ("db.xadd('orders', {})", "publish redis/stream orders"),
]
NO_MESSAGES = [
    "db.Hash('h').update(a=1)",
    "db.Set('s').add('x')",
    "db.cache().set('k', 'v')",
    "db.consumer_group('billing', ['orders']).create()",
    "stream.trim(10)\njobs.extend([1])",
    "class Stream:\n    def add(self, data): ...\nStream().add({})",
]


@pytest.mark.parametrize("form", CONTAINERS)
def test_a_container_of_walrus_is_found(form: tuple[str, ...]) -> None:
    code, *expected = form
    assert sightings(WALRUS, code) == sorted(expected)


@pytest.mark.parametrize("code", NO_MESSAGES)
def test_other_containers_of_walrus_are_not(code: str) -> None:
    assert sightings(WALRUS, code) == []


COREDIS = """
import coredis
from coredis.patterns.streams import Consumer, GroupConsumer
client = coredis.Redis.from_url("redis://redis")
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("async with coredis.Redis(host='redis') as r:\n    await r.publish('news', 'x')", ["publish redis news"]),
        ("await client.xadd('orders', {'n': 1})", ["publish redis/stream orders"]),
        ("await coredis.RedisCluster(host='redis').lpush('jobs', ['x'])", ["publish redis/list jobs (command)"]),
        (
            "async with client.pubsub(channels=['news']) as heard:\n    async for message in heard: ...",
            ["subscribe redis news by run"],
        ),
        (
            "async with client.pubsub(patterns=['news.*']) as heard:\n    async for message in heard: ...",
            ["subscribe redis news.* glob by run"],
        ),
        (
            "async with GroupConsumer(client, ['orders'], 'billing', 'me') as found:\n    async for stream, entry in found: ...",
            ["subscribe redis/stream orders in billing by run"],
        ),
        (
            "async for stream, entry in Consumer(client, streams=['orders', 'bills']): ...",
            ["subscribe redis/stream bills by run", "subscribe redis/stream orders by run"],
        ),
        ("await client.get('orders')", []),
        ("client.pubsub()", []),
    ],
)
def test_coredis_is_known(code: str, expected: list[str]) -> None:
    body = "".join(f"    {line}\n" for line in code.splitlines())
    assert sightings(COREDIS, f"async def run():\n{body}") == expected
