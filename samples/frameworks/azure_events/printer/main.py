"""Prints what waits."""

import json
import logging
import os
import time

from azure.storage.queue import QueueClient, QueueMessage


def show(message: QueueMessage) -> None:
    logging.info(json.loads(message.content)["text"])


def work() -> None:
    queue = QueueClient.from_connection_string(os.environ["STORAGE"], queue_name=os.environ["PRINT_QUEUE"])
    while True:
        for message in queue.receive_messages(visibility_timeout=30):  # flow: subscribe storagequeue prints
            show(message)
            queue.delete_message(message)
        time.sleep(5)


if __name__ == "__main__":
    work()
