"""Writes down what happens in the warehouse."""

import logging
from typing import Any

import oslo_messaging as messaging
from oslo_config import cfg


class Audit:
    """Hears what is worth writing down."""

    def info(self, _ctxt: Any, _by: str, event: str, payload: Any, _: Any) -> None:  # flow: subscribe oslo-messaging warehouse.info
        self.write(event, payload)

    def write(self, event: str, payload: dict[str, Any]) -> None:
        logging.info("%s: %s", event, payload)  # flow: nothing


def main() -> None:
    transport = messaging.get_notification_transport(cfg.CONF)
    listener = messaging.get_notification_listener(
        transport, [messaging.Target(topic="warehouse")], [Audit()], executor="threading"
    )
    listener.start()
    listener.wait()


if __name__ == "__main__":
    main()
