"""Prints labels, and says on which shelf the box will stand."""

import json
import logging
import os

import requests

logger = logging.getLogger(__name__)


def handler(event: dict, _: object) -> None:
    for record in event["Records"]:
        box = json.loads(record["body"])
        shelves = f"{os.environ['SHELF_URL']}/shelves"
        shelf = requests.get(f"{shelves}/{box['size']}", timeout=5)  # flow: call http GET /shelves/{} -> external:shelves.example
        logger.info("%s stands on %s", box["number"], shelf.text)
