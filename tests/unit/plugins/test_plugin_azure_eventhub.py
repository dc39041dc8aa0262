"""azure-eventhub: producers and consumers, sync and async."""

from __future__ import annotations

from sightings import checks

SETUP = """
from azure.eventhub import EventData, EventHubConsumerClient, EventHubProducerClient
from azure.eventhub.aio import EventHubConsumerClient as LaterConsumer, EventHubProducerClient as LaterProducer
def on_event(context, event): ...
EventHubProducerClient('h', 'control', None).send_batch([])
"""
CONTROL = "publish eventhub control"
FORMS = [
    ("EventHubProducerClient('h', 'clicks', None).send_event(EventData(''))", "publish eventhub clicks"),
    ("EventHubProducerClient.from_connection_string('c', eventhub_name='clicks').send_batch([])", "publish eventhub clicks"),
    (
        (
            "p = EventHubProducerClient(fully_qualified_namespace='h', eventhub_name='clicks', credential=None)\nwith p:\n"
            "    batch = p.create_batch()\n    batch.add(EventData(''))\n    p.send_batch(batch)"
        ),
        "publish eventhub clicks",
    ),
    (
        (
            "async def run():\n    async with LaterProducer.from_connection_string('c', eventhub_name='clicks') as p:\n"
            "        await p.send_batch([])"
        ),
        "publish eventhub clicks",
    ),
    ("EventHubProducerClient.from_connection_string('c').send_batch([])", "publish eventhub ?"),
    (
        "EventHubConsumerClient('h', 'clicks', '$Default', None).receive(on_event)",
        "subscribe eventhub clicks in $Default by on_event",
    ),
    (
        "EventHubConsumerClient.from_connection_string('c', 'me', eventhub_name='clicks').receive(on_event=on_event)",
        "subscribe eventhub clicks in me by on_event",
    ),
    (
        (
            "EventHubConsumerClient.from_connection_string('c', consumer_group='me', eventhub_name='clicks')"
            ".receive_batch(on_event_batch=on_event)"
        ),
        "subscribe eventhub clicks in me by on_event",
    ),
    (
        (
            "async def run():\n    c = LaterConsumer('h', eventhub_name='clicks', consumer_group='me', credential=None)\n"
            "    async with c:\n        await c.receive(on_event=on_event)"
        ),
        "subscribe eventhub clicks in me by on_event",
    ),
    ("EventHubConsumerClient.from_connection_string('c', 'me').receive(on_event)", "subscribe eventhub ? in me by on_event"),
]
LOOK_ALIKES = [
    "class Mail:\n    def send_batch(self, m): ...\nMail().send_batch([])",
    "class Hub:\n    def receive(self, on_event): ...\nHub().receive(on_event)",
    "EventHubProducerClient('h', 'clicks', None).create_batch()",
    "EventHubProducerClient('h', 'clicks', None).get_partition_ids()",
    "EventHubConsumerClient('h', 'clicks', 'g', None).get_eventhub_properties()",
    "EventHubConsumerClient('h', 'clicks', 'g', None).close()",
    "EventData('clicks')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
