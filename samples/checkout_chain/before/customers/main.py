"""The customers service: who they are."""

from fastapi import APIRouter, FastAPI, HTTPException
from pydantic import BaseModel


class Customer(BaseModel):
    """A person who buys here."""

    customer_id: str
    name: str
    since_year: int


CUSTOMERS = {
    "c-1": Customer(customer_id="c-1", name="A", since_year=2016),
    "c-2": Customer(customer_id="c-2", name="B", since_year=2024),
}

router = APIRouter()


@router.get("/{customer_id}")  # flow: serve http GET /customers/{}
def show(customer_id: str) -> Customer:
    if customer_id not in CUSTOMERS:
        raise HTTPException(404, "no such customer")
    return CUSTOMERS[customer_id]


app = FastAPI(title="customers")
app.include_router(router, prefix="/customers")
