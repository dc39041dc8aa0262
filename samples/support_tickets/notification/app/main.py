"""The HTTP interface of the notification service."""

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, EmailStr

from app.mail import send


class ToExpert(BaseModel):
    """A new case for an expert."""

    expert: str
    ticket_id: str


class ToCustomer(BaseModel):
    """Something a customer should know."""

    email: EmailStr
    text: str


messages = APIRouter(prefix="/messages")


@messages.post("/expert")  # flow: serve http POST /messages/expert
def to_expert(message: ToExpert) -> dict[str, str]:
    return {"message_id": send(f"{message.expert}@example.com", "A new ticket", f"Please look at ticket {message.ticket_id}.")}


@messages.post("/customer")  # flow: serve http POST /messages/customer
def to_customer(message: ToCustomer) -> dict[str, str]:
    return {"message_id": send(message.email, "Your support ticket", message.text)}


app = FastAPI(title="notification")
app.include_router(messages)
