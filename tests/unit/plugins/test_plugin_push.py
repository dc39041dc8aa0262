"""Pushes to browsers: Socket.IO, whose two directions never meet, and Django Channels."""

from __future__ import annotations

import pytest
from flowmap.model.interaction import Interaction
from sightings import interactions, sightings

SERVER = """
import socketio

sio = socketio.AsyncServer(async_mode="asgi")
def handle(sid, data): ...
"""
CLIENT = """
import socketio

sio = socketio.Client()
def handle(data): ...
"""
FLASK = """
from flask import Flask
from flask_socketio import Namespace, SocketIO, emit, join_room, send

sockets = SocketIO(Flask(__name__))
def handle(data): ...
"""
CHANNELS = """
from asgiref.sync import async_to_sync
from channels.consumer import SyncConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer, WebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ChannelNameRouter

layer = get_channel_layer()
"""

FORMS = [
    (SERVER, "async def f():\n    await sio.emit('placed', {'id': 1}, room='x')", "publish socketio/to-client placed"),
    (SERVER, "async def f():\n    await sio.emit(event='placed', to='x')", "publish socketio/to-client placed"),
    (SERVER, "async def f():\n    await sio.emit('placed', namespace='/shop')", "publish socketio/to-client /shop:placed"),
    (SERVER, "async def f():\n    await sio.send('hello')", "publish socketio/to-client message"),
    (SERVER, "socketio.RedisManager('redis://', write_only=True).emit('placed', {})", "publish socketio/to-client placed"),
    (SERVER, "@sio.on('pay')\nasync def on_pay(sid, data): ...", "subscribe socketio/to-server pay by on_pay"),
    (SERVER, "@sio.on('pay', namespace='/s')\nasync def on_pay(sid, data): ...", "subscribe socketio/to-server /s:pay by on_pay"),
    (SERVER, "sio.on('pay', handle)", "subscribe socketio/to-server pay by handle"),
    (SERVER, "sio.on('pay', handler=handle)", "subscribe socketio/to-server pay by handle"),
    (SERVER, "@sio.event\nasync def pay(sid, data): ...", "subscribe socketio/to-server pay by pay"),
    (SERVER, "@sio.event(namespace='/s')\nasync def pay(sid, data): ...", "subscribe socketio/to-server /s:pay by pay"),
    (
        SERVER,
        """
        class Shop(socketio.AsyncNamespace):
            def on_connect(self, sid, environ): ...
            async def on_pay(self, sid, data):
                await self.emit('paid', data)
        """,
        "publish socketio/to-client paid",
        "subscribe socketio/to-server pay by Shop.on_pay",
    ),
    (CLIENT, "sio.emit('pay', {})", "publish socketio/to-server pay"),
    (CLIENT, "sio.send('x')", "publish socketio/to-server message"),
    (CLIENT, "with socketio.SimpleClient() as c:\n    c.emit('pay')", "publish socketio/to-server pay"),
    (CLIENT, "@sio.on('paid')\ndef on_paid(data): ...", "subscribe socketio/to-client paid by on_paid"),
    (CLIENT, "@sio.event\ndef paid(data): ...", "subscribe socketio/to-client paid by paid"),
    (
        CLIENT,
        "class Shop(socketio.ClientNamespace):\n    def on_paid(self, data): ...",
        "subscribe socketio/to-client paid by Shop.on_paid",
    ),
    (FLASK, "sockets.emit('placed', {})", "publish socketio/to-client placed"),
    (FLASK, "def f():\n    emit('placed', {}, broadcast=True)", "publish socketio/to-client placed"),
    (FLASK, "def f():\n    send('x')", "publish socketio/to-client message"),
    (FLASK, "@sockets.on('pay')\ndef on_pay(data): ...", "subscribe socketio/to-server pay by on_pay"),
    (FLASK, "@sockets.event\ndef pay(data): ...", "subscribe socketio/to-server pay by pay"),
    (FLASK, "sockets.on_event('pay', handle, namespace='/s')", "subscribe socketio/to-server /s:pay by handle"),
    (FLASK, "class Shop(Namespace):\n    def on_pay(self, data): ...", "subscribe socketio/to-server pay by Shop.on_pay"),
    (
        CHANNELS,
        "async def f(job):\n    await layer.group_send(f'job_{job.id}', {'type': 'job.done'})",
        "publish channels job_{} [job.done]",
    ),
    (CHANNELS, "async_to_sync(layer.group_send)('jobs', {'type': 'job.done'})", "publish channels jobs [job.done]"),
    (CHANNELS, "async_to_sync(layer.send)('thumbs', {'type': 'make'})", "publish channels thumbs [make]"),
    (
        CHANNELS,
        """
        class Jobs(AsyncJsonWebsocketConsumer):
            async def connect(self):
                self.group = f"job_{self.scope['id']}"
                await self.channel_layer.group_add(self.group, self.channel_name)
            async def job_done(self, event): ...
        """,
        "subscribe channels job_{} by Jobs.connect",
    ),
    (
        CHANNELS,
        """
        class Jobs(WebsocketConsumer):
            def receive(self, text_data):
                async_to_sync(self.channel_layer.group_send)('jobs', {'type': 'job.done'})
        """,
        "publish channels jobs [job.done]",
    ),
    (
        CHANNELS,
        "class Thumbs(SyncConsumer): ...\nChannelNameRouter({'thumbs': Thumbs.as_asgi()})",
        "subscribe channels thumbs by <module>",
    ),
]

LOOK_ALIKES = [
    (SERVER, "@sio.event\nasync def connect(sid, environ): ..."),
    (SERVER, "@sio.event\nasync def disconnect(sid): ..."),
    (SERVER, "@sio.on('connect')\nasync def hello(sid, environ): ..."),
    (SERVER, "@sio.on('*')\nasync def anything(event, sid, data): ..."),
    (SERVER, "async def f(sid):\n    await sio.enter_room(sid, 'orders')"),
    (SERVER, "async def f(sid):\n    await sio.save_session(sid, {})"),
    (SERVER, "class Bus:\n    def emit(self, event): ...\nBus().emit('placed')"),
    (SERVER, "import logging\nlogging.StreamHandler().emit('placed')"),
    (CLIENT, "sio.connect('http://board')"),
    (CLIENT, "sio.wait()"),
    (CLIENT, "@sio.event\ndef connect_error(data): ..."),
    (FLASK, "def f():\n    join_room('orders')"),
    (FLASK, "@sockets.on_error_default\ndef failed(e): ..."),
    (CHANNELS, "async def f(name):\n    await layer.group_discard('jobs', name)"),
    (
        CHANNELS,
        """
        class Jobs(AsyncJsonWebsocketConsumer):
            async def receive_json(self, content):
                await self.send_json(content)
                await self.channel_layer.send(self.channel_name, {'type': 'x'})
        """,
    ),
    (CHANNELS, "class Layer:\n    def group_send(self, group, message): ...\nLayer().group_send('jobs', {'type': 'x'})"),
]


@pytest.mark.parametrize("case", FORMS, ids=lambda c: c[1])
def test_it_is_seen(case: tuple[str, ...]) -> None:
    setup, code, *expected = case
    assert sightings(setup, code) == expected


@pytest.mark.parametrize("case", LOOK_ALIKES, ids=lambda c: c[1])
def test_nothing_is_seen(case: tuple[str, str]) -> None:
    assert sightings(*case) == []


def open_to_all(found: tuple[Interaction, ...]) -> list[bool]:
    return [i.public for i in found]


def test_only_browsers_are_an_end_that_no_scan_can_see() -> None:
    namespace = "class Shop(socketio.AsyncNamespace):\n    def on_pay(self, sid, data):\n        self.emit('paid')"
    assert open_to_all(interactions(SERVER, namespace)) == [True, True]
    assert open_to_all(interactions(CHANNELS, "async_to_sync(layer.group_send)('jobs', {'type': 'x'})")) == [False]
