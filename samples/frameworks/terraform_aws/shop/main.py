"""Takes orders."""

import json
import os
import sys

import boto3

topics = boto3.client("sns", region_name="eu-central-1")


def place(order: dict[str, str]) -> None:
    topics.publish(TopicArn=os.environ["ORDERS_TOPIC"], Message=json.dumps(order))  # flow: publish sns shop-orders


if __name__ == "__main__":
    for line in sys.stdin:
        place({"item": line.strip()})
