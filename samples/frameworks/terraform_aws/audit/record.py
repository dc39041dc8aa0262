"""Keeps a trace of all orders."""

import json
import logging
from typing import Any


def handler(event: dict[str, Any], context: Any) -> None:
    for record in event["Records"]:
        logging.info("%s: %s", context.aws_request_id, json.loads(record["body"])["Message"])
