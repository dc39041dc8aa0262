"""Watches what becomes of builds."""

import logging

from fedora_messaging import message


class Watch:
    """Notes what happens; the command of the library makes it, and reads what its configuration binds."""

    def __call__(self, received: message.Message) -> None:
        logging.info("%s happened", received.topic)
