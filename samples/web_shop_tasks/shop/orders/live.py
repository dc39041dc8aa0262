"""Live updates: whoever looks at an order sees it change."""

import json
from functools import cache

from django.conf import settings
from redis import Redis

from orders.models import Order


@cache
def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL)


def show(order: Order) -> None:
    """Publish the order's status to those who look at it now."""
    update = json.dumps({"order": order.pk, "status": order.status})
    _redis().publish(f"{settings.LIVE_PREFIX}:{order.pk}", update)  # flow: publish redis live:orders:{}
