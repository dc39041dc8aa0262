"""The card provider, asked over HTTP."""

import httpx

from payment.settings import Settings


class CardRefusedError(Exception):
    """The issuer does not pay."""


class CardProvider:
    """Authorises and captures amounts."""

    def __init__(self, settings: Settings) -> None:
        key = settings.provider_key.get_secret_value()
        self._http = httpx.AsyncClient(base_url=settings.provider_url, auth=(key, ""), timeout=8.0)

    async def authorize(self, order_id: str, amount_cents: int) -> str:
        """Hold the amount; gives the provider's reference."""
        response = await self._http.post(  # flow: call http POST /v1/payment_intents -> external:api.stripe.com
            "/v1/payment_intents",
            data={"amount": amount_cents, "currency": "eur", "capture_method": "manual", "confirm": "true"},
            headers={"Idempotency-Key": f"authorize-{order_id}"},
        )
        if response.status_code == httpx.codes.PAYMENT_REQUIRED:
            raise CardRefusedError(response.json()["error"]["code"])
        response.raise_for_status()
        return response.json()["id"]

    async def capture(self, reference: str) -> None:
        """Collect an amount that was held."""
        path = f"/v1/payment_intents/{reference}/capture"
        response = await self._http.post(  # flow: call http POST /v1/payment_intents/{}/capture -> external:api.stripe.com
            path, headers={"Idempotency-Key": f"capture-{reference}"}
        )
        response.raise_for_status()
