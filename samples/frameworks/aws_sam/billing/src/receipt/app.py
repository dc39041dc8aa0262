"""Writes receipts."""

import json
import logging

logger = logging.getLogger(__name__)


def handler(event: dict, _: object) -> None:
    for record in event["Records"]:
        logger.info("receipt for %s", json.loads(record["body"])["Message"])
