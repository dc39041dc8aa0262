"""What a browser asks for."""

import os

import httpx
from fastapi import FastAPI

CATALOG = os.environ["CATALOG_URL"]
SEARCH = os.environ["SEARCH_URL"]
app = FastAPI()


@app.get("/products/{sku}")  # flow: serve http GET /products/{}
async def product(sku: str) -> dict[str, object]:
    async with httpx.AsyncClient(base_url=CATALOG) as client:
        found = await client.get(f"/products/{sku}")  # flow: call http GET /products/{} -> catalog
        return found.json()


@app.get("/search")  # flow: serve http GET /search
async def search(words: str) -> dict[str, object]:
    async with httpx.AsyncClient(base_url=SEARCH) as client:
        found = await client.get("/hits", params={"words": words})  # flow: call http GET /hits -> search-api
        return found.json()
