"""Bills what is ordered, in the database of the shop. The broker has forgotten a message before its invoice is written."""

import os

import pika
import psycopg


def bill(_channel, _method, _properties, body: bytes) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as database:
        database.execute("INSERT INTO invoices (order_id) VALUES (%s)", (int(body),))


if __name__ == "__main__":
    channel = pika.BlockingConnection(pika.URLParameters(os.environ["BROKER_URL"])).channel()
    channel.queue_declare("orders-placed", durable=True)
    channel.basic_consume("orders-placed", bill, auto_ack=True)  # flow: subscribe amqp orders-placed handler=bill
    channel.start_consuming()
