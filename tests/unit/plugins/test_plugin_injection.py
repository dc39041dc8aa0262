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


LETTERS = """
from functools import partial
from kafka import KafkaProducer
from lib import Shelf

class Letters:
    def __init__(self, topic="letters"):
        self.topic = topic

def letters():
    return Letters("made")

def session():
    yield Letters("made")

def unrelated():
    return Letters("other")

def told(letters):
    KafkaProducer().send(letters.topic)
"""
CONTAINER = """
from dependency_injector import containers, providers
from dependency_injector.wiring import Closing, Provide, inject

class Inner(containers.DeclarativeContainer):
    letters = providers.Singleton(Letters, "made")

class Container(containers.DeclarativeContainer):
    topic = providers.Object("made")
    named = providers.Callable(lambda: "made")
    letters = providers.Singleton(Letters, topic="made")
    deep = providers.Factory(Letters, topic=topic)
    deeper = providers.ThreadSafeSingleton(Letters, named)
    called = providers.Callable(letters)
    there = providers.Object(Letters("made"))
    resource = providers.Resource(session)
    open = providers.Factory(Letters)
    inner = providers.Container(Inner)
    shelf = providers.Singleton(Shelf, topic="made")
"""
INJECTED = [
    ("", "from picodi import Provide, inject\n@inject\ndef f(x: Letters = Provide(letters)):\n    told(x)"),
    ("", "from picodi import Provide, inject\n@inject\ndef f(x=Provide(session)):\n    told(x)"),
    ("", "from faststream import Depends\ndef f(x=Depends(letters)):\n    told(x)"),
    ("", "from fast_depends import Depends, inject\n@inject\ndef f(x=Depends(letters)):\n    told(x)"),
    ("", "from taskiq import TaskiqDepends\ndef f(x=TaskiqDepends(letters)):\n    told(x)"),
    ("", "told(partial(Letters, 'made')())"),
    ("", "told(partial(Letters, topic='made')())"),
    ("", "told(partial(partial(Letters), 'made')())"),
    (CONTAINER, "told(Container.letters())"),
    (CONTAINER, "told(Container().letters())"),
    (CONTAINER, "container = Container()\ndef f():\n    told(container.deep())"),
    (CONTAINER, "told(Container.deeper())"),
    (CONTAINER, "told(Container.called())"),
    (CONTAINER, "told(Container.there())"),
    (CONTAINER, "told(Container.open('made'))"),
    (CONTAINER, "told(Container.inner.letters())"),
    (CONTAINER, "@inject\ndef f(x=Provide[Container.letters]):\n    told(x)"),
    (CONTAINER, "@inject\ndef f(x: Letters = Provide[Container.inner.letters]):\n    told(x)"),
    (CONTAINER, "@inject\ndef f(x=Closing[Provide[Container.resource]]):\n    told(x)"),
    (CONTAINER, "from typing import Annotated\n@inject\ndef f(x: Annotated[Letters, Provide[Container.deep]]):\n    told(x)"),
    (CONTAINER, "from fastapi import Depends\n@inject\ndef f(x: Letters = Depends(Provide[Container.letters])):\n    told(x)"),
]
NOT_INJECTED = [
    ("", "from lib import Provide\ndef f(x=Provide(letters)):\n    told(x)"),
    ("", "from picodi import Provide\ndef f(x=Provide(unknown)):\n    told(x)"),
    ("", "def f(x=letters):\n    told(x)"),
    ("", "told(partial(Shelf, 'made')())"),
    (CONTAINER, "told(Container.letters)"),
    (CONTAINER, "told(Container.shelf())"),
    (CONTAINER, "told(Container.missing())"),
    (CONTAINER, "def f(x=Container.letters):\n    told(x)"),
    (CONTAINER, "shelf = {}\ndef f(x=shelf[Container.letters]):\n    told(x)"),
    ("from lib import providers\nclass C:\n    letters = providers.Singleton(Letters, topic='made')", "told(C.letters())"),
]


@pytest.mark.parametrize(("setup", "code"), INJECTED)
def test_what_a_provider_makes_is_known_with_its_arguments(setup: str, code: str) -> None:
    assert sightings(LETTERS, setup, code) == ["publish kafka made"]


@pytest.mark.parametrize(("setup", "code"), NOT_INJECTED)
def test_what_no_provider_makes_is_not(setup: str, code: str) -> None:
    assert sightings(LETTERS, setup, code) == ["publish kafka ?"]


def test_an_argument_of_a_factory_comes_before_what_the_caller_adds() -> None:
    code = "told(providers.Factory(Letters, 'made')('added'))\ntold(providers.Factory(Letters)(topic='added'))"
    assert sightings(LETTERS, CONTAINER, code) == ["publish kafka added", "publish kafka made"]


OPEN = """
from dependency_injector import containers, providers, resources
from dependency_injector.wiring import Provide, Provider, inject

class Settings:
    topic = "made"

    def named(self):
        return "made"

class Sender:
    def __init__(self, make):
        self.letters = make("made")

class Pool(resources.Resource):
    def init(self, topic):
        return Letters(topic)

async def opened(topic):
    yield Letters(topic)

class Outer(containers.DeclarativeContainer):
    topic = providers.Object("made")
    letters = providers.Factory(Letters)

class Own(providers.Singleton):
    pass
"""
INNER = """
class Inner(containers.DeclarativeContainer):
    outer = providers.DependenciesContainer()
    topic = providers.Dependency(instance_of=str)
    letters = providers.Factory(Letters, topic)
    deep = providers.Factory(Letters, outer.topic)
"""


def _container(*providers: str) -> str:
    return "class C(containers.DeclarativeContainer):\n" + "".join(f"    {line}\n" for line in providers)


SETTINGS = "settings = providers.Singleton(Settings)"
OPENED = [
    _container(SETTINGS, "x = providers.Factory(Letters, settings.provided.topic)") + "told(C.x())",
    _container(SETTINGS, "x = providers.Factory(Letters, settings.provided.named.call())") + "told(C.x())",
    _container("d = providers.Object({'t': 'made'})", "x = providers.Factory(Letters, d.provided['t'])") + "told(C.x())",
    _container("x = providers.Factory(Letters)", "s = providers.Factory(Sender, x.provider)") + "told(C.s().letters)",
    _container("x = providers.Factory(Letters)") + "@inject\ndef f(x=Provider[C.x]):\n    told(x('made'))",
    _container("x = providers.Factory(Letters, 'made')") + "@inject\ndef f(x=Provide['x']):\n    told(x)",
    _container("o = providers.Container(Outer)") + "@inject\ndef f(x=Provide['o.topic']):\n    told(Letters(x))",
    _container("x = Own(Letters, 'made')") + "told(C.x())",
    _container("x = providers.List(providers.Factory(Letters, 'made'))") + "for x in C.x():\n    told(x)",
    _container("x = providers.Dict(k=providers.Factory(Letters, 'made'))") + "told(C.x()['k'])",
    _container("x = providers.Dict({'k': providers.Factory(Letters, 'made')})") + "told(C.x()['k'])",
    _container("c = providers.Configuration(default={'k': {'t': 'made'}})", "x = providers.Factory(Letters, c['k']['t'])")
    + "told(C.x())",
    _container(
        "c = providers.Configuration(default={'k': 'a'})",
        "x = providers.Selector(c.k, a=providers.Factory(Letters, 'made'), b=providers.Factory(Letters, 'other'))",
    )
    + "told(C.x())",
    _container("x = providers.Resource(Pool, 'made')") + "told(C.x())",
    _container("x = providers.Resource(opened, 'made')") + "async def f():\n    told(await C.x())",
    INNER + "told(Inner(topic='made').letters())",
    INNER + _container("outer = providers.Container(Outer)", "i = providers.Container(Inner, outer=outer)") + "told(C.i.deep())",
    INNER
    + _container("t = providers.Object('made')", "i = providers.Container(Inner, topic=t)")
    + "i = C().i()\ntold(i.letters())",
    INNER + "inner = Inner()\ninner.topic.override(providers.Object('made'))\ntold(inner.letters())",
    "class I(containers.DeclarativeContainer):\n    t = providers.Dependency(default='made')\ntold(Letters(I.t()))",
    "class I(containers.DeclarativeContainer):\n    make = providers.Dependency()\n    s = providers.Singleton(Sender, make=make)\n"
    + _container("o = providers.Container(Outer)", "i = providers.Container(I, make=o.provided.letters)")
    + "told(C().i().s().letters)",
]
STILL_OPEN = [
    INNER + "told(Inner.letters())",
    INNER + "told(Inner(other='made').letters())",
    INNER + _container("i = providers.Container(Outer, topic=providers.Object('made'))") + "told(Inner.letters())",
    INNER + "class Other(containers.DeclarativeContainer): ...\nOther().topic.override('made')\ntold(Inner.letters())",
    _container(SETTINGS, "x = providers.Factory(Letters, settings.provided.missing)") + "told(C.x())",
    _container("x = providers.Factory(Letters, 'made')") + "@inject\ndef f(x=Provider[C.x]):\n    told(x)",
    _container("x = providers.Factory(Letters, 'made')") + "@inject\ndef f(x=Provide['y']):\n    told(x)",
    "class C:\n    x = providers.Factory(Letters, 'made')\n@inject\ndef f(x=Provide['x']):\n    told(x)",
    "from lib import Kept\nclass Own2(Kept): ...\n" + _container("x = Own2(Letters, 'made')") + "told(C.x())",
]


@pytest.mark.parametrize("code", OPENED)
def test_what_containers_are_made_of_is_known(code: str) -> None:
    assert sightings(LETTERS, OPEN, code) == ["publish kafka made"]


@pytest.mark.parametrize("code", STILL_OPEN)
def test_what_nothing_gives_a_container_is_not(code: str) -> None:
    assert sightings(LETTERS, OPEN, code) == ["publish kafka ?"]
