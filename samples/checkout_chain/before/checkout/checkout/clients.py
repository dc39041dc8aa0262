"""Who the checkout has to ask."""

from typing import Any

import httpx

from checkout.settings import Settings


class PricingClient:
    """The pricing service."""

    def __init__(self, settings: Settings) -> None:
        self._http = httpx.AsyncClient(base_url=settings.pricing_url, timeout=4.0)

    async def quote(self, customer_id: str, lines: list[dict[str, Any]]) -> int:
        """What the basket costs this customer, in cents."""
        body = {"customer_id": customer_id, "lines": lines}
        response = await self._http.post("/quotes", json=body)  # flow: call http POST /quotes -> pricing timeout=4
        response.raise_for_status()
        return response.json()["total_cents"]


class CardClient:
    """The card provider."""

    def __init__(self, settings: Settings) -> None:
        self._http = httpx.AsyncClient(base_url=settings.card_url, auth=(settings.card_key.get_secret_value(), ""), timeout=8.0)

    async def charge(self, token: str, amount_cents: int) -> str:
        form = {"source": token, "amount": str(amount_cents), "currency": "eur"}
        response = await self._http.post("/charges", data=form)  # flow: call http POST /v1/charges -> external:api.stripe.com
        response.raise_for_status()
        return response.json()["id"]
