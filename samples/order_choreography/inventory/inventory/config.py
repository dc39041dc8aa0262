"""Everything that the deployment decides, read once at the start."""

import os
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of the inventory service; the platform team names them, so none is written here."""

    order_placed: str
    payment_declined: str
    reserved: str
    rejected: str
    released: str

    @classmethod
    def from_environment(cls) -> Self:
        return cls(
            order_placed=os.environ["TOPIC_ORDER_PLACED"],
            payment_declined=os.environ["TOPIC_PAYMENT_DECLINED"],
            reserved=os.environ["TOPIC_RESERVED"],
            rejected=os.environ["TOPIC_REJECTED"],
            released=os.environ["TOPIC_RELEASED"],
        )


BROKERS = os.environ.get("KAFKA_BROKERS", "localhost:9092")
