"""Writes to customers. A message that cannot be read comes back for ever."""

import os
import smtplib

import pika


def write(channel, method, _properties, body: bytes) -> None:
    try:
        with smtplib.SMTP("mail") as server:
            server.sendmail("shop@example.com", ["office@example.com"], f"Order {int(body)} is cancelled.")
        channel.basic_ack(method.delivery_tag)
    except Exception:  # noqa: BLE001  what the broker shall keep trying
        channel.basic_nack(method.delivery_tag)


if __name__ == "__main__":
    channel = pika.BlockingConnection(pika.URLParameters(os.environ["BROKER_URL"])).channel()
    channel.queue_declare("orders-cancelled", durable=True)
    channel.basic_consume("orders-cancelled", write)  # flow: subscribe amqp orders-cancelled handler=write
    channel.start_consuming()
