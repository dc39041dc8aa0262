"""What the reports workers do."""

import logging

import requests
from redis import Redis

from reports import config
from reports.app import app

logger = logging.getLogger(__name__)
sales = Redis.from_url(config.SALES_URL)


@app.task(name="reports.book_sale")  # flow: subscribe celery reports.book_sale handler=book_sale
def book_sale(order: int, cents: int) -> None:
    sales.hset("sales", str(order), cents)  # flow: nothing


@app.task(name="reports.daily_sales", time_limit=600)  # flow: subscribe celery reports.daily_sales handler=daily_sales
def daily_sales() -> dict[str, int]:
    """Compare what was booked with what the shop says it sold."""
    response = requests.get(f"{config.SHOP_URL}/api/orders/", timeout=30)  # flow: call http GET /api/orders/ -> shop
    response.raise_for_status()
    paid = {str(order["id"]).encode() for order in response.json() if order["status"] == "paid"}
    booked = sales.hgetall("sales")
    missing = paid - booked.keys()
    if missing:
        logger.warning("%d paid orders were never booked", len(missing))
    return {"orders": len(booked), "cents": sum(int(cents) for cents in booked.values()), "missing": len(missing)}
