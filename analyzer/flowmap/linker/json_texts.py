"""JSON that the code or its environment spells out (`json.loads(settings.ROUTES)`): what stands in it is as known as a literal."""

from __future__ import annotations

import json

from flowmap.linker.making import ready
from flowmap.linker.terms import Elements, Entries, Literal, Term

LONGEST = 20_000
"""Characters of a text that is looked into."""


def spelled_out(text: str) -> Term | None:
    """What a text of JSON says; None if it is none, or too long."""
    if len(text) > LONGEST:
        return None
    try:
        return _term(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _term(said: object) -> Term:
    match said:
        case dict():
            return Entries(tuple((ready((Literal(str(k)),)), ready((_term(v),))) for k, v in said.items()))
        case list():
            return Elements(tuple(ready((_term(v),)) for v in said))
        case str() | bool() | int() | float():
            return Literal(said)
        case _:
            return Literal(None)
