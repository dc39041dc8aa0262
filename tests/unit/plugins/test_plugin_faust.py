"""Faust: topics, agents, streams, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import faust
app = faust.App("shop", broker="kafka://kafka:9092")
class Order(faust.Record):
    id: int
control = app.topic("control")
async def setup():
    await control.send(value=b"")
orders = app.topic("orders", value_type=Order)
paid = app.topic("paid")
"""
CONTROL = "publish kafka control"

FORMS = [
    ("@app.agent(orders)\nasync def on_order(stream): ...", "subscribe kafka orders by on_order"),
    ("@app.agent(channel='orders')\nasync def on_order(stream): ...", "subscribe kafka orders by on_order"),
    (
        "@app.agent(app.topic('a', 'b'))\nasync def either(stream): ...",
        "subscribe kafka a by either",
        "subscribe kafka b by either",
    ),
    ("@app.agent()\nasync def greet(stream): ...", "subscribe kafka shop-app.greet by greet"),
    ("@app.agent(name='hello')\nasync def greet(stream): ...", "subscribe kafka shop-hello by greet"),
    (
        "@app.agent(orders, sink=[paid])\nasync def on_order(stream):\n    async for order in stream:\n        yield order",
        "subscribe kafka orders by on_order",
        "publish kafka paid",
    ),
    ("async def pay():\n    await paid.send(key='1', value=Order(1))", "publish kafka paid [Order]"),
    ("def pay():\n    paid.send_soon(value={'type': 'Paid'})", "publish kafka paid [Paid]"),
    ("async def pay():\n    await app.send('paid', '1', b'')", "publish kafka paid"),
    ("async def pay():\n    await app.send(orders, value=b'')", "publish kafka orders"),
    (
        "import faust_avro\n@faust_avro.App('avro').agent('paid')\nasync def on_paid(stream): ...",
        "subscribe kafka paid by on_paid",
    ),
    (
        """
        @app.agent(orders)
        async def on_order(stream):
            async for event in stream.events():
                await event.forward(paid)
        """,
        "subscribe kafka orders by on_order",
        "publish kafka paid",
    ),
    (
        """
        @app.agent(orders)
        async def on_order(stream):
            async for order in stream.group_by(Order.id).through('ordered'):
                print(order)
        """,
        "subscribe kafka orders by on_order",
        "publish kafka ordered",
        "subscribe kafka ordered by on_order",
    ),
    (
        "@app.task\nasync def follow():\n    async for order in orders.stream():\n        print(order)",
        "subscribe kafka orders by follow",
    ),
    (
        """
        @app.agent(orders)
        async def on_order(stream): ...
        @app.agent()
        async def greet(stream): ...
        @app.timer(1.0)
        async def often():
            await on_order.cast(Order(1))
            await greet.send(value='hello')
            await on_order.ask(Order(2))
        """,
        "subscribe kafka orders by on_order",
        "subscribe kafka shop-app.greet by greet",
        "publish kafka orders [Order]",
        "publish kafka shop-app.greet",
        "call rpc orders over kafka orders",
    ),
]
LOOK_ALIKES = [
    "counts = app.Table('counts', default=int)",
    "@app.agent(app.channel())\nasync def inside(stream): ...",
    "@app.timer(1.0)\nasync def often(): ...",
    "@app.page('/orders')\nasync def page(self, request): ...",
    "class Mail:\n    def send(self, value): ...\nMail().send(value='paid')",
    "class Office:\n    def agent(self, t): return lambda f: f\n@Office().agent('orders')\nasync def on_order(stream): ...",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
