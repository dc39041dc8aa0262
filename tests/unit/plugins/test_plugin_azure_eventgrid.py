"""azure-eventgrid: custom topics, namespaces, events of both schemas."""

from __future__ import annotations

from sightings import checks

SETUP = """
import os
from azure.core.messaging import CloudEvent
from azure.eventgrid import EventGridConsumerClient, EventGridEvent, EventGridPublisherClient
from azure.eventgrid.aio import EventGridPublisherClient as Later
URL = 'https://parcels.westeurope-1.eventgrid.azure.net/api/events'
EventGridPublisherClient('https://control.x-1.eventgrid.azure.net/api/events', None).send([])
"""
CONTROL = "publish eventgrid control"
FORMS = [
    (
        "EventGridPublisherClient(URL, None).send(EventGridEvent(subject='p', event_type='Sent', data={}, data_version='1'))",
        "publish eventgrid parcels [Sent]",
    ),
    ("EventGridPublisherClient(URL, None).send([EventGridEvent('p', 'Sent', {}, '1')])", "publish eventgrid parcels [Sent]"),
    ("EventGridPublisherClient(endpoint=URL, credential=None).send(CloudEvent('p', 'Sent'))", "publish eventgrid parcels [Sent]"),
    ("EventGridPublisherClient(URL, None).send([CloudEvent(source='p', type='Sent')])", "publish eventgrid parcels [Sent]"),
    (
        "EventGridPublisherClient(URL, None).send([CloudEvent('p', 'Sent'), CloudEvent('p', 'Lost')])",
        "publish eventgrid parcels [Sent]",
        "publish eventgrid parcels [Lost]",
    ),
    ("EventGridPublisherClient(URL, None).send({'eventType': 'Sent'})", "publish eventgrid parcels [Sent]"),
    ("EventGridPublisherClient(URL, None).send([{'type': 'Sent', 'source': 'p'}])", "publish eventgrid parcels [Sent]"),
    ("async def run():\n    async with Later(URL, None) as c:\n        await c.send([])", "publish eventgrid parcels"),
    ("EventGridPublisherClient('https://n', None, namespace_topic='parcels').send([])", "publish eventgrid parcels"),
    ("EventGridPublisherClient(f'https://{KIND}.x-1.eventgrid.azure.net', None).send([])\nKIND = 'mail'", "publish eventgrid mail"),
    ("EventGridPublisherClient(f'https://mail-{x}.eu.eventgrid.azure.net', None).send([])", "publish eventgrid mail-{}"),
    ("EventGridPublisherClient(os.environ['TOPIC'], None).send([])", "publish eventgrid ?"),
    (
        "def read():\n    EventGridConsumerClient('https://n', None, namespace_topic='parcels', subscription='me').receive()",
        "subscribe eventgrid parcels in me by read",
    ),
    (
        "from azure.eventgrid import EventGridClient\nEventGridClient(None).publish_events('old.x.eventgrid.azure.net', events=[])",
        "publish eventgrid old",
    ),
]
LOOK_ALIKES = [
    "class Mail:\n    def send(self, m): ...\nMail().send([])",
    "EventGridPublisherClient(URL, None).close()",
    "EventGridEvent('p', 'Sent', {}, '1')",
    "CloudEvent('p', 'Sent')",
    "EventGridConsumerClient('https://n', None, namespace_topic='t', subscription='s').acknowledge(lock_tokens=[])",
    "EventGridConsumerClient('https://n', None, namespace_topic='t', subscription='s').release(lock_tokens=[])",
    "send = print\nsend(URL)",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)
