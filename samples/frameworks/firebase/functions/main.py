"""Announces courses."""

import logging

from firebase_functions import firestore_fn, https_fn, pubsub_fn, tasks_fn
from google.cloud import pubsub_v1

TOPIC = "projects/ski-school/topics/courses"


@https_fn.on_request()  # flow: serve http {} /announce handler=announce
def announce(request: https_fn.Request) -> https_fn.Response:
    pubsub_v1.PublisherClient().publish(TOPIC, request.get_data())  # flow: publish pubsub courses
    return https_fn.Response("announced")


@pubsub_fn.on_message_published(topic="courses")  # flow: subscribe pubsub courses handler=send
def send(event: pubsub_fn.CloudEvent[pubsub_fn.MessagePublishedData]) -> None:
    logging.info(event.data.message.json)


@tasks_fn.on_task_dispatched()  # flow: subscribe cloudtasks remind handler=remind
def remind(request: tasks_fn.CallableRequest) -> None:
    logging.info(request.data)


@firestore_fn.on_document_created(document="courses/{course}")  # flow: nothing
def count(event: firestore_fn.Event[firestore_fn.DocumentSnapshot | None]) -> None:
    logging.info(event.params)
