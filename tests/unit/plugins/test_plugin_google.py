"""Google Cloud: Pub/Sub topics and subscriptions, requests that Cloud Tasks makes, functions, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import json, os
import functions_framework
from flask import Flask
from google.cloud import pubsub_v1, tasks_v2

app = Flask(__name__)
sub = pubsub_v1.SubscriberClient()
tasks = tasks_v2.CloudTasksClient()
parent = tasks.queue_path("shop", "europe-west1", "mail")
pubsub_v1.PublisherClient().publish("projects/shop/topics/control", b"")

@app.post("/push")
def push(): ...
"""
CONTROL = ("publish pubsub control", "serve http POST /push by push")
_MADE = "subscribe pubsub orders by push"
_SENT = "call http POST /mails at mailer without waiting"

FORMS = [
    (
        """
        from gcloud.aio.pubsub import PublisherClient, PubsubMessage, SubscriberClient, subscribe
        async def told(m): ...
        async def go():
            await PublisherClient().publish(PublisherClient.topic_path('shop', 'orders'), [PubsubMessage('x')])
            await SubscriberClient().pull('projects/shop/subscriptions/bills', 1)
            await subscribe(SubscriberClient.subscription_path('shop', 'mails'), told, SubscriberClient())
        """,
        "publish pubsub orders",
        "subscribe pubsub bills by go",
        "subscribe pubsub mails by told",
    ),
    (
        "sub.create_subscription(name='s', topic='projects/shop/topics/orders', push_config={'push_endpoint': 'https://x.run/push'})",
        _MADE,
    ),
    (
        """
        config = pubsub_v1.types.PushConfig(push_endpoint=os.environ['URL'] + '/push')
        sub.create_subscription(request={'name': 's', 'topic': sub.topic_path('shop', 'orders'), 'push_config': config})
        """,
        _MADE,
    ),
    (
        "sub.create_subscription(name='s', topic='t/orders', push_config={'push_endpoint': 'https://other.run/elsewhere'})",
        "subscribe pubsub orders by ?",
    ),
    ("tasks.create_task(parent=parent, task={'http_request': {'url': 'http://mailer/mails'}})", _SENT),
    ("tasks.create_task(request={'parent': parent, 'task': {'http_request': {'url': 'http://mailer/mails'}}})", _SENT),
    (
        """
        task = {'http_request': {'http_method': tasks_v2.HttpMethod.PUT, 'url': 'http://mailer/mails'}}
        task['http_request']['body'] = json.dumps({}).encode()
        tasks.create_task(parent=parent, task=task)
        """,
        "call http PUT /mails at mailer without waiting",
    ),
    (
        """
        def later(path, body):
            task = tasks_v2.Task(http_request=tasks_v2.HttpRequest(
                http_method=tasks_v2.HttpMethod.POST, url='http://mailer' + path, body=body))
            return tasks.create_task(tasks_v2.CreateTaskRequest(parent=parent, task=task))
        later('/mails', b'')
        """,
        _SENT,
    ),
    (
        """
        async def f():
            task = {'http_request': {'url': 'http://mailer/mails', 'http_method': 'POST'}}
            await tasks_v2.CloudTasksAsyncClient().create_task(parent=parent, task=task)
        """,
        _SENT,
    ),
    (
        "tasks.create_task(parent=parent, task={'app_engine_http_request': {'relative_uri': '/push'}})",
        "call http POST /push without waiting",
    ),
    ("@functions_framework.cloud_event\ndef on_event(event): ...", "subscribe cloudevents ? by on_event"),
    ("@functions_framework.http\ndef answer(request): ...", "serve http {} / by answer"),
]
LOOK_ALIKES = [
    "from gcloud.aio.storage import Storage\nasync def go():\n    await Storage().upload('orders', 'x', b'')",
    "sub.create_subscription(name='s', topic='projects/shop/topics/orders')",
    "sub.create_subscription(name='s', topic='projects/shop/topics/orders', push_config={'attributes': {}})",
    "class Plans:\n    def create_subscription(self, t, p): ...\nPlans().create_subscription('t', {'push_endpoint': '/push'})",
    "import asyncio\nasync def f(): ...\nasyncio.get_event_loop().create_task(f())",
    "class Board:\n    def create_task(self, task): ...\nBoard().create_task({'http_request': {'url': 'http://mailer/mails'}})",
    "tasks.create_queue(parent='p', queue={'name': 'mail'})",
    "tasks.delete_task(name='t')",
    "class functions:\n    def cloud_event(f): return f\n@functions.cloud_event\ndef on_event(event): ...",
    "def on_event(cloud_event): ...",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, *CONTROL)
