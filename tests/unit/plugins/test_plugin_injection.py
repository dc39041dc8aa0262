"""Containers of dependency injection: an object by its class, a parameter by its annotation."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
from kafka import KafkaProducer
from store import Shelf

class Outbox:
    def __init__(self):
        self.producer = KafkaProducer()

    def put(self):
        self.producer.send("orders")
"""
FORMS = [
    "from dishka import make_container\ntold(make_container().get(Outbox))",
    "from dishka import make_container\nwith make_container()() as scope:\n    told(scope.get(Outbox))",
    "from dishka import make_async_container\nasync def f():\n    told(await make_async_container().get(Outbox))",
    "from dishka import AsyncContainer\nasync def f(c: AsyncContainer):\n    told(await c.get(Outbox))",
    "from dishka.integrations.fastapi import FromDishka\nasync def f(outbox: FromDishka[Outbox]):\n    told(outbox)",
    "from injector import Injector\ntold(Injector().get(Outbox))",
    "from injector import Inject\ndef f(outbox: Inject[Outbox]):\n    told(outbox)",
    "from punq import Container\ntold(Container().resolve(Outbox))",
    "from lagom import Container\ntold(Container().resolve(Outbox))",
    "from svcs import Container, Registry\ntold(Container(Registry()).get(Outbox))",
    "from wireup import create_sync_container\ntold(create_sync_container().get(Outbox))",
    "from wireup import Injected\ndef f(outbox: Injected[Outbox]):\n    told(outbox)",
    "from werkzeug.local import LocalProxy\ndef made():\n    return Outbox()\noutbox = LocalProxy(made)\ntold(outbox)",
    "from werkzeug.local import LocalProxy\noutbox = LocalProxy(lambda: Outbox())\ndef f():\n    told(outbox)",
    "from werkzeug.local import LocalProxy\noutbox = LocalProxy(Outbox)\ndef f():\n    told(outbox)",
    "from django.utils.functional import SimpleLazyObject\ntold(SimpleLazyObject(func=lambda: Outbox()))",
    "from lazy_object_proxy import Proxy\ntold(Proxy(lambda: Outbox()))",
]
LOOK_ALIKES = [
    "told({}.get(Outbox))",
    "told(Shelf().get(Outbox))",
    "from dishka import make_container\ntold(make_container().close(Outbox))",
    "from dishka import make_container\ntold(make_container().get(Shelf))",
    "from injector import Injector\ntold(Injector().binder(Outbox))",
    "class Container:\n    def resolve(self, kind): ...\ntold(Container().resolve(Outbox))",
    "from punq import Container\ntold(Container().register(Outbox))",
    "def f(outbox: list[Outbox]):\n    told(outbox)",
    "from werkzeug.local import LocalProxy\ndef made():\n    return Shelf()\ntold(LocalProxy(made))",
    "from werkzeug.local import LocalProxy\ntold(LocalProxy(Shelf))",
    "from werkzeug.local import LocalProxy, LocalStack\ntold(LocalProxy(LocalStack()))",
    "from lib import LocalProxy\ntold(LocalProxy(lambda: Outbox()))",
]
TOLD = "def told(outbox):\n    outbox.producer.send('told')\n"


@pytest.mark.parametrize("code", FORMS)
def test_what_is_injected_is_known(code: str) -> None:
    assert sightings(SETUP, TOLD, code) == ["publish kafka orders", "publish kafka told"]


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_what_is_not_injected_is_not(code: str) -> None:
    assert sightings(SETUP, TOLD, code) == ["publish kafka orders"]
