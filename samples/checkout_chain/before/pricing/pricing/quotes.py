"""Quotes: the endpoint that everybody wants an answer from."""

from flask import Blueprint, request

from pricing.promotions import PromotionsClient

LIST_PRICES = {"tea-100": 790, "tea-250": 1690, "kettle": 5900}

quotes = Blueprint("quotes", __name__)
promotions = PromotionsClient()


@quotes.post("")  # flow: serve http POST /quotes
def quote() -> dict[str, int]:
    """The total of a basket for one customer."""
    basket = request.get_json()
    full = sum(LIST_PRICES[line["sku"]] * line["quantity"] for line in basket["lines"])
    percent = promotions.discount(basket["customer_id"])
    return {"total_cents": full * (100 - percent) // 100}
