"""The exchange, the queue and its binding, declared once when the system is deployed."""

import os

import pika


def main() -> None:
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"]))
    channel = connection.channel()
    channel.exchange_declare("parcels", exchange_type="topic", durable=True)
    channel.queue_declare("courier.parcels", durable=True)
    channel.queue_bind(queue="courier.parcels", exchange="parcels", routing_key="parcel.arrived")
    connection.close()


if __name__ == "__main__":
    main()
