"""Thanks for orders, and is sorry for those that are cancelled."""

import json
import os
from collections.abc import Callable

from kafka import KafkaConsumer

Reaction = Callable[[dict[str, str]], None]
REACTIONS: dict[str, Reaction] = {}
letters: list[str] = []


def on(kind: str) -> Callable[[Reaction], Reaction]:
    def keep(reaction: Reaction) -> Reaction:
        REACTIONS[kind] = reaction
        return reaction

    return keep


@on("order.placed")
def thank(event: dict[str, str]) -> None:
    letters.append(f"Thank you for order {event['order']}.")


@on("order.cancelled")
def regret(event: dict[str, str]) -> None:
    letters.append(f"Sorry about order {event['order']}.")


def main() -> None:
    kafka, topic = os.environ["KAFKA"], os.environ["ORDERS_TOPIC"]
    consumer = KafkaConsumer(
        topic, bootstrap_servers=kafka
    )  # flow: subscribe kafka order-events event=order.placed ; subscribe kafka order-events event=order.cancelled
    for message in consumer:
        event = json.loads(message.value)
        if event["type"] in REACTIONS:
            REACTIONS[event["type"]](event)


if __name__ == "__main__":
    main()
