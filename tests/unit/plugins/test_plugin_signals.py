"""Buses inside a process: Django's signals, blinker, pyee, PyDispatcher, PyPubSub. Everything that they carry stays inside."""

from __future__ import annotations

import pytest
from sightings import sightings

DJANGO = """
from django.db.models.signals import post_save
from django.dispatch import Signal, receiver
from django.dispatch.dispatcher import Signal as Plain

placed = Signal()
def handle(**kwargs): ...
"""
BLINKER = """
from blinker import NamedSignal, Namespace, Signal, signal
from flask import request_started

events = Namespace()
ready = signal("ready")
saved = events.signal("saved")
closing = Signal()
def handle(sender): ...
"""
PYEE = """
from pyee import EventEmitter
from pyee.asyncio import AsyncIOEventEmitter
from pyee.cls import evented, on

ee = AsyncIOEventEmitter()
def handle(order): ...
"""
DISPATCHER = """
from pydispatch import dispatcher
from pydispatch.robust import sendRobust

DONE, JAMMED = "done", object()
STUCK = object()
def handle(): ...
"""
TOPICS = """
from pubsub import pub

def handle(order): ...
"""

FORMS = [
    (DJANGO, "placed.send(sender=None)", "publish signal app:placed inside"),
    (DJANGO, "placed.send_robust(None, order=1)", "publish signal app:placed inside"),
    (DJANGO, "async def f():\n    await placed.asend(None)", "publish signal app:placed inside"),
    (DJANGO, "async def f():\n    await placed.asend_robust(None)", "publish signal app:placed inside"),
    (DJANGO, "other = Plain()\nother.send(None)", "publish signal app:other inside"),
    (DJANGO, "also = placed\nalso.send(None)", "publish signal app:placed inside"),
    (DJANGO, "def tell(sig):\n    sig.send(None)\ntell(placed)", "publish signal app:placed inside"),
    (DJANGO, "class Shop:\n    opened = Signal()\nShop.opened.send(None)", "publish signal app.Shop:opened inside"),
    (
        DJANGO,
        "class Shop:\n    def __init__(self):\n        self.opened = Signal()\n    def f(self):\n        self.opened.send(self)",
        "publish signal app.Shop:opened inside",
    ),
    (DJANGO, "class Ours(Signal): ...\nmine = Ours()\nmine.send(None)", "publish signal app:mine inside"),
    (DJANGO, "placed.connect(handle)", "subscribe signal app:placed by handle inside"),
    (DJANGO, "placed.connect(receiver=handle, dispatch_uid='x')", "subscribe signal app:placed by handle inside"),
    (DJANGO, "@placed.connect\ndef on_placed(**kwargs): ...", "subscribe signal app:placed by on_placed inside"),
    (DJANGO, "@receiver(placed)\ndef on_placed(**kwargs): ...", "subscribe signal app:placed by on_placed inside"),
    (
        DJANGO,
        "gone = Signal()\n@receiver([placed, gone, post_save], sender=None)\ndef on_any(**kwargs): ...",
        "subscribe signal app:gone by on_any inside",
        "subscribe signal app:placed by on_any inside",
    ),
    (BLINKER, "ready.send(None)", "publish signal ready inside"),
    (BLINKER, "signal(name='ready').send(None)", "publish signal ready inside"),
    (BLINKER, "NamedSignal('ready').send(None)", "publish signal ready inside"),
    (BLINKER, "saved.send(None)", "publish signal events:saved inside"),
    (BLINKER, "closing.send(None)", "publish signal app:closing inside"),
    (BLINKER, "async def f():\n    await ready.send_async(None)", "publish signal ready inside"),
    (BLINKER, "ready.connect(handle)", "subscribe signal ready by handle inside"),
    (BLINKER, "closing.connect(handle, sender='x')", "subscribe signal app:closing by handle inside"),
    (BLINKER, "@saved.connect\ndef on_saved(sender): ...", "subscribe signal events:saved by on_saved inside"),
    (BLINKER, "@ready.connect_via('x')\ndef on_ready(sender): ...", "subscribe signal ready by on_ready inside"),
    (PYEE, "ee.emit('placed', 1)", "publish signal app.ee:placed inside"),
    (PYEE, "NAME = 'placed'\nee.emit(NAME)", "publish signal app.ee:placed inside"),
    (PYEE, "class Shop:\n    def f(self, bus: EventEmitter):\n        bus.emit('placed')", "publish signal placed inside"),
    (PYEE, "class Shop(EventEmitter):\n    def f(self):\n        self.emit('placed')", "publish signal placed inside"),
    (PYEE, "ee.on('placed', handle)", "subscribe signal app.ee:placed by handle inside"),
    (PYEE, "ee.once('placed', f=handle)", "subscribe signal app.ee:placed by handle inside"),
    (PYEE, "ee.add_listener('placed', handle)", "subscribe signal app.ee:placed by handle inside"),
    (PYEE, "@ee.on('placed')\nasync def on_placed(order): ...", "subscribe signal app.ee:placed by on_placed inside"),
    (PYEE, "@ee.once('placed')\ndef on_placed(order): ...", "subscribe signal app.ee:placed by on_placed inside"),
    (PYEE, "@ee.listens_to('placed')\ndef on_placed(order): ...", "subscribe signal app.ee:placed by on_placed inside"),
    (PYEE, "@evented\nclass A:\n    @on('placed')\n    def f(self): ...", "subscribe signal placed by A.f inside"),
    (DISPATCHER, "dispatcher.send(DONE, sender=None)", "publish signal done inside"),
    (DISPATCHER, "dispatcher.send(signal=STUCK)", "publish signal STUCK inside"),
    (DISPATCHER, "dispatcher.sendExact(signal='done')", "publish signal done inside"),
    (DISPATCHER, "sendRobust('done')", "publish signal done inside"),
    (DISPATCHER, "dispatcher.connect(handle, 'done')", "subscribe signal done by handle inside"),
    (DISPATCHER, "dispatcher.connect(handle, signal=STUCK)", "subscribe signal STUCK by handle inside"),
    (TOPICS, "pub.sendMessage('order.placed', order=1)", "publish signal order.placed inside"),
    (TOPICS, "pub.sendMessage(topicName='order.placed')", "publish signal order.placed inside"),
    (TOPICS, "pub.subscribe(handle, 'order')", "subscribe signal order.# by handle inside"),
]

LOOK_ALIKES = [
    (DJANGO, "post_save.send(sender=None)"),
    (DJANGO, "post_save.connect(handle)"),
    (DJANGO, "@receiver(post_save)\ndef on_save(**kwargs): ..."),
    (DJANGO, "@receiver([post_save])\ndef on_save(**kwargs): ..."),
    (DJANGO, "placed.disconnect(handle)"),
    (DJANGO, "placed.has_listeners(None)"),
    (DJANGO, "from django.core.mail import EmailMessage\nEmailMessage('x').send()"),
    (DJANGO, "class Signal:\n    def send(self, sender): ...\nmine = Signal()\nmine.send(None)"),
    (DJANGO, "def receiver(signal):\n    return lambda f: f\n@receiver(placed)\ndef f(): ..."),
    (DJANGO, "from PyQt5.QtCore import pyqtSignal\nclicked = pyqtSignal()\nclicked.connect(handle)"),
    (DJANGO, "import socket\nsocket.socket().connect(('x', 1))\nsocket.socket().send(b'')"),
    (BLINKER, "request_started.connect(handle)"),
    (BLINKER, "request_started.send(None)"),
    (BLINKER, "ready.disconnect(handle)"),
    (BLINKER, "ready.receivers_for(None)"),
    (BLINKER, "import signal as system\nsystem.signal(system.SIGTERM, handle)"),
    (BLINKER, "import smtplib\nsmtplib.SMTP().connect('host')"),
    (PYEE, "ee.remove_listener('placed', handle)"),
    (PYEE, "ee.listeners('placed')"),
    (PYEE, "class Packets:\n    def emit(self, event): ...\nPackets().emit('placed')"),
    (PYEE, "import logging\nlogging.StreamHandler().emit('placed')"),
    (DISPATCHER, "dispatcher.disconnect(handle, 'done')"),
    (DISPATCHER, "from werkzeug import dispatcher as web\nweb.send('done')"),
    (TOPICS, "pub.unsubscribe(handle, 'order')"),
    (TOPICS, "pub.isSubscribed(handle, 'order')"),
    (TOPICS, "from google.cloud import pubsub\npubsub.sendMessage('x')"),
]


@pytest.mark.parametrize("case", FORMS, ids=lambda c: c[1])
def test_it_is_seen(case: tuple[str, ...]) -> None:
    setup, code, *expected = case
    assert sightings(setup, code) == expected


@pytest.mark.parametrize("case", LOOK_ALIKES, ids=lambda c: c[1])
def test_nothing_is_seen(case: tuple[str, str]) -> None:
    assert sightings(*case) == []


def test_signals_of_one_name_in_two_modules_are_two() -> None:
    declared = "from django.dispatch import Signal\nchanged = Signal()\n"
    code = "import books, people\nbooks.changed.send(None)\npeople.changed.send(None)\n"
    assert sightings(code, books=declared, people=declared) == [
        "publish signal books:changed inside",
        "publish signal people:changed inside",
    ]
