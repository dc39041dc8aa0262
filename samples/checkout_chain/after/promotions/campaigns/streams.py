"""Tells others about campaigns through Redis streams."""

from functools import cache

from django.conf import settings
from redis import Redis

KEPT_ENTRIES = 10_000


@cache
def _redis() -> Redis:
    return Redis.from_url(settings.REDIS_URL, decode_responses=True)


def record(fact: str, fields: dict[str, str | int]) -> None:
    """Append a fact to its stream."""
    _redis().xadd(settings.CAMPAIGN_STREAMS[fact], fields, maxlen=KEPT_ENTRIES)
