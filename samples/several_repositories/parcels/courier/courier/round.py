"""The round of a courier: one parcel after the other."""

import json
import os

import pika
import requests
from pika.adapters.blocking_connection import BlockingChannel
from pika.spec import Basic, BasicProperties

QUEUE = "courier.parcels"


def drive(channel: BlockingChannel, method: Basic.Deliver, _properties: BasicProperties, body: bytes) -> None:
    parcel = json.loads(body)
    state = {"state": "on its way"}
    requests.put(
        f"{os.environ['DEPOT_URL']}/parcels/{parcel['number']}/state", json=state, timeout=5
    )  # flow: call http PUT /parcels/{}/state -> depot
    channel.basic_ack(method.delivery_tag)


def main() -> None:
    connection = pika.BlockingConnection(pika.URLParameters(os.environ["RABBITMQ_URL"]))
    channel = connection.channel()
    channel.basic_consume(
        queue=QUEUE, on_message_callback=drive
    )  # flow: subscribe amqp parcel.arrived exchange=parcels handler=drive
    channel.start_consuming()


if __name__ == "__main__":
    main()
