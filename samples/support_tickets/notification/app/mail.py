"""The one way out of the house: SMTP."""

import os
import smtplib
from email.message import EmailMessage


def send(recipient: str, subject: str, text: str) -> str:
    """Hand a mail to the relay; gives its message id."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "support@example.com", recipient, subject
    mail["Message-ID"] = f"<{os.urandom(8).hex()}@example.com>"
    mail.set_content(text)
    with smtplib.SMTP(os.environ.get("SMTP_HOST", "localhost"), timeout=10) as relay:
        relay.send_message(mail)  # flow: nothing
    return mail["Message-ID"]
