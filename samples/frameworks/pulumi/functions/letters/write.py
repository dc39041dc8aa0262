"""Writes to those who live by the river."""

import json
import smtplib
from typing import Any


def run(event: dict[str, Any], _: object) -> None:
    for record in event["Records"]:
        detail = json.loads(record["body"])["detail"]
        with smtplib.SMTP("localhost") as server:
            server.sendmail("flood@example.org", "river@example.org", f"The water stands at {detail['centimetres']} cm.")
