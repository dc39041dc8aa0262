"""Tells people that their parcels are there."""

import logging

import functions_framework
from cloudevents.http import CloudEvent


@functions_framework.cloud_event  # flow: blind subscribe cloudevents
def on_parcel(event: CloudEvent) -> None:
    logging.info("%s: %s", event["type"], event.data)


def remind(event: CloudEvent) -> None:
    logging.info("still waiting: %s", event.data)
