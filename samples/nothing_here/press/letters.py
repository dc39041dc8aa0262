"""Letters to readers, and what they ask for."""

import smtplib
from email.message import EmailMessage

from books import Magazine, Publisher


def write(relay: smtplib.SMTP, reader: str, text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "press@example.com", reader, "Your letter"
    mail.set_content(text)
    relay.send_message(mail)  # flow: nothing
    relay.sendmail("press@example.com", [reader], text)  # flow: nothing


def answer_requests(relay: smtplib.SMTP, requests: dict[str, str]) -> None:
    """Readers ask where a book can be found, by its old address."""
    magazine, house = Magazine("Pages"), Publisher("press")
    wanted = requests.get("http://catalogue/books/1")  # flow: nothing
    if wanted is not None:
        magazine.subscribe("order.placed")  # flow: nothing
        write(relay, wanted, house.publish("orders", body="a book about orders"))  # flow: nothing
