"""Mails go out over the company's relay."""

import os
import smtplib
from email.message import EmailMessage

RELAY = os.environ.get("SMTP_RELAY", "localhost")
SENDER = "shop@example.com"


def deliver(recipient: str, subject: str, text: str) -> None:
    """Hand one mail to the relay."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SENDER, recipient, subject
    mail.set_content(text)
    with smtplib.SMTP(RELAY, timeout=10) as relay:
        relay.send_message(mail)  # flow: nothing
