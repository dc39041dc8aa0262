"""The index, kept up with the catalog."""

import json
import os

import boto3

QUEUE = os.environ["CHANGES_QUEUE"]
PRODUCTS: dict[str, dict[str, str]] = {}


def index(product: dict[str, str]) -> None:
    """Puts a product into the index, in the place of what was there of it."""
    PRODUCTS[product["sku"]] = product


def main() -> None:
    sqs = boto3.client("sqs")
    while True:
        found = sqs.receive_message(QueueUrl=QUEUE, WaitTimeSeconds=20)  # flow: subscribe sns catalog-changes
        for message in found.get("Messages", []):
            index(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=QUEUE, ReceiptHandle=message["ReceiptHandle"])


if __name__ == "__main__":
    main()
