"""Things that were found, and who asks for them."""

import requests
from django.conf import settings
from django.http import HttpRequest
from gql import Client, gql
from gql.transport.requests import RequestsHTTPTransport
from ninja import Router

router = Router()
FOUND: dict[int, str] = {}


@router.get("/{int:number}")  # flow: serve http GET /api/things/{} handler=thing
def thing(request: HttpRequest, number: int) -> dict[str, str]:
    return {"thing": FOUND[number], "claims": f"{request.path}/claims"}


@router.delete("/{int:number}/claims/{int:ticket}")  # flow: serve http DELETE /api/things/{}/claims/{} handler=claim
def claim(request: HttpRequest, number: int, ticket: int) -> dict[str, str]:
    known = requests.get(f"{settings.TICKETS}/v1/tickets/{ticket}", timeout=2)  # flow: call http GET /v1/tickets/{} -> tickets
    known.raise_for_status()
    query = gql("query($ticket: Int!) { name(ticket: $ticket) }")
    query.variable_values = {"ticket": ticket}
    with Client(transport=RequestsHTTPTransport(url=f"{settings.PASSENGERS}/graphql")) as session:
        holder = session.execute(query)  # flow: call http POST /graphql -> passengers
    return {"thing": FOUND.pop(number), "claim": request.path, "by": holder["name"]}
