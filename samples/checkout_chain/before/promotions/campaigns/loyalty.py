"""Asks the loyalty service for a customer's tier."""

import json
from urllib.parse import quote
from urllib.request import Request, urlopen

from django.conf import settings


def tier_of(customer_id: str) -> str:
    """`gold`, `silver` or `none`."""
    url = f"{settings.LOYALTY_BASE_URL}/members/{quote(customer_id)}/tier"
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310
    with urlopen(request, timeout=2.5) as response:  # noqa: S310  # flow: call http GET /members/{}/tier -> loyalty timeout=2.5
        return json.load(response)["tier"]
