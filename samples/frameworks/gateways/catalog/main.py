"""What there is to buy."""

from fastapi import FastAPI, HTTPException

app = FastAPI()
ITEMS = {"tea": {"name": "Tea"}}


@app.get("/items/{item}")  # flow: serve http GET /items/{} handler=show
def show(item: str) -> dict[str, str]:
    if item not in ITEMS:
        raise HTTPException(404)
    return ITEMS[item]
