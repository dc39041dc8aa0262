"""The local copies: who has which tier, and which campaigns run. Both are replayed from their streams when a process starts."""

import asyncio
import json
import os
from threading import Thread
from typing import Final

import nats
import redis
from nats.aio.msg import Msg
from nats.js.api import DeliverPolicy

NATS_URL: Final = os.environ.get("NATS_URL", "nats://localhost:4222")
REDIS_URL: Final = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
TIER_SUBJECTS: Final = "loyalty.tier.*"
LAUNCHED: Final = "campaign.launched"
ENDED: Final = "campaign.ended"


class Copies:
    """What pricing has to know of others, as far as it has heard."""

    def __init__(self) -> None:
        self.tiers: dict[str, str] = {}
        self.percent_by_tier: dict[str, int] = {}
        self._last_change: dict[str, tuple[int, ...]] = {}

    def discount(self, customer_id: str) -> int:
        return self.percent_by_tier.get(self.tiers.get(customer_id, "none"), 0)

    def start(self) -> None:
        """Follow both streams in the background."""
        Thread(target=self.follow_campaigns, name="campaigns", daemon=True).start()
        Thread(target=lambda: asyncio.run(self.follow_tiers()), name="tiers", daemon=True).start()

    def follow_campaigns(self) -> None:
        stream = redis.Redis.from_url(REDIS_URL, decode_responses=True)
        positions = {LAUNCHED: "0", ENDED: "0"}
        while True:
            heard = stream.xread(  # flow: subscribe redis campaign.launched ; subscribe redis campaign.ended
                positions, count=100, block=5000
            )
            for name, entries in heard:
                for entry_id, campaign in entries:
                    self.on_campaign(entry_id, campaign["tier"], int(campaign["percent"]) if name == LAUNCHED else 0)
                    positions[name] = entry_id

    def on_campaign(self, entry_id: str, tier: str, percent: int) -> None:
        """The latest change of a tier counts; the two streams are not in order with one another."""
        moment = tuple(int(part) for part in entry_id.split("-"))
        if moment > self._last_change.get(tier, ()):
            self._last_change[tier] = moment
            self.percent_by_tier[tier] = percent

    async def follow_tiers(self) -> None:
        connection = await nats.connect(NATS_URL)
        stream = connection.jetstream()
        await stream.subscribe(  # flow: subscribe nats loyalty.tier.* handler=on_tier
            TIER_SUBJECTS, cb=self.on_tier, ordered_consumer=True, deliver_policy=DeliverPolicy.ALL
        )
        await asyncio.Event().wait()

    async def on_tier(self, message: Msg) -> None:
        member = json.loads(message.data)
        self.tiers[member["customer_id"]] = member["tier"]


copies = Copies()
