"""Tickets are sold here (Sanic)."""

import os

import httpx
from sanic import Blueprint, Request, Sanic
from sanic.response import HTTPResponse, json
from sanic.views import HTTPMethodView

app = Sanic("tickets")
sales = Blueprint("sales", url_prefix="/tickets")
admin = Blueprint("admin", url_prefix="/admin")
api = Blueprint.group(sales, admin, version=1)


class Tickets(HTTPMethodView):
    """The sale of a ticket: a price, and a seat that is held."""

    async def post(self, request: Request) -> HTTPResponse:
        sailing, route = request.json["sailing"], request.json["route"]
        async with httpx.AsyncClient() as client:
            price = await client.get(f"{os.environ['FARES_URL']}/fares/{route}")  # flow: call http GET /fares/{} -> fares
            seats = os.environ["SEATS_URL"]
            held = await client.post(f"{seats}/sailings/{sailing}/holds")  # flow: call http POST /sailings/{}/holds -> seats
        held.raise_for_status()
        return json({"sailing": sailing, "price": price.json()["price"]}, status=201)


sales.add_route(Tickets.as_view(), "/")  # flow: serve http POST /v1/tickets handler=Tickets.post


@sales.get("/<ticket:int>")  # flow: serve http GET /v1/tickets/{} handler=ticket
async def ticket(_request: Request, ticket: int) -> HTTPResponse:
    return json({"ticket": ticket, "used": False})


@admin.delete("/tickets/<ticket:int>")  # flow: serve http DELETE /v1/admin/tickets/{} handler=refund
async def refund(_request: Request, ticket: int) -> HTTPResponse:
    return json({"ticket": ticket, "refunded": True})


@app.get("/health")  # flow: serve http GET /health handler=health
async def health(_request: Request) -> HTTPResponse:
    return json({"ok": True})


app.blueprint(api)
