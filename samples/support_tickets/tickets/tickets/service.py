"""The orchestrator: asks one service after the other and keeps the state of the case; after that it only tells."""

import json
from typing import Any
from uuid import uuid4

from nameko.messaging import Publisher, consume
from nameko.rpc import RpcProxy
from nameko.web.handlers import http
from werkzeug.wrappers import Request

from tickets.dependencies import Notifier, NotifierProvider, TicketsProvider
from tickets.messages import BILLED_CUSTOMERS, TICKETS, TicketFact

Answer = tuple[int, str]


class TicketService:
    """Support tickets from the customer's question to the invoice."""

    name = "tickets"

    validation = RpcProxy("validation")
    assignment = RpcProxy("assignment")
    publish = Publisher(exchange=TICKETS)
    notifier: Notifier = NotifierProvider()
    tickets: dict[str, dict[str, Any]] = TicketsProvider()

    @http("POST", "/tickets")  # flow: serve http POST /tickets
    def open_ticket(self, request: Request) -> Answer:
        """Check the question, find an expert while the customer waits, and say who will help."""
        ticket = json.loads(request.get_data(as_text=True)) | {"ticket_id": str(uuid4())}
        verdict = self.validation.check(ticket["customer_id"], ticket["product"])  # flow: call rpc validation.check -> validation
        if not verdict["covered"]:
            return 422, json.dumps(verdict)
        search = self.assignment.find_expert.call_async(ticket["product"])  # flow: call rpc assignment.find_expert -> assignment
        self._announce(TicketFact.OPENED, ticket)  # flow: publish amqp ticket.opened exchange=tickets
        ticket["expert"] = search.result()
        self.notifier.tell_expert(ticket["expert"], ticket["ticket_id"])
        self._announce(TicketFact.ASSIGNED, ticket)  # flow: publish amqp ticket.assigned exchange=tickets
        self.tickets[ticket["ticket_id"]] = ticket
        return 201, json.dumps({"ticket_id": ticket["ticket_id"], "expert": ticket["expert"]})

    @http("GET", "/tickets/<string:ticket_id>")  # flow: serve http GET /tickets/{}
    def show_ticket(self, request: Request, ticket_id: str) -> Answer:  # noqa: ARG002
        return 200, json.dumps(self.tickets[ticket_id])

    @http("POST", "/tickets/<string:ticket_id>/resolution")  # flow: serve http POST /tickets/{}/resolution
    def resolve_ticket(self, request: Request, ticket_id: str) -> Answer:
        """The expert has solved it. Invoice, survey and review are other people's business."""
        ticket = self.tickets[ticket_id]
        ticket["minutes"] = json.loads(request.get_data(as_text=True))["minutes"]
        self.assignment.release_expert(ticket["expert"])  # flow: call rpc assignment.release_expert -> assignment
        self._announce(TicketFact.RESOLVED, ticket)  # flow: publish amqp ticket.resolved exchange=tickets
        return 202, json.dumps({"ticket_id": ticket_id})

    @consume(BILLED_CUSTOMERS)  # flow: subscribe amqp customer.billed exchange=billing handler=close_ticket
    def close_ticket(self, invoice: dict[str, Any]) -> None:
        """The last thing that happens to a ticket."""
        ticket = self.tickets.pop(invoice["ticket_id"])
        self.notifier.tell_customer(ticket["email"], f"Your invoice {invoice['number']} is on its way.")

    def _announce(self, fact: str, ticket: dict[str, Any]) -> None:
        self.publish(ticket, routing_key=fact)
