"""Puts accepted repairs in a queue for whoever is free."""

import json
import os

import boto3
from aws_lambda_powertools.utilities.data_classes import EventBridgeEvent, event_source


@event_source(data_class=EventBridgeEvent)
def handler(event: EventBridgeEvent, _: object) -> None:
    sqs = boto3.client("sqs")
    sqs.send_message(QueueUrl=os.environ["QUEUE_URL"], MessageBody=json.dumps(event.detail))  # flow: publish sqs workbench
