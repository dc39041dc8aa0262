"""The Kafka topics that the order service writes and reads."""

from enum import StrEnum


class Topic(StrEnum):
    """Topic names as they stand on the broker."""

    ORDER_PLACED = "order.placed"
    ORDER_CANCELLED = "order.cancelled"
    INVENTORY_REJECTED = "inventory.rejected"
    PAYMENT_DECLINED = "payment.declined"
    SHIPMENT_CREATED = "shipment.created"
    SHIPMENT_SPLIT = "shipment.split"
