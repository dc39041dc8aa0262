"""Bakes what was ordered."""

import json
import os
from typing import Any

import boto3


def bake(event: dict[str, Any], _: object) -> None:
    events = boto3.client("events")
    for record in event["Records"]:
        order = json.loads(record["body"])
        entry = {"EventBusName": os.environ["BUS"], "Source": "baking", "DetailType": "BreadBaked", "Detail": json.dumps(order)}
        events.put_events(Entries=[entry])  # flow: publish eventbridge BreadBaked exchange=bakery-events
