"""Asks for items and what they cost."""

import logging
import os

from bravado.client import SwaggerClient
from clients import Stock


class Sheet:
    """Where things are noted."""

    def items(self) -> list[str]:
        return ["pencil"]


class Desk:
    """Knows whom to ask."""

    def __init__(self) -> None:
        self.stock = Stock(base_url=os.environ["STOCK_URL"])
        self.prices = SwaggerClient.from_url(os.environ["PRICES_SPEC"])

    def report(self) -> None:
        for number in Sheet().items():  # flow: nothing
            item = self.stock.item(number)  # flow: call http GET /items/{} -> stock
            price = self.prices.prices.getPrice(item=number).response().result  # flow: call rpc prices.getPrice -> prices
            logging.info("%s costs %s", item, price)
        self.stock.reserve(number=7)  # flow: call http POST /reservations -> stock


if __name__ == "__main__":
    Desk().report()
