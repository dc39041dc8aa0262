"""Reads the gauges."""

import json
import os
from typing import Any

import boto3


def run(event: dict[str, Any], _: object) -> None:
    level = json.dumps({"gauge": event["gauge"], "centimetres": event["value"]})
    boto3.client("sns").publish(TopicArn=os.environ["LEVELS"], Message=level)  # flow: publish sns flood-levels
