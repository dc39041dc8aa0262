"""Tells the rest of the shop what was written down."""

import json
import os

import boto3


def accepted(record: dict) -> dict:
    image = record["dynamodb"]["NewImage"]
    entry = {"Source": "repairs.intake", "EventBusName": os.environ["BUS_NAME"]}
    entry["DetailType"] = "RepairAccepted"
    entry["Detail"] = json.dumps({"id": image["id"]["S"]})
    return entry


def send(entries: list[dict]) -> None:
    events = boto3.client("events")
    for start in range(0, len(entries), 10):
        events.put_events(Entries=entries[start : start + 10])


def handler(event: dict, _: object) -> None:
    entries = [accepted(r) for r in event.get("Records", []) if r["eventName"] == "INSERT"]
    send(entries)  # flow: publish eventbridge RepairAccepted exchange=repairs-dev
