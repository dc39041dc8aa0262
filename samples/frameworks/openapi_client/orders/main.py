"""Orders."""

import os

from fastapi import FastAPI, HTTPException
from parcels_client.api.parcels_api import ParcelsApi
from parcels_client.api_client import ApiClient as ParcelsClient
from parcels_client.configuration import Configuration as ParcelsConfiguration
from stock_client import ApiClient, Configuration, ItemsApi

app = FastAPI()
items = ItemsApi(ApiClient(Configuration(host=os.environ["STOCK_URL"])))
parcels = ParcelsApi(ParcelsClient(ParcelsConfiguration(host=os.environ["PARCELS_URL"])))


@app.post("/orders")  # flow: serve http POST /orders handler=place
def place(sku: str, quantity: int) -> dict[str, str]:
    item = items.get_item(sku, _request_timeout=2)  # flow: call http GET /v1/items/{} -> stock
    if item["quantity"] < quantity:
        raise HTTPException(409, "too few")
    items.reserve_item(sku, {"quantity": quantity})  # flow: call http POST /v1/items/{}/reservations -> stock
    parcels.put_parcel(sku, _request_timeout=2)  # flow: call http PUT /parcels/{} -> parcels
    return {"order": f"{sku}-{quantity}"}
