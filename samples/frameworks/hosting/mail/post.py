"""Posts the letters of the club."""

import logging
import os

import pika


def post(_channel: object, _method: object, _properties: object, body: bytes) -> None:
    logging.info("posted %s", body)


def main() -> None:
    channel = pika.BlockingConnection(pika.URLParameters(os.environ["CLOUDAMQP_URL"])).channel()
    channel.basic_consume(queue=os.environ["QUEUE"], on_message_callback=post, auto_ack=True)  # flow: subscribe amqp letters
    channel.start_consuming()


if __name__ == "__main__":
    main()
