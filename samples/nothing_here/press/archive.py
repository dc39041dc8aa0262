"""Pages that were saved years ago, by the address that they had. Nothing is fetched."""

from urllib.parse import urljoin

import requests

SAVED = {
    "http://catalogue/books/1": "The Trial",
    "http://catalogue/books/2": "The Castle",
}


class Session:
    """Looks like a browser, reads from the archive."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.headers: dict[str, str] = {}

    def get(self, path: str, timeout: float = 1.0) -> str | None:
        return SAVED.get(urljoin(self.base_url, path)) if timeout else None  # flow: nothing

    def post(self, path: str, data: str) -> None:
        SAVED[urljoin(self.base_url, path)] = data


def first_page() -> str | None:
    session = Session("http://catalogue/")
    session.post("/books/3", data="Amerika")  # flow: nothing
    return session.get("/books/1") or SAVED.get("http://catalogue/books/2")  # flow: nothing


def address_of(number: int) -> str | None:
    """The address in the form that the archive used: parameters in the order in which they were given."""
    request = requests.Request("GET", "http://catalogue/search", params={"book": str(number)})  # flow: nothing
    return request.prepare().url
