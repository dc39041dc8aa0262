"""Quotes: the endpoint that everybody wants an answer from. It has all it needs in the house."""

from flask import Blueprint, request

from pricing.copies import copies

LIST_PRICES = {"tea-100": 790, "tea-250": 1690, "kettle": 5900}

quotes = Blueprint("quotes", __name__)


@quotes.post("")  # flow: serve http POST /quotes
def quote() -> dict[str, int]:
    """The total of a basket for one customer."""
    basket = request.get_json()
    full = sum(LIST_PRICES[line["sku"]] * line["quantity"] for line in basket["lines"])
    return {"total_cents": full * (100 - copies.discount(basket["customer_id"])) // 100}
