"""Journeys and their prices."""

import fares
from fastapi import FastAPI

app = FastAPI()


@app.post("/journeys")  # flow: serve http POST /journeys handler=book
def book(route: str) -> dict[str, str | int]:
    return {"cents": fares.price(route), "hold": fares.hold(route)}


@app.delete("/journeys/{hold_id}")  # flow: serve http DELETE /journeys/{} handler=cancel
async def cancel(hold_id: str) -> None:
    await fares.release(hold_id)
