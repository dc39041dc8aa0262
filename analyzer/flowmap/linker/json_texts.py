"""JSON that the code or its environment spells out (`json.loads(settings.ROUTES)`): what stands in it is as known as a literal."""

from __future__ import annotations

import json

from flowmap.linker.making import ready
from flowmap.linker.stores import kept
from flowmap.linker.terms import Elements, Entries, Literal, Term, Value

LONGEST = 20_000
"""Characters of a text that is looked into."""


def spelled_out(text: str, *, deployed: bool = False) -> Term | None:
    """What a text of JSON says; None if it is none, or too long. What a deployment leaves open in its own text goes by its key."""
    if len(text) > LONGEST:
        return None
    try:
        return _term(json.loads(text), deployed=deployed)
    except (ValueError, RecursionError):
        return None


def _term(said: object, *, deployed: bool) -> Term:
    match said:
        case dict() if deployed:
            return Entries(tuple((ready((Literal(str(k)),)), ready(_kept(v, str(k)))) for k, v in said.items()))
        case dict():
            return Entries(tuple((ready((Literal(str(k)),)), ready((_term(v, deployed=False),))) for k, v in said.items()))
        case list():
            return Elements(tuple(ready((_term(v, deployed=deployed),)) for v in said))
        case str() | bool() | int() | float():
            return Literal(said)
        case _:
            return Literal(None)


def _kept(said: object, key: str) -> Value:
    return kept(said, key) if isinstance(said, str) else (_term(said, deployed=True),)
