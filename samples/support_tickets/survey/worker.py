"""Asks customers how satisfied they are, once their ticket is resolved."""

import json
import smtplib
from email.message import EmailMessage

import config
import pika
from pika.adapters.blocking_connection import BlockingChannel
from pika.spec import Basic, BasicProperties


class SurveyWorker:
    """Writes to the customers of resolved tickets."""

    def __init__(self, channel: BlockingChannel) -> None:
        self._channel = channel

    def start(self) -> None:
        """Declare what is needed and consume until stopped."""
        self._channel.exchange_declare(exchange=config.EXCHANGE, exchange_type="topic", durable=True)
        self._channel.queue_declare(queue=config.QUEUE, durable=True)
        self._channel.queue_bind(queue=config.QUEUE, exchange=config.EXCHANGE, routing_key=config.BINDING)
        self._channel.basic_qos(prefetch_count=5)
        self._channel.basic_consume(  # flow: subscribe amqp ticket.resolved exchange=tickets handler=on_resolved
            queue=config.QUEUE, on_message_callback=self.on_resolved
        )
        self._channel.start_consuming()

    def on_resolved(self, channel: BlockingChannel, method: Basic.Deliver, _: BasicProperties, body: bytes) -> None:
        ticket = json.loads(body)
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "survey@example.com", ticket["email"], "How did we do?"
        mail.set_content(f"Please rate our answer to your ticket {ticket['ticket_id']}.")
        with smtplib.SMTP(config.SMTP_HOST, timeout=10) as relay:
            relay.send_message(mail)  # flow: nothing
        channel.basic_ack(method.delivery_tag)


if __name__ == "__main__":
    connection = pika.BlockingConnection(pika.URLParameters(config.AMQP_URL))
    SurveyWorker(connection.channel()).start()
