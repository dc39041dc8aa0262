"""azure-servicebus: queues and topics, sync and async."""

from __future__ import annotations

from sightings import checks

SETUP = """
from azure.servicebus import ServiceBusClient, ServiceBusMessage, ServiceBusSender
from azure.servicebus.aio import ServiceBusClient as Later
bus = ServiceBusClient.from_connection_string('x')
bus.get_topic_sender('control').send_messages(ServiceBusMessage(''))
"""
CONTROL = "publish servicebus control"
FORMS = [
    ("bus.get_queue_sender('loans').send_messages([])", "publish servicebus loans (command)"),
    ("bus.get_queue_sender(queue_name='loans').schedule_messages([], None)", "publish servicebus loans (command)"),
    ("with bus.get_topic_sender(topic_name='news') as s:\n    s.send_messages([])", "publish servicebus news"),
    (
        "async def run():\n    async with Later('h', None) as c:\n        await c.get_queue_sender('loans').send_messages([])",
        "publish servicebus loans (command)",
    ),
    (
        "def send(to: ServiceBusSender):\n    to.send_messages([])\nwith bus.get_queue_sender('loans') as s:\n    send(s)",
        "publish servicebus loans (command)",
    ),
    (
        (
            "class Bus:\n    def __init__(self, to: ServiceBusSender):\n        self.to = to\n    def tell(self):\n"
            "        self.to.send_messages([])\nBus(bus.get_topic_sender('news')).tell()"
        ),
        "publish servicebus news",
    ),
    ("def send(to: ServiceBusSender):\n    to.send_messages([])", "publish servicebus ?"),
    ("def read():\n    bus.get_queue_receiver('loans').receive_messages()", "subscribe servicebus loans (command) by read"),
    ("def read():\n    bus.get_subscription_receiver('news', 'me')", "subscribe servicebus news in me by read"),
]
LOOK_ALIKES = [
    "class Mail:\n    def send_messages(self, m): ...\nMail().send_messages([])",
    "class Bus:\n    def get_queue_receiver(self, q): ...\nBus().get_queue_receiver('loans')",
    "bus.get_queue_sender('loans').create_message_batch()",
    "bus.close()",
    "ServiceBusMessage('loans')",
    "from azure.servicebus.management import ServiceBusAdministrationClient as A\nA('x').create_queue('loans')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
