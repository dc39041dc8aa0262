"""MQTT: paho, aiomqtt, gmqtt with fastapi-mqtt, and Flask-MQTT: where subscriptions are made, who handles what arrives."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
import aiomqtt, gmqtt
import paho.mqtt.client as mqtt
import paho.mqtt.publish as publish
import paho.mqtt.subscribe as subscribe
from fastapi_mqtt import FastMQTT, MQTTConfig
from flask_mqtt import Mqtt

client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
client.publish("control", "on")
def on_message(client, userdata, message): ...
"""
CONTROL = "publish mqtt control"
_FOUND = "subscribe mqtt home/+/state by on_message"

PAHO = [
    ("client.publish(topic='home/lamp', payload='on', qos=1)", "publish mqtt home/lamp"),
    ("client.will_set('home/gone', 'offline', retain=True)", "publish mqtt home/gone"),
    ("publish.single('home/lamp', 'on', hostname='broker')", "publish mqtt home/lamp"),
    (
        "publish.multiple([{'topic': 'home/a', 'payload': '1'}, ('home/b', '2', 0, False)], hostname='broker')",
        "publish mqtt home/a",
        "publish mqtt home/b",
    ),
    ("subscribe.callback(on_message, ['home/a', 'home/+/state'])", _FOUND, "subscribe mqtt home/a by on_message"),
    ("subscribe.callback(on_message, 'home/+/state', hostname='broker')", _FOUND),
    ("def read():\n    return subscribe.simple('home/a', hostname='broker').payload", "subscribe mqtt home/a by read"),
    ("client.on_message = on_message\nclient.subscribe('home/+/state')", _FOUND),
    ("client.on_message = on_message\nclient.subscribe(('home/+/state', 1))", _FOUND),
    (
        "client.on_message = on_message\nclient.subscribe([('home/+/state', 1), ('home/#', 0)])",
        _FOUND,
        "subscribe mqtt home/# by on_message",
    ),
    ("client.subscribe('home/+/state', qos=1)", "subscribe mqtt home/+/state by ?"),
    (
        """
        def on_connect(client, userdata, flags, reason_code, properties):
            client.subscribe('home/+/state')
        client.on_connect = on_connect
        client.on_message = on_message
        """,
        _FOUND,
    ),
    (
        """
        class Home:
            def __init__(self, base):
                self.base = base
                self.mqtt = mqtt.Client()
                self.mqtt.on_connect = self._connected
                self.mqtt.on_message = self._arrived
            def _connected(self, client, userdata, flags, rc):
                client.subscribe(f'{self.base}/+/state')
            def _arrived(self, client, userdata, message):
                client.publish(self.base + '/seen')
        Home('home')
        """,
        "subscribe mqtt home/+/state by Home._arrived",
        "publish mqtt home/seen",
    ),
    (
        """
        class Home(mqtt.Client):
            def on_connect(self, client, userdata, flags, rc):
                self.subscribe('home/+/state')
            def on_message(self, client, userdata, message): ...
        Home().connect('broker')
        """,
        "subscribe mqtt home/+/state by Home.on_message",
    ),
    (
        """
        def on_state(client, userdata, message):
            client.publish('home/seen')
        client.message_callback_add('home/+/state', on_state)
        """,
        "subscribe mqtt home/+/state by on_state",
        "publish mqtt home/seen",
    ),
    (
        """
        @client.topic_callback('home/+/state')
        def on_state(client, userdata, message): ...
        @client.connect_callback()
        def connected(client, userdata, flags, rc, properties):
            client.subscribe('home/#')
        @client.message_callback()
        def anything(client, userdata, message): ...
        """,
        "subscribe mqtt home/+/state by on_state",
        "subscribe mqtt home/# by anything",
    ),
]
OTHERS = [
    ("def place(topic):\n    gmqtt.Client('me').publish(topic, b'on')", "publish mqtt ?"),
    ("import os\ngmqtt.Client('me').publish(os.environ['TOPIC'], b'on')", "publish mqtt ?"),
    ("import elsewhere\nFastMQTT(config=MQTTConfig()).publish(elsewhere.topic(), b'on')", "publish mqtt ?"),
    (
        """
        async def listen():
            async with aiomqtt.Client('broker', will=aiomqtt.Will('home/gone', 'off')) as broker:
                await broker.publish('home/lamp', payload='on')
                await broker.subscribe('home/+/state')
                async for message in broker.messages:
                    print(message.topic)
        """,
        "publish mqtt home/gone",
        "publish mqtt home/lamp",
        "subscribe mqtt home/+/state by listen",
    ),
    (
        """
        from asyncio_mqtt import Client
        async def listen():
            async with Client('broker') as broker:
                async with broker.filtered_messages('home/+/state') as messages:
                    await broker.subscribe([('home/#', 0)])
                    async for message in messages: ...
        """,
        "subscribe mqtt home/# by listen",
        "subscribe mqtt home/+/state by listen",
    ),
    (
        """
        def tell(elsewhere):
            gmqtt.Client('me').publish(f'home/{elsewhere.room()}/lamp', 'on')
        """,
        "publish mqtt home/{}/lamp",
    ),
    (
        """
        def connected(client, flags, rc, properties):
            client.subscribe([gmqtt.Subscription('home/a', qos=1), gmqtt.Subscription('home/b')])
        def arrived(client, topic, payload, qos, properties): ...
        broker = gmqtt.Client('me')
        broker.on_connect = connected
        broker.on_message = arrived
        broker.publish('home/lamp', 'on')
        broker.publish(gmqtt.Message('home/other', 'on'))
        """,
        "publish mqtt home/lamp",
        "publish mqtt home/other",
        "subscribe mqtt home/a by arrived",
        "subscribe mqtt home/b by arrived",
    ),
    (
        """
        fast = FastMQTT(config=MQTTConfig())
        @fast.on_connect()
        def connected(client, flags, rc, properties):
            fast.client.subscribe('home/a')
        @fast.subscribe('home/+/state', 'home/b', qos=1)
        async def on_state(client, topic, payload, qos, properties):
            fast.publish('home/seen', 'yes')
        """,
        "publish mqtt home/seen",
        "subscribe mqtt home/+/state by on_state",
        "subscribe mqtt home/a by ?",
        "subscribe mqtt home/b by on_state",
    ),
    (
        """
        flask = Mqtt()
        @flask.on_connect()
        def connected(client, userdata, flags, rc):
            flask.subscribe('home/a')
        @flask.on_topic('home/+/state')
        def on_state(client, userdata, message):
            flask.publish('home/seen', 'yes')
        @flask.on_message()
        def anything(client, userdata, message): ...
        """,
        "publish mqtt home/seen",
        "subscribe mqtt home/+/state by on_state",
        "subscribe mqtt home/a by anything",
    ),
]
LOOK_ALIKES = [
    "client.unsubscribe('home/+/state')",
    "client.on_message = on_message",
    "client.message_callback_remove('home/+/state')",
    "client.connect('broker')\nclient.loop_forever()",
    "class Paper:\n    def publish(self, topic): ...\nPaper().publish('news')",
    "class Paper:\n    def subscribe(self, topic): ...\nPaper().subscribe('news')",
    "def on_connect(client, userdata, flags, rc):\n    client.subscribe('home/a')",
    "class Bus: ...\nbus = Bus()\ndef on_connect(client):\n    client.publish('home/a')\nbus.on_connect = on_connect",
    "aiomqtt.Topic('home/a').matches('home/+')",
    "aiomqtt.Client('broker')",
    "gmqtt.Message('home/a', 'on')",
    "FastMQTT(config=MQTTConfig()).unsubscribe('home/a')",
    "Mqtt().unsubscribe('home/a')",
]


@pytest.mark.parametrize("form", [*PAHO, *OTHERS])
def test_a_form_is_found(form: tuple[str, ...]) -> None:
    code, *expected = form
    assert sightings(SETUP, code) == sorted([CONTROL, *expected])


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, code) == [CONTROL]
