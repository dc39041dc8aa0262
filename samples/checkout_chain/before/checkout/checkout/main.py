"""The HTTP interface of the checkout."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from pydantic import BaseModel

from checkout.clients import CardClient, PricingClient
from checkout.settings import Settings


class Basket(BaseModel):
    """What a customer wants to buy, and with which card."""

    customer_id: str
    card_token: str
    lines: list[dict[str, Any]]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = Settings()
    app.state.pricing = PricingClient(settings)
    app.state.cards = CardClient(settings)
    yield


app = FastAPI(title="checkout", lifespan=lifespan)


@app.post("/checkout", status_code=201)  # flow: serve http POST /checkout
async def check_out(basket: Basket, request: Request) -> dict[str, Any]:
    """The customer waits until price and card are settled."""
    pricing: PricingClient = request.app.state.pricing
    cards: CardClient = request.app.state.cards
    total = await pricing.quote(basket.customer_id, basket.lines)
    return {"charge": await cards.charge(basket.card_token, total), "total_cents": total}
