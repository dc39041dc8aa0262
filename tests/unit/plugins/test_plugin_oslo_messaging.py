"""oslo.messaging: calls and casts at a topic, endpoints, notifications, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import oslo_messaging as messaging
from oslo_config import cfg
transport = messaging.get_rpc_transport(cfg.CONF)
target = messaging.Target(topic="stock", version="2.0")
client = messaging.get_rpc_client(transport, target)
notifier = messaging.Notifier(transport, publisher_id="shop", topics=["events"])

class Endpoint:
    target = messaging.Target(version="2.3")
    def reserve(self, ctxt, item): ...
    def _hidden(self): ...
"""

FORMS = [
    ("client.call({}, 'reserve', item=1)", "call rpc stock.reserve"),
    ("client.cast({}, 'reserve', item=1)", "call rpc stock.reserve without waiting"),
    ("client.prepare(version='2.1').call({}, 'reserve', item=1)", "call rpc stock.reserve"),
    ("client.prepare(topic='store', server='one').cast({}, 'reserve')", "call rpc store.reserve without waiting"),
    ("messaging.RPCClient(transport, messaging.Target('shop', 'stock')).call({}, method='count')", "call rpc stock.count"),
    (
        """
        def get_client(target, version_cap=None):
            return messaging.get_rpc_client(transport, target, version_cap=version_cap)
        class StockAPI:
            def __init__(self):
                target = messaging.Target(topic="stock", version="2.0")
                self.client = get_client(target)
            def reserve(self, ctxt, item):
                cctxt = self.client.prepare(version="2.1")
                return cctxt.call(ctxt, 'reserve', item=item)
        """,
        "call rpc stock.reserve",
    ),
    (
        "messaging.get_rpc_server(transport, target, [Endpoint()], executor='threading')",
        "serve rpc stock.reserve by Endpoint.reserve",
    ),
    (
        """
        def start(topic, endpoints):
            messaging.get_rpc_server(transport, messaging.Target(topic=topic, server="one"), endpoints).start()
        start("stock", [Endpoint()])
        """,
        "serve rpc stock.reserve by Endpoint.reserve",
    ),
    (
        """
        class RPCService:
            def __init__(self, topic):
                self.topic = topic
                self.endpoints = [self]
            def start(self):
                messaging.get_rpc_server(transport, messaging.Target(topic=self.topic, server="one"), self.endpoints)
        class Stock(RPCService):
            def __init__(self):
                super().__init__("stock")
            def reserve(self, ctxt, item): ...
        Stock().start()
        """,
        "serve rpc stock.start by RPCService.start",
        "serve rpc stock.reserve by Stock.reserve",
    ),
    ("notifier.info({}, 'order.placed', {'id': 1})", "publish oslo-messaging events.info [order.placed]"),
    (
        "notifier.prepare(publisher_id='x').error({}, event_type='order.lost', payload={})",
        "publish oslo-messaging events.error [order.lost]",
    ),
    ("messaging.Notifier(transport).warn({}, 'order.late', {})", "publish oslo-messaging notifications.warn [order.late]"),
    (
        """
        class Listening:
            def info(self, ctxt, publisher_id, event_type, payload, metadata): ...
            def help(self): ...
        messaging.get_notification_listener(transport, [messaging.Target(topic='events')], [Listening()])
        """,
        "subscribe oslo-messaging events.info by Listening.info",
    ),
    (
        """
        class Listening:
            def info(self, ctxt, publisher_id, event_type, payload, metadata): ...
        def listen(targets):
            messaging.get_notification_listener(transport, targets, [Listening()])
        """,
        "subscribe oslo-messaging ? by Listening.info",
    ),
    ("getattr(notifier, 'info')({}, 'order.placed', {})", "publish oslo-messaging events.info [order.placed]"),
]
LOOK_ALIKES = [
    "import logging\nlogging.getLogger('x').info('order.placed')",
    "from typing import cast\ncast(int, 'x')",
    "import subprocess\nsubprocess.call(['ls'])",
    "client.can_send_version('2.1')",
    "class Phone:\n    def call(self, ctxt, method): ...\nPhone().call({}, 'reserve')",
    "notifier.is_enabled()",
    "Endpoint().reserve({}, 1)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)
