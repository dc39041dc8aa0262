"""The client of the promotions service."""

import os

import requests

PROMOTIONS_URL = os.environ.get("PROMOTIONS_URL", "http://localhost:8002")


class ApiSession(requests.Session):
    """A session that knows its service and does not wait for ever."""

    def __init__(self, base_url: str, timeout: float) -> None:
        super().__init__()
        self.base_url = base_url.rstrip("/")
        self.timeout = timeout

    def fetch(self, path: str, **params: str) -> requests.Response:
        response = self.get(self.base_url + path, params=params, timeout=self.timeout)
        response.raise_for_status()
        return response


class PromotionsClient:
    """What the promotions service knows about a customer."""

    def __init__(self) -> None:
        self._session = ApiSession(PROMOTIONS_URL, timeout=3.0)

    def discount(self, customer_id: str) -> int:
        """The percentage that this customer gets off."""
        path = "/api/discounts/"
        found = self._session.fetch(path, customer=customer_id)  # flow: call http GET /api/discounts/ -> promotions timeout=3
        return found.json()["percent"]
