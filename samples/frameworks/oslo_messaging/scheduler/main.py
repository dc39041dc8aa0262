"""Spreads orders over the warehouses."""

import sys

from stock_api import StockAPI


def place(item: str) -> bool:
    stock = StockAPI()
    if stock.count({"user": "scheduler"}, item) == 0:
        return False
    stock.reserve({"user": "scheduler"}, item, host="north")
    return True


if __name__ == "__main__":
    sys.exit(not all(place(item) for item in sys.argv[1:]))
