"""Shows how many people are inside."""

import logging
import os
import threading

import stomp
from stomp.utils import Frame


class Sign(stomp.ConnectionListener):
    """A sign over a door."""

    def on_message(self, frame: Frame) -> None:
        logging.info("%s people are inside", frame.body)

    def on_error(self, frame: Frame) -> None:
        logging.error("%s", frame.body)


def main() -> None:
    connection = stomp.Connection([(os.environ.get("STOMP_HOST", "localhost"), 61613)])
    connection.set_listener("sign", Sign())
    connection.connect(wait=True)
    connection.subscribe(destination="/topic/inside", id=1, ack="auto")  # flow: subscribe stomp /topic/inside handler=on_message
    threading.Event().wait()


if __name__ == "__main__":
    main()
