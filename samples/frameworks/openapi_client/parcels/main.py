"""Parcels."""

from fastapi import FastAPI

app = FastAPI()
parcels: dict[str, str] = {}


@app.put("/parcels/{order}")  # flow: serve http PUT /parcels/{} handler=put_parcel
def put_parcel(order: str, to: str) -> dict[str, str]:
    parcels[order] = to
    return {"order": order}


@app.delete("/parcels/{order}")  # flow: serve http DELETE /parcels/{} handler=stop_parcel
def stop_parcel(order: str) -> None:
    parcels.pop(order, None)
