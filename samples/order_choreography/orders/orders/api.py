"""The HTTP interface: place an order, ask where it is."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Request, status
from pydantic import BaseModel, EmailStr, Field
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from orders.outbox import enqueue
from orders.tables import Order
from orders.topics import Topic

router = APIRouter(prefix="/orders")


class Line(BaseModel):
    """So many of one article."""

    sku: str
    quantity: int = Field(gt=0)
    unit_price_cents: int = Field(ge=0)


class NewOrder(BaseModel):
    """An order as a customer places it."""

    customer_email: EmailStr
    lines: list[Line] = Field(min_length=1)


def sessions_of(request: Request) -> async_sessionmaker[AsyncSession]:
    return request.app.state.sessions


Sessions = Annotated[async_sessionmaker[AsyncSession], Depends(sessions_of)]


@router.post("", status_code=status.HTTP_202_ACCEPTED)  # flow: serve http POST /orders
async def place_order(new: NewOrder, sessions: Sessions) -> dict[str, str]:
    """Accept an order; stock, payment and shipment follow by themselves."""
    lines = [line.model_dump() for line in new.lines]
    order = Order(id=str(uuid4()), customer_email=new.customer_email, lines=lines)
    total = sum(line.quantity * line.unit_price_cents for line in new.lines)
    placed: dict[str, object] = {"order_id": order.id, "email": new.customer_email, "lines": lines, "total_cents": total}
    async with sessions.begin() as session:
        session.add(order)
        enqueue(session, Topic.ORDER_PLACED, order.id, placed)  # flow: publish kafka order.placed
    return {"order_id": order.id}


@router.get("/{order_id}")  # flow: serve http GET /orders/{}
async def order_state(order_id: str, sessions: Sessions) -> dict[str, str]:
    async with sessions() as session:
        order = await session.get(Order, order_id)
    if order is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such order")
    return {"order_id": order.id, "status": order.status}
