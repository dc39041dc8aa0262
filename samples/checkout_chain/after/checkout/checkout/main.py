"""The HTTP interface of the checkout."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import nats
from fastapi import FastAPI, Request
from pydantic import BaseModel

from checkout.clients import CardClient, PricingClient
from checkout.settings import Settings


class Refund(BaseModel):
    """A charge that a customer wants back."""

    customer_id: str
    charge: str


class Basket(BaseModel):
    """What a customer wants to buy, and with which card."""

    customer_id: str
    card_token: str
    lines: list[dict[str, Any]]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = Settings()
    app.state.settings = settings
    app.state.pricing = PricingClient(settings)
    app.state.cards = CardClient(settings)
    connection = await nats.connect(settings.nats_url)
    app.state.stream = connection.jetstream()
    await app.state.stream.add_stream(name="orders", subjects=[f"{settings.subject_prefix}.*"])  # flow: nothing
    yield
    await connection.drain()


app = FastAPI(title="checkout", lifespan=lifespan)


@app.post("/checkout", status_code=201)  # flow: serve http POST /checkout
async def check_out(basket: Basket, request: Request) -> dict[str, Any]:
    """The customer waits for the price and the card, and for nobody else."""
    pricing: PricingClient = request.app.state.pricing
    cards: CardClient = request.app.state.cards
    total = await pricing.quote(basket.customer_id, basket.lines)
    charge = await cards.charge(basket.card_token, total)
    order = {"customer_id": basket.customer_id, "charge": charge, "total_cents": total}
    await tell(request, "placed", order)  # flow: publish nats orders.placed
    return order


@app.post("/refunds", status_code=201)  # flow: serve http POST /refunds
async def give_back(refund: Refund, request: Request) -> dict[str, Any]:
    cards: CardClient = request.app.state.cards
    amount = await cards.refund(refund.charge)
    order = {"customer_id": refund.customer_id, "charge": refund.charge, "total_cents": -amount}
    await tell(request, "refunded", order)  # flow: publish nats orders.refunded
    return order


async def tell(request: Request, fact: str, order: dict[str, Any]) -> None:
    """Publish a fact about an order."""
    state = request.app.state
    await state.stream.publish(f"{state.settings.subject_prefix}.{fact}", json.dumps(order).encode())
