"""hop-client, and what only looks like it."""

from __future__ import annotations

from sightings import checks

SETUP = """
import os
from hop import Stream, stream
from hop.io import StartPosition
from hop.robust_publisher import RobustProducer
HOST = 'kafka://kafka.shop:9092'
"""
FORMS = [
    ("with stream.open('kafka://h:9092/orders', 'w') as s:\n    s.write({'id': 1})", "publish kafka orders"),
    ("s = Stream(auth=False).open(url='kafka://me@h/orders', mode='w')\ns.write({'id': 1})", "publish kafka orders"),
    ("with Stream().open(f'{HOST}/orders', 'w') as s:\n    s.write_raw(b'x', [])", "publish kafka orders"),
    ("with stream.open(f'{os.environ[\"URL\"]}/orders', 'w') as s:\n    s.write('x')", "publish kafka orders"),
    ("with stream.open(f'{HOST}/', 'w') as s:\n    s.write('x', topic='orders')", "publish kafka orders"),
    ("with stream.open(f'{HOST}/a,orders', 'w') as s:\n    s.write('x', topic='orders')", "publish kafka orders"),
    ("with RobustProducer(f'{HOST}/orders') as p:\n    p.write({'id': 1})", "publish kafka orders"),
    (
        """
        class Out:
            def __init__(self, topic):
                self.stream = Stream(auth=True).open(f'{HOST}/{topic}', 'w')
            def send(self, message):
                self.stream.write(message)
        Out('orders').send({'id': 1})
        """,
        "publish kafka orders",
    ),
    ("def f():\n    with stream.open(f'{HOST}/orders') as s:\n        for m in s: print(m.content)", "subscribe kafka orders by f"),
    ("def f():\n    for m in stream.open(f'{HOST}/orders', 'r', 'g'): print(m)", "subscribe kafka orders in g by f"),
    (
        """
        from hop.io import Stream as Source
        def f():
            with Source(start_at=StartPosition.EARLIEST).open(f'{HOST}/orders', mode='r', group_id='g') as s:
                for m, meta in s.read(metadata=True, autocommit=False):
                    s.mark_done(meta)
        """,
        "subscribe kafka orders in g by f",
    ),
    (
        "def f():\n    with stream.open(f'{HOST}/orders,refunds') as s:\n        for m in s: print(m)",
        "subscribe kafka orders by f",
        "subscribe kafka refunds by f",
    ),
]
LOOK_ALIKES = [
    "s = stream.open('kafka://h/orders', 'w')\ns.flush()\ns.close()",
    "def f(mode):\n    stream.open('kafka://h/orders', 'w')",
    "from hop import list_topics\nlist_topics.list_topics('kafka://h/orders')",
    "from hop.io import list_topics\nlist_topics('kafka://h/')",
    "from hop.auth import load_auth\nStream(auth=load_auth())",
    "from hop.io import Producer\nProducer.pack({'id': 1})",
    "from hop import models\nmodels.JSONBlob(content='orders')",
    "p = RobustProducer('kafka://h/orders')\np.start()\np.stop()",
    "open('orders', 'w').write('x')",
    "class Stream:\n    def open(self, url, mode): ...\nStream().open('kafka://h/orders', 'r')",
    "class Out:\n    def write(self, message): ...\nOut().write({'topic': 'orders'})",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
