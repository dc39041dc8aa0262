"""Orders: what is in the catalogue, at today's price."""

import os

import httpx
from fastapi import FastAPI, HTTPException

CATALOG_URL = os.environ["CATALOG_URL"]
PRICING_URL = os.environ["PRICING_URL"]

app = FastAPI()


@app.post("/orders")  # flow: serve http POST /orders handler=place
async def place(item: str, amount: int) -> dict[str, object]:
    async with httpx.AsyncClient(timeout=5) as client:
        found = await client.get(f"{CATALOG_URL}/items/{item}")  # flow: call http GET /items/{} -> catalog
        if found.status_code == 404:
            raise HTTPException(404, "no such item")
        price = await client.post(
            f"{PRICING_URL}/quotes", json={"item": item, "amount": amount}
        )  # flow: call http POST /quotes -> pricing
        picture = await client.head(f"http://gateway/static/{item}.png")  # flow: call http HEAD /static/{}.png -> external:gateway
    return {"item": item, "total": price.json()["total"], "picture": picture.is_success}
