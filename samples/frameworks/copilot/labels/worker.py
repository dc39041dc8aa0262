"""Prints the labels of parcels."""

import json
import logging
import os

import boto3


def run() -> None:
    queue = boto3.client("sqs")
    url = os.environ["LABEL_QUEUE_URL"]
    while True:
        found = queue.receive_message(QueueUrl=url, WaitTimeSeconds=20)  # flow: subscribe sqs seed-labels-{}.fifo
        for message in found.get("Messages", []):
            logging.info("for %s", json.loads(message["Body"])["to"])
            queue.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    run()
