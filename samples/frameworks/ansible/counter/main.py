"""The counter asks the stock, and says what was sold."""

import os

import httpx
import redis
import uvicorn
from fastapi import FastAPI

STOCK = os.environ.get("STOCK_URL", "http://localhost:8001")
SOLD = os.environ.get("SOLD_CHANNEL", "sold")

app = FastAPI()
bus = redis.Redis(host=os.environ.get("REDIS_HOST", "localhost"))


@app.post("/sales/{remedy}")  # flow: serve http POST /sales/{} handler=sell
def sell(remedy: str) -> dict[str, str]:
    httpx.post(f"{STOCK}/remedies/{remedy}/taken", timeout=2)  # flow: call http POST /remedies/{}/taken -> stock
    bus.publish(SOLD, remedy)  # flow: publish redis remedy.sold
    return {"sold": remedy}


if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=8000)  # noqa: S104
