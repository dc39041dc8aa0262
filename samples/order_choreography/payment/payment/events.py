"""What the payment service tells others. An event knows its topic."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Event:
    """Something about the payment of an order."""

    topic: ClassVar[str]
    order_id: str


@dataclass(frozen=True)
class PaymentAuthorized(Event):
    """The card issuer holds the amount for us."""

    topic = "payment.authorized"
    amount_cents: int


@dataclass(frozen=True)
class PaymentDeclined(Event):
    """The card issuer refused."""

    topic = "payment.declined"
    reason: str


@dataclass(frozen=True)
class PaymentCaptured(Event):
    """The amount was collected; the general ledger books it."""

    topic = "payment.captured"
    reference: str


@dataclass(frozen=True)
class SendConfirmationEmail(Event):
    """Asks the notification service for the confirmation mail."""

    topic = "send-confirmation-email"
    recipient: str
