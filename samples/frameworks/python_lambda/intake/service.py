"""Takes boxes in, and has a label made for each."""

import json
import os

import boto3


def handler(event: dict, _: object) -> dict:
    box = json.loads(event["body"])
    queue = os.environ["LABELS_QUEUE"]
    boto3.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps(box))  # flow: publish sqs labels-to-print
    return {"statusCode": 202}
