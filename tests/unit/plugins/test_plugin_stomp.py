"""stomp.py: connections with their listeners, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import stomp
connection = stomp.Connection([("broker", 61613)])
connection.send("/queue/control", "on")

class Listener(stomp.ConnectionListener):
    def on_message(self, frame): ...
    def on_error(self, frame): ...
"""
CONTROL = "publish stomp /queue/control"
_FOUND = "subscribe stomp /topic/orders by Listener.on_message"

FORMS = [
    ("connection.send(destination='/topic/orders', body='{}')", "publish stomp /topic/orders"),
    ("connection.set_listener('', Listener())\nconnection.subscribe('/topic/orders', id=1, ack='auto')", _FOUND),
    (
        """
        class Orders:
            def __init__(self):
                self.connection = stomp.Connection12()
                self.connection.set_listener('orders', Listener())
            def run(self):
                self.connection.subscribe(destination='/topic/orders', id='1')
        Orders().run()
        """,
        _FOUND,
    ),
    (
        """
        class Both(stomp.ConnectionListener):
            def __init__(self, connection):
                self.connection = connection
            def on_connected(self, frame):
                self.connection.subscribe('/topic/orders', id=1)
            def on_message(self, frame):
                self.connection.send('/queue/done', frame.body)
        connection.set_listener('', Both(connection))
        """,
        "subscribe stomp /topic/orders by Both.on_message",
        "publish stomp /queue/done",
    ),
    ("connection.subscribe('/topic/orders', id=1)", "subscribe stomp /topic/orders by ?"),
]
LOOK_ALIKES = [
    "connection.set_listener('', Listener())",
    "connection.unsubscribe(1)\nconnection.ack('1')",
    "class Feet:\n    def send(self, to, body): ...\nFeet().send('/topic/orders', '')",
    "import socket\nsocket.socket().send(b'/topic/orders')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
