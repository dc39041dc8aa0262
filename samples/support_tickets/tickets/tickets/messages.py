"""What the ticket service makes known, and what it listens to, on RabbitMQ."""

from typing import Final

from kombu import Exchange, Queue

TICKETS: Final = Exchange("tickets", type="topic", durable=True)
BILLING: Final = Exchange("billing", type="topic", durable=True)
BILLED_CUSTOMERS: Final = Queue("tickets.billed-customers", exchange=BILLING, routing_key="customer.billed", durable=True)


class TicketFact:
    """Routing keys on the exchange `tickets`."""

    OPENED: Final = "ticket.opened"
    ASSIGNED: Final = "ticket.assigned"
    RESOLVED: Final = "ticket.resolved"
