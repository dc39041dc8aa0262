"""The customers service: who they are."""

import os
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from pydantic import BaseModel
from redis.asyncio import Redis

REGISTERED = "customer.registered"
CUSTOMERS: dict[str, "Customer"] = {}


class Customer(BaseModel):
    """A person who buys here."""

    customer_id: str
    name: str
    since_year: int


def stream() -> Redis:
    """The connection on which facts about customers are published."""
    return Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


router = APIRouter()


@router.post("", status_code=201)  # flow: serve http POST /customers
async def register(customer: Customer, redis: Annotated[Redis, Depends(stream)]) -> Customer:
    CUSTOMERS[customer.customer_id] = customer
    await redis.xadd(REGISTERED, customer.model_dump(), maxlen=100_000)  # flow: publish redis customer.registered
    return customer


@router.get("/{customer_id}")  # flow: serve http GET /customers/{}
async def show(customer_id: str) -> Customer:
    if customer_id not in CUSTOMERS:
        raise HTTPException(404, "no such customer")
    return CUSTOMERS[customer_id]


app = FastAPI(title="customers")
app.include_router(router, prefix="/customers")
