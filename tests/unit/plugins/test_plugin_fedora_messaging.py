"""fedora-messaging: messages by their topics, bindings, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from fedora_messaging import api, message
from fedora_messaging.message import Message

class Started(Message):
    topic = "build.started"

class Done(Message):
    @classmethod
    def of(cls, name):
        return cls(body={"name": name})
    @property
    def topic(self):
        return "build.done"

def on_message(message): ...
api.publish(Message(topic="control", body={}))
"""
CONTROL = "publish fedora-messaging control"

FORMS = [
    ("api.publish(Started(body={}))", "publish fedora-messaging build.started"),
    ("api.publish(message=Done.of('x'), exchange='mine')", "publish fedora-messaging mine:build.done"),
    ("api.twisted_publish(message.Message(body={}, topic='a.b'))", "publish fedora-messaging a.b"),
    (
        "def tell(m):\n    api.publish(m)\ntell(Started(body={}))\ntell(api.Message(topic='a.b'))",
        "publish fedora-messaging a.b",
        "publish fedora-messaging build.started",
    ),
    (
        """
        def tell(topic, **body):
            api.publish(api.Message(topic=f"builds.{topic}", body=body))
        tell("moved", to="x")
        """,
        "publish fedora-messaging builds.moved",
    ),
    (
        "api.consume(on_message, bindings=[{'queue': 'q', 'exchange': 'amq.topic', 'routing_keys': ['a.#', 'b']}])",
        "subscribe fedora-messaging amq.topic:a.# by on_message",
        "subscribe fedora-messaging amq.topic:b by on_message",
    ),
    (
        "api.twisted_consume(on_message, {'queue': 'q', 'exchange': 'amq.topic', 'routing_keys': ['a.#']})",
        "subscribe fedora-messaging amq.topic:a.# by on_message",
    ),
    ("api.consume(on_message)", "subscribe fedora-messaging ? by on_message"),
]
LOOK_ALIKES = [
    "Started(body={})",
    "class Press:\n    def publish(self, message): ...\nPress().publish(Started(body={}))",
    "from fedora_messaging import config\nconfig.conf.setup_logging()",
    "def consume(callback): ...\nconsume(on_message)",
    "def handled(message):\n    return message.topic",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
