"""Mediators and buses that go by the class of a message, and the buses of two hosts of plug-ins; all of them inside a process."""

from __future__ import annotations

import pytest
from sightings import sightings

MEDIATR = """
from mediatr import GenericQuery, Mediator

mediator = Mediator()
class GetUser(GenericQuery[int]): ...
class Rename: ...
"""
DIATOR = """
import cqrs
from diator.events import EventMap
from diator.mediator import Mediator
from diator.requests import Request, RequestMap

class Join(Request): ...
class Joined: ...
class JoinHandler:
    async def handle(self, request): ...
class Greeter:
    async def handle(self, event): ...
"""
LATO = """
from lato import Application, ApplicationModule, Command, Event, TransactionContext

module = ApplicationModule("billing")
app = Application("app")
class Charge(Command): ...
class Charged(Event): ...
"""
BUBUS = """
from bubus import BaseEvent, EventBus

bus = EventBus()
class Found(BaseEvent): ...
async def handle(event): ...
"""
KYTOS = """
from kytos.core import KytosEvent, KytosNApp
from kytos.core.helpers import alisten_to, listen_to
"""
ASSISTANT = """
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send, dispatcher_send

SIGNAL = "light_on"
def handle(event): ...
"""

FORMS = [
    (MEDIATR, "mediator.send(GetUser())", "publish mediator GetUser (command) inside"),
    (MEDIATR, "Mediator.send(Rename())", "publish mediator Rename (command) inside"),
    (MEDIATR, "async def f():\n    r = Rename()\n    await mediator.send_async(r)", "publish mediator Rename (command) inside"),
    (
        MEDIATR,
        "@Mediator.handler\nasync def on_get(request: GetUser): ...",
        "subscribe mediator GetUser (command) by on_get inside",
    ),
    (
        MEDIATR,
        "@Mediator.handler\nclass Renames:\n    def handle(self, request: Rename): ...",
        "subscribe mediator Rename (command) by Renames.handle inside",
    ),
    (DIATOR, "async def f(m: Mediator):\n    await m.send(Join())", "publish mediator Join (command) inside"),
    (DIATOR, "async def f(m: cqrs.RequestMediator):\n    await m.send(Join())", "publish mediator Join (command) inside"),
    (
        DIATOR,
        "from cqrs.bootstrap import requests\nasync def f():\n    await requests.bootstrap(di_container=None).send(Join())",
        "publish mediator Join (command) inside",
    ),
    (DIATOR, "RequestMap().bind(Join, JoinHandler)", "subscribe mediator Join (command) by JoinHandler.handle inside"),
    (
        DIATOR,
        "def wire(mapper: cqrs.RequestMap):\n    mapper.bind(Join, JoinHandler)",
        "subscribe mediator Join (command) by JoinHandler.handle inside",
    ),
    (DIATOR, "EventMap().bind(Joined, Greeter)", "subscribe mediator Joined by Greeter.handle inside"),
    (LATO, "app.execute(Charge())", "publish mediator Charge (command) inside"),
    (LATO, "async def f():\n    await app.publish_async(Charged())", "publish mediator Charged inside"),
    (LATO, "def f(ctx: TransactionContext):\n    ctx.publish(Charged())", "publish mediator Charged inside"),
    (LATO, "with app.transaction_context() as ctx:\n    ctx.execute(Charge())", "publish mediator Charge (command) inside"),
    (LATO, "@module.handler(Charge)\ndef charge(command): ...", "subscribe mediator Charge by charge inside"),
    (LATO, "@app.handler('nightly')\ndef nightly(): ...", "subscribe mediator nightly by nightly inside"),
    (BUBUS, "bus.dispatch(Found())", "publish signal Found inside"),
    (BUBUS, "bus.on(Found, handle)", "subscribe signal Found glob by handle inside"),
    (BUBUS, "bus.on('Found', handle)", "subscribe signal Found glob by handle inside"),
    (BUBUS, "bus.on('*', handler=handle)", "subscribe signal * glob by handle inside"),
    (KYTOS, "KytosEvent(name='kytos/topology.up', content={})", "publish kytos kytos/topology.up inside"),
    (
        KYTOS,
        "class Main(KytosNApp):\n    @listen_to('.*.link.up', '.*.link.down')\n    def on_link(self, event): ...",
        "subscribe kytos .*.link.down regex by Main.on_link inside",
        "subscribe kytos .*.link.up regex by Main.on_link inside",
    ),
    (
        KYTOS,
        "class Main(KytosNApp):\n    @alisten_to('kytos/x')\n    async def on_x(self, event): ...",
        "subscribe kytos kytos/x regex by Main.on_x inside",
    ),
    (
        KYTOS + "from kytos.core import rest\n",
        """
        class Main(KytosNApp):
            @rest('v2/flows')
            @rest('/v2/flows/{dpid}', methods=['POST'])
            def flows(self, request): ...
        """,
        "serve http GET /v2/flows by Main.flows",
        "serve http POST /v2/flows/{} by Main.flows",
    ),
    (ASSISTANT, "def setup(hass: HomeAssistant):\n    hass.bus.async_fire('rang', {})", "publish signal rang inside"),
    (
        ASSISTANT,
        "async def f(hass: HomeAssistant):\n    await hass.services.async_call('light', 'turn_on', {})",
        "publish signal/service light.turn_on (command) inside",
    ),
    (
        ASSISTANT,
        "def f(hass: HomeAssistant):\n    hass.services.async_register('light', 'turn_on', handle)",
        "subscribe signal/service light.turn_on (command) by handle inside",
    ),
    (
        ASSISTANT,
        "from homeassistant.components import mqtt\nasync def f(hass):\n    await mqtt.async_publish(hass, 'lamp/set', '1')",
        "publish mqtt lamp/set",
    ),
    (
        ASSISTANT,
        "from homeassistant.components import mqtt\nasync def f(hass):\n    await mqtt.async_subscribe(hass, 'lamp/+', handle)",
        "subscribe mqtt lamp/+ by handle",
    ),
    (
        ASSISTANT,
        """
        class Bell:
            def __init__(self, hass: HomeAssistant):
                self.hass = hass
            def ring(self):
                self.hass.bus.fire('rang')
        """,
        "publish signal rang inside",
    ),
    (
        ASSISTANT,
        "def setup(hass: HomeAssistant):\n    hass.bus.async_listen('rang', handle)",
        "subscribe signal rang by handle inside",
    ),
    (ASSISTANT, "def setup(hass):\n    async_dispatcher_send(hass, SIGNAL, 1)", "publish signal light_on inside"),
    (ASSISTANT, "def setup(hass):\n    dispatcher_send(hass, f'{SIGNAL}_{hass.id}')", "publish signal light_on_{} inside"),
    (
        ASSISTANT,
        "def setup(hass):\n    async_dispatcher_connect(hass, SIGNAL, handle)",
        "subscribe signal light_on by handle inside",
    ),
]

LOOK_ALIKES = [
    (MEDIATR, "class Sender:\n    def send(self, request): ...\nSender().send(GetUser())"),
    (MEDIATR, "@Mediator.behavior\ndef timed(request: GetUser, next): ..."),
    (MEDIATR, "import smtplib\nsmtplib.SMTP().send(GetUser())"),
    (DIATOR, "import socket\nsocket.socket().bind(('x', 1))"),
    (DIATOR, "import logging\nlogging.getLogger().bind(Join, JoinHandler)"),
    (DIATOR, "RequestMap().get(Join)"),
    (LATO, "app.include_submodule(module)"),
    (LATO, "app.call('nightly')"),
    (LATO, "import sqlite3\nsqlite3.connect('x').execute('SELECT 1')"),
    (BUBUS, "async def f():\n    await bus.stop()"),
    (BUBUS, "class Router:\n    def dispatch(self, event): ...\nRouter().dispatch(Found())"),
    (KYTOS, "class KytosEvents: ...\nKytosEvents()"),
    (KYTOS, "import queue\nqueue.Queue().put('kytos/x')"),
    (ASSISTANT, "def f(hass: HomeAssistant):\n    hass.services.has_service('light', 'turn_on')"),
    (ASSISTANT, "def f(hass: HomeAssistant):\n    hass.states.async_set('light.desk', 'on')"),
    (ASSISTANT, "def setup(hass: HomeAssistant):\n    hass.states.async_set('light.x', 'on')"),
    (ASSISTANT, "class Gun:\n    def fire(self, event_type): ...\nGun().fire('rang')"),
]


@pytest.mark.parametrize("case", FORMS)
def test_it_is_seen(case: tuple[str, ...]) -> None:
    setup, code, *expected = case
    assert sightings(setup, code) == expected


@pytest.mark.parametrize("case", LOOK_ALIKES, ids=lambda c: c[1])
def test_nothing_is_seen(case: tuple[str, str]) -> None:
    assert sightings(*case) == []


def test_what_an_application_of_kytos_serves_stands_below_its_name() -> None:
    rest = """
    from kytos.core import KytosNApp, rest
    from napps.acme.flows import settings
    class Main(KytosNApp):
        @rest('/v2/x/')
        def f(self): ...
    """
    kept = {f"napps/acme/{name}": "" for name in ("__init__", "flows/__init__", "flows/settings")}
    assert sightings("", **kept, **{"napps/__init__": "", "napps/acme/flows/main": rest}) == [
        "serve http GET /api/acme/flows/v2/x by Main.f"
    ]
