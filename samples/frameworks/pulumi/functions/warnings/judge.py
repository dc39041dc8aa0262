"""Judges whether somebody has to be warned."""

import json
import os
from typing import Any

import boto3

HIGH = 450


def run(event: dict[str, Any], _: object) -> None:
    events = boto3.client("events")
    for record in event["Records"]:
        level = json.loads(json.loads(record["body"])["Message"])
        if level["centimetres"] > HIGH:
            entry = {
                "Source": "warnings",
                "DetailType": "WaterRose",
                "Detail": json.dumps(level),
                "EventBusName": os.environ["ALERTS"],
            }
            events.put_events(Entries=[entry])  # flow: publish eventbridge WaterRose exchange=flood-alerts
