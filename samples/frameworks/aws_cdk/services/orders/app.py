"""Takes orders."""

import json
import os
from typing import Any

import boto3


def take(event: dict[str, Any], _: object) -> dict[str, int]:
    order = json.loads(event["body"])
    topic = boto3.resource("sns").Topic(os.environ["PLACED_TOPIC"])
    topic.publish(Message=json.dumps(order))  # flow: publish sns bakery-order-placed
    return {"statusCode": 202}
