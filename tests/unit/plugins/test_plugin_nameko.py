"""nameko: events, RPC and HTTP of service classes, the standalone proxies, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from nameko.events import EventDispatcher, event_handler
from nameko.rpc import RpcProxy, rpc
from nameko.timer import timer

class Control:
    name = "control"

    @rpc
    def check(self): ...
"""
CONTROL = "serve rpc control.check by Control.check"

FORMS = [
    (
        """
        class Orders:
            name = 'orders'
            dispatch = EventDispatcher()
            def place(self):
                self.dispatch('order_placed', {'id': 1})
        """,
        "publish amqp orders.events:order_placed",
    ),
    (
        """
        class Orders:
            name = 'orders'
            dispatch = EventDispatcher()
            def place(self):
                self.dispatch(event_type='order_placed', event_data={})
        """,
        "publish amqp orders.events:order_placed",
    ),
    (
        """
        from nameko.standalone.events import event_dispatcher
        tell = event_dispatcher({'AMQP_URI': 'amqp://rabbit'})
        tell('orders', 'order_placed', {})
        """,
        "publish amqp orders.events:order_placed",
    ),
    (
        """
        class Mail:
            name = 'mail'
            @event_handler('orders', 'order_placed')
            def placed(self, payload): ...
        """,
        "subscribe amqp orders.events:order_placed by Mail.placed",
    ),
    (
        """
        class Mail:
            name = 'mail'
            @event_handler(source_service='orders', event_type='order_placed', reliable_delivery=False)
            def placed(self, payload): ...
        """,
        "subscribe amqp orders.events:order_placed by Mail.placed",
    ),
    (
        """
        class Stock:
            name = 'stock'
            @rpc
            def count(self, sku): ...
        """,
        "serve rpc stock.count by Stock.count",
    ),
    (
        """
        class Stock:
            name = 'stock'
            @rpc(sensitive_arguments='sku')
            def count(self, sku): ...
        """,
        "serve rpc stock.count by Stock.count",
    ),
    (
        """
        class Orders:
            name = 'orders'
            stock = RpcProxy('stock')
            def place(self):
                return self.stock.count(1)
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        class Orders:
            name = 'orders'
            stock = RpcProxy('stock')
            def place(self):
                return self.stock.count.call_async(1).result()
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        from nameko.standalone.rpc import ClusterRpcProxy
        def place():
            with ClusterRpcProxy({}) as cluster:
                cluster.stock.count(1)
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        from flask_nameko import FlaskPooledClusterRpcProxy
        cluster = FlaskPooledClusterRpcProxy()
        cluster.init_app(app)
        def place():
            cluster.stock.count(item=1)
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        from nameko.standalone.rpc import ClusterRpcProxy
        def place():
            with ClusterRpcProxy({}) as cluster:
                cluster['stock-service'].count(1)
        """,
        "call rpc stock-service.count to stock-service",
    ),
    (
        """
        from nameko.standalone.rpc import ClusterRpcProxy
        def place():
            with ClusterRpcProxy({}) as cluster:
                cluster.stock.count.call_async(1).result()
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        from nameko.standalone.rpc import ServiceRpcProxy
        def place():
            with ServiceRpcProxy('stock', {}) as stock:
                stock.count(1)
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        from nameko.rpc import ServiceRpc
        class Orders:
            name = 'orders'
            stock = ServiceRpc('stock')
            def place(self):
                return self.stock.count(1)
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        from nameko.standalone.rpc import ServiceRpcClient
        def place():
            with ServiceRpcClient('stock') as stock:
                stock.count(1)
        """,
        "call rpc stock.count to stock",
    ),
    (
        """
        from kombu import Exchange, Queue
        from nameko.messaging import Publisher
        class Orders:
            name = 'orders'
            publish = Publisher(exchange=Exchange('shop'))
            def place(self):
                self.publish({}, routing_key='order.placed')
        """,
        "publish amqp shop:order.placed",
    ),
    (
        """
        from kombu import Exchange, Queue
        from nameko.messaging import consume
        class Mail:
            name = 'mail'
            @consume(Queue('mails', exchange=Exchange('shop'), routing_key='order.placed'))
            def placed(self, payload): ...
        """,
        "subscribe amqp shop:order.placed in mails by Mail.placed",
    ),
    (
        """
        from kombu import Queue
        from nameko.messaging import consume
        class Mail:
            name = 'mail'
            @consume(queue=Queue('mails'))
            def placed(self, payload): ...
        """,
        "subscribe amqp mails by Mail.placed",
    ),
    (
        """
        from nameko.web.handlers import http
        class Api:
            name = 'api'
            @http('GET', '/orders/<int:number>')
            def order(self, request, number): ...
        """,
        "serve http GET /orders/{} by Api.order",
    ),
    (
        """
        from nameko.web.handlers import http
        class Api:
            name = 'api'
            @http('POST,PUT', '/orders')
            def order(self, request): ...
        """,
        "serve http POST /orders by Api.order",
        "serve http PUT /orders by Api.order",
    ),
    (
        """
        class Base:
            dispatch = EventDispatcher()
            def tell(self):
                self.dispatch('order_placed', {})
        class Orders(Base):
            name = 'orders'
            def place(self):
                self.tell()
        """,
        "publish amqp orders.events:order_placed",
    ),
]

LOOK_ALIKES = [
    """
    class Clock:
        name = 'clock'
        @timer(interval=10)
        def tick(self): ...
    """,
    "class Orders:\n    name = 'orders'\n    stock = RpcProxy('stock')",
    "class Orders:\n    name = 'orders'\n    dispatch = EventDispatcher()",
    """
    class Orders:
        name = 'orders'
        def dispatch(self, what, data): ...
        def place(self):
            self.dispatch('order_placed', {})
    """,
    """
    from django.views import View
    class Page(View):
        def get(self, request):
            return self.dispatch(request)
    """,
    "from flux import dispatch\ndispatch('order_placed', {})",
    "from nameko.extensions import DependencyProvider\nclass Database(DependencyProvider):\n    def setup(self): ...",
    "class Orders:\n    name = 'orders'\n    def place(self): ...",
    "from nameko.testing.services import worker_factory\nworker_factory(Control)",
    "import rpc as other\n@other.rpc\ndef count(): ...",
    "from bots import event_handler as on\n@on('orders', 'order_placed')\ndef placed(e): ...",
    """
    class Store:
        def count(self, x): ...
    class Orders:
        name = 'orders'
        stock = Store()
        def place(self):
            self.stock.count(1)
    """,
    "from nameko.containers import ServiceContainer\nServiceContainer(Control).start()",
    "from nameko.runners import ServiceRunner\nServiceRunner({}).add_service(Control)",
    "from http import HTTPStatus\nHTTPStatus.OK",
    "from flask_nameko import FlaskPooledClusterRpcProxy\nFlaskPooledClusterRpcProxy().init_app(app)",
    "import http.server\nhttp.server.HTTPServer(('', 80), None)",
    "from nameko.exceptions import RemoteError\nraise RemoteError('stock', 'count')",
    """
    class Orders:
        name = 'orders'
        publish = print
        def place(self):
            self.publish('order_placed')
    """,
    "RpcProxy('stock')",
    "EventDispatcher()",
    "from nameko.rpc import Rpc\nRpc()",
    "from nameko import config\nconfig.get('orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
