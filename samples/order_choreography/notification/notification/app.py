"""The notification service: tells customers what they want to know about their orders."""

import asyncio
import os
from typing import Final

from faststream import FastStream
from faststream.kafka import KafkaBroker, KafkaRouter
from pydantic import BaseModel, EmailStr

from notification.mailbox import deliver

CONFIRMATION_TOPIC: Final = "send-confirmation-email"
GROUP: Final = "notification"

broker = KafkaBroker(os.getenv("KAFKA_BROKERS", "localhost:9092"))
app = FastStream(broker)
orders = KafkaRouter(prefix="order.")


class ConfirmationEmail(BaseModel):
    """A confirmation that is to be sent."""

    order_id: str
    recipient: EmailStr


class OrderCancelled(BaseModel):
    """An order that cannot be fulfilled."""

    order_id: str
    email: EmailStr
    reason: str


@broker.subscriber(CONFIRMATION_TOPIC, group_id=GROUP)  # flow: subscribe kafka send-confirmation-email handler=confirm
async def confirm(message: ConfirmationEmail) -> None:
    text = f"Thank you. Your order {message.order_id} is paid and will leave soon."
    await asyncio.to_thread(deliver, message.recipient, "Your order", text)


@orders.subscriber("cancelled", group_id=GROUP)  # flow: subscribe kafka order.cancelled handler=apologise
async def apologise(event: OrderCancelled) -> None:
    text = f"We are sorry: your order {event.order_id} was cancelled ({event.reason})."
    await asyncio.to_thread(deliver, event.email, "Your order was cancelled", text)


broker.include_router(orders)
