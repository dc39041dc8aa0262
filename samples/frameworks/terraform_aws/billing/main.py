"""Bills orders."""

import json
import logging
import os

import boto3

queues = boto3.client("sqs", region_name="eu-central-1")


def bill(order: dict[str, str]) -> None:
    logging.info("billed %s", order["item"])


def work() -> None:
    url = os.environ["BILLING_QUEUE"]
    while True:
        found = queues.receive_message(QueueUrl=url, WaitTimeSeconds=20)  # flow: subscribe sns shop-orders
        for message in found.get("Messages", []):
            bill(json.loads(json.loads(message["Body"])["Message"]))
            queues.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    work()
