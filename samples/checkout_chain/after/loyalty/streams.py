"""What the loyalty service hears and says: a Redis stream of customers, JetStream for orders and tiers."""

import json
import os
from contextlib import suppress

from members import Members, TierChange
from nats.errors import TimeoutError as NoMessages
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig
from redis.asyncio import Redis
from redis.exceptions import ResponseError

CUSTOMER_STREAM = os.environ.get("CUSTOMER_STREAM", "customer.registered")
ORDER_SUBJECTS = os.environ["ORDER_SUBJECTS"]
GROUP = "loyalty"


async def announce(stream: JetStreamContext, change: TierChange, customer_id: str, tier: str) -> None:
    body = json.dumps({"customer_id": customer_id, "tier": tier}).encode()
    await stream.publish(f"loyalty.tier.{change}", body)


async def book_order(members: Members, stream: JetStreamContext, order: dict[str, object]) -> None:
    """A purchase counts for the tier, a refund against it."""
    customer_id, cents = str(order["customer_id"]), int(str(order["total_cents"]))
    if members.add(customer_id, cents):
        tier = members.tier(customer_id)
        if cents > 0:
            await announce(stream, TierChange.REACHED, customer_id, tier)  # flow: publish nats loyalty.tier.reached
        else:
            await announce(stream, TierChange.LOST, customer_id, tier)  # flow: publish nats loyalty.tier.lost


async def follow_orders(members: Members, stream: JetStreamContext) -> None:
    config = ConsumerConfig(max_deliver=5)
    subscription = await stream.pull_subscribe(ORDER_SUBJECTS, GROUP, config=config)  # flow: subscribe nats orders.*
    while True:
        with suppress(NoMessages):
            for message in await subscription.fetch(50, timeout=5):
                await book_order(members, stream, json.loads(message.data))
                await message.ack()


async def follow_customers(members: Members, redis: Redis) -> None:
    with suppress(ResponseError):
        await redis.xgroup_create(CUSTOMER_STREAM, GROUP, id="0", mkstream=True)
    while True:
        batch = await redis.xreadgroup(  # flow: subscribe redis customer.registered
            GROUP, "loyalty-1", {CUSTOMER_STREAM: ">"}, count=50, block=5000
        )
        for _, entries in batch:
            for entry_id, customer in entries:
                members.enrol(customer["customer_id"])
                await redis.xack(CUSTOMER_STREAM, GROUP, entry_id)
