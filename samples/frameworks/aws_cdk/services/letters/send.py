"""Writes to those whose bread is ready."""

import smtplib
from typing import Any


def write_letter(event: dict[str, Any], _: object) -> None:
    with smtplib.SMTP("localhost") as server:
        server.sendmail("bakery@example.org", event["detail"]["mail"], "Your bread is ready.")
