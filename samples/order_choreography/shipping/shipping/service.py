"""The shipping worker: a reserved and paid order becomes one parcel or several."""

import json
import os
from typing import Any

from kafka import KafkaConsumer, KafkaProducer

from shipping.parcels import pack

BROKERS = os.environ["KAFKA_BROKERS"].split(",")
RESERVED_TOPIC = os.getenv("SHIPPING_CONTENTS_TOPIC", "inventory.reserved")
PAID_TOPIC = os.getenv("SHIPPING_TRIGGER_TOPIC", "payment.authorized")
TOPIC_PREFIX = os.getenv("SHIPPING_TOPIC_PREFIX", "shipment")


class ShipmentEvents:
    """Publishes what happens to shipments, all topics below one prefix."""

    def __init__(self, producer: KafkaProducer, prefix: str = TOPIC_PREFIX) -> None:
        self._producer = producer
        self._prefix = prefix

    def emit(self, name: str, order_id: str, **fields: Any) -> None:
        topic = f"{self._prefix}.{name}"
        self._producer.send(topic, value={"order_id": order_id, **fields}, key=order_id)


class Dock:
    """Packs and hands over."""

    def __init__(self, events: ShipmentEvents) -> None:
        self._events = events
        self._grams: dict[str, int] = {}

    def handle(self, topic: str, event: dict[str, Any]) -> None:
        """Remember what is reserved, ship what is paid."""
        if topic == RESERVED_TOPIC:
            self._grams[event["order_id"]] = event["grams"]
        elif topic == PAID_TOPIC:
            self._ship(event["order_id"])

    def _ship(self, order_id: str) -> None:
        """Pack an order; several parcels make it a split shipment."""
        parcels = pack(self._grams.pop(order_id))
        numbers = [parcel.tracking_number for parcel in parcels]
        if len(parcels) > 1:
            self._events.emit("split", order_id, parcels=numbers)  # flow: publish kafka shipment.split
        self._events.emit("created", order_id, parcels=numbers, carrier="post")  # flow: publish kafka shipment.created


def main() -> None:
    producer = KafkaProducer(
        bootstrap_servers=BROKERS,
        acks="all",
        key_serializer=str.encode,
        value_serializer=lambda event: json.dumps(event).encode(),
    )
    consumer = KafkaConsumer(
        RESERVED_TOPIC,  # flow: subscribe kafka inventory.reserved
        PAID_TOPIC,  # flow: subscribe kafka payment.authorized
        bootstrap_servers=BROKERS,
        group_id="shipping",
        enable_auto_commit=False,
        value_deserializer=json.loads,
    )
    dock = Dock(ShipmentEvents(producer))
    for record in consumer:
        dock.handle(record.topic, record.value)
        producer.flush()
        consumer.commit()


if __name__ == "__main__":
    main()
