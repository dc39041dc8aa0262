"""What is published in the same run as something is made to last."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.project import Project, Service, SourceFile

PLUGINS = load_plugins()
SETUP = """
from celery import Celery
from django.db import models, transaction
from kafka import KafkaProducer
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

Local = sessionmaker()
producer = KafkaProducer()

class Order(models.Model): ...
class OutboxMessage(models.Model): ...

def publish(name):
    producer.send(name, b"")
"""


def met(code: str) -> list[str]:
    """The channels that are published beside something that lasts: `orders after Order`."""
    file = SourceFile("app.py", (SETUP + dedent(code)).encode())
    summary = summarise(file.path, file.content)
    assert summary.problem is None
    found = recognise(link([summary], Project((file,), (Service("shop", "."),))), PLUGINS)
    names = {i.id: i.channel for i in found.interactions}
    pairs = [(e, b) for e in found.effects for b in e.beside]
    return sorted(f"{names[b.interaction]} {'after' if b.after else 'before'} {e.about or e.does.value}" for e, b in pairs)


def within(*lines: str) -> str:
    """A function with a session and an order."""
    return "def run(session: Session, order: Order, ready=True):\n" + indent("\n".join(lines), "    ")


TOGETHER = [
    (within("session.commit()", "producer.send('orders', b'')"), "orders after commit"),
    (within("order.save()", "publish('orders')"), "orders after Order"),
    (within("session.add(order)", "publish('orders')", "session.commit()"), "orders before commit"),
    (within("order.total = 1", "publish('orders')", "session.commit()"), "orders before commit"),
    (within("order.cart.total = 1", "publish('orders')", "session.commit()"), "orders before commit"),
    (within("with transaction.atomic():", "    order.save()", "    publish('orders')"), "orders before Order"),
    (within("with transaction.atomic():", "    order.save()", "publish('orders')"), "orders after Order"),
    ("@transaction.atomic\n" + within("order.save()", "publish('orders')"), "orders before Order"),
    (within("with Local.begin() as s:", "    s.add(order)", "publish('orders')"), "orders after begin"),
    (within("with Local.begin() as s:", "    s.add(order)", "    publish('orders')"), "orders before begin"),
    (within("if ready:", "    order.save()", "publish('orders')"), "orders after Order"),
    (within("if not ready:", "    return", "order.save()", "publish('orders')"), "orders after Order"),
    (within("try:", "    order.save()", "finally:", "    publish('orders')"), "orders after Order"),
    (within("for _ in range(3):", "    order.save()", "    publish('orders')"), "orders after Order"),
    (
        within("for _ in range(3):", "    if ready:", "        order.save()", "        break", "publish('orders')"),
        "orders after Order",
    ),
    (
        within("for _ in range(3):", "    if ready:", "        continue", "    order.save()", "    publish('orders')"),
        "orders after Order",
    ),
    (
        "def keep(order: Order):\n    order.save()\n\ndef tell():\n    publish('orders')\n\n" + within("keep(order)", "tell()"),
        "orders after Order",
    ),
    (
        """
        def kept(function):
            def around(*args):
                function(*args)
                Local().commit()
            return around

        @kept
        def keep(order):
            Local().add(order)

        def run(order):
            keep(order)
            publish("orders")
        """,
        "orders after commit",
    ),
    (
        """
        class Unit:
            def __enter__(self):
                self.session = Local()
                return self

            def __exit__(self, *args): ...

            def commit(self):
                self.session.commit()

        def run(order):
            with Unit() as unit:
                unit.session.add(order)
                unit.commit()
            publish('orders')
        """,
        "orders after commit",
    ),
]

APART = [
    within("publish('orders')", "order.save()"),
    within("publish('orders')", "order.sent = True", "session.commit()"),
    within("publish('orders')", "order.cart.sent = True", "session.commit()"),
    within("order.save()", "transaction.on_commit(lambda: publish('orders'))"),
    "from functools import partial\n" + within("order.save()", "transaction.on_commit(partial(publish, 'orders'))"),
    within("order.save()", "def tell():", "    publish('orders')", "transaction.on_commit(tell)"),
    within("order.save()", "@transaction.on_commit", "def tell():", "    publish('orders')"),
    "def later(name):\n    transaction.on_commit(lambda: publish(name))\n\n" + within("order.save()", "later('orders')"),
    within("if ready:", "    order.save()", "else:", "    publish('orders')"),
    within("if ready:", "    order.save()", "    return", "publish('orders')"),
    within("if ready:", "    order.save()", "elif order:", "    publish('orders')"),
    within("for _ in range(3):", "    if ready:", "        order.save()", "        continue", "    publish('orders')"),
    within("while True:", "    if ready:", "        order.save()", "        break", "    publish('orders')"),
    within("try:", "    order.save()", "except ValueError:", "    publish('failed')"),
    within("try:", "    publish('orders')", "except ValueError:", "    order.save()"),
    within("match ready:", "    case True:", "        order.save()", "    case _:", "        publish('orders')"),
    within("OutboxMessage.objects.create()", "order.save()", "publish('orders')"),
    "class OutboxRelay:\n    def run(self, order: Order):\n        order.save()\n        publish('orders')",
    within("Order.objects.filter().exists()", "publish('orders')"),
    within("with transaction.atomic():", "    publish('orders')"),
    within("session.rollback()", "publish('orders')"),
    "@event.listens_for(Local, 'after_commit')\ndef tell(session):\n    publish('orders')\n\n" + within("session.commit()"),
    "def one(order: Order):\n    order.save()\n\ndef two():\n    publish('orders')\n",
    within("if ready:", "    order.save()", "else:", "    publish('orders')") + "\n\nrun(Local(), Order())",
    "from confluent_kafka import Producer\ntied = Producer({})\n"
    + within("tied.begin_transaction()", "order.save()", "tied.produce('orders')", "tied.commit_transaction()"),
]


@pytest.mark.parametrize("case", TOGETHER)
def test_nothing_ties_them(case: tuple[str, ...]) -> None:
    code, *expected = case
    assert met(code) == expected


@pytest.mark.parametrize("code", APART)
def test_they_do_not_meet(code: str) -> None:
    assert met(code) == []
