"""Confirms orders by mail."""

import os

from foundry.messaging import KafkaBus

bus = KafkaBus(os.environ["KAFKA"])


@bus.subscribe("order.placed")  # flow: subscribe kafka order.placed handler=confirm
def confirm(order: dict[str, str]) -> None:
    print(f"Dear {order['customer']}, thank you.")  # noqa: T201


if __name__ == "__main__":
    bus.run()
