"""Answers enquiries by letter."""

import base64
import json
import logging

import functions_framework
from cloudevents.http import CloudEvent


@functions_framework.cloud_event
def write_letter(event: CloudEvent) -> None:
    enquiry = json.loads(base64.b64decode(event.data["message"]["data"]))
    logging.info("Dear %s", enquiry["name"])
