"""The quality review: reads along with everything that happens to tickets and picks cases to look at."""

import logging
import os
import random
from collections import defaultdict
from typing import Any

from kombu import Connection, Exchange, Message, Queue
from kombu.mixins import ConsumerMixin

logger = logging.getLogger(__name__)

TICKETS = Exchange(os.getenv("TICKETS_EXCHANGE", "tickets"), type="topic", durable=True)
LIFECYCLE = Queue("quality.ticket-lifecycle", exchange=TICKETS, routing_key="ticket.#", durable=True)


class Reviewer(ConsumerMixin):
    """Keeps the history of each ticket until it is resolved."""

    def __init__(self, connection: Connection, share: float) -> None:
        self.connection = connection
        self.share = share
        self.histories: defaultdict[str, list[str]] = defaultdict(list)

    def get_consumers(self, consumer_class: Any, channel: Any) -> list[Any]:  # noqa: ARG002
        return [
            consumer_class(  # flow: subscribe amqp ticket.# exchange=tickets handler=on_ticket
                queues=[LIFECYCLE], callbacks=[self.on_ticket], accept=["json"]
            )
        ]

    def on_ticket(self, body: dict[str, Any], message: Message) -> None:
        history = self.histories[body["ticket_id"]]
        history.append(message.delivery_info["routing_key"])
        if history[-1].endswith(".resolved"):
            del self.histories[body["ticket_id"]]
            if random.random() < self.share:  # noqa: S311
                logger.info("ticket %s is picked for review: %s", body["ticket_id"], " > ".join(history))
        message.ack()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    with Connection(os.environ["AMQP_URL"]) as broker:
        Reviewer(broker, share=float(os.getenv("REVIEW_SHARE", "0.05"))).run()
