"""What nameko puts into the service: the open tickets, and the client of the notification service."""

import os
from typing import Any

import requests
from nameko.extensions import DependencyProvider

NOTIFICATION_URL = os.environ["NOTIFICATION_URL"]


class Notifier:
    """Writes to people through the notification service."""

    def __init__(self, base_url: str, timeout: float = 5.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout = timeout
        self._session = requests.Session()

    def tell_expert(self, expert: str, ticket_id: str) -> str:
        case = {"expert": expert, "ticket_id": ticket_id}
        return self._send("expert", case)  # flow: call http POST /messages/expert -> notification

    def tell_customer(self, email: str, text: str) -> str:
        return self._send("customer", {"email": email, "text": text})  # flow: call http POST /messages/customer -> notification

    def _send(self, audience: str, message: dict[str, str]) -> str:
        response = self._session.post(f"{self._base_url}/messages/{audience}", json=message, timeout=self._timeout)
        response.raise_for_status()
        return response.json()["message_id"]


class NotifierProvider(DependencyProvider):
    """One notifier for all workers."""

    def setup(self) -> None:
        self.notifier = Notifier(NOTIFICATION_URL)

    def get_dependency(self, worker_ctx: Any) -> Notifier:  # noqa: ARG002
        return self.notifier


class TicketsProvider(DependencyProvider):
    """The tickets by number, kept in memory."""

    def setup(self) -> None:
        self.tickets: dict[str, dict[str, Any]] = {}

    def get_dependency(self, worker_ctx: Any) -> dict[str, dict[str, Any]]:  # noqa: ARG002
        return self.tickets
