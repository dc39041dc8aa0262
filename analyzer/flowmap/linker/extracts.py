"""Pieces of texts: what a regular expression finds in a text whose holes nobody has filled yet."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from flowmap.linker.terms import Literal, Template, Term, Value
from flowmap.linker.texts import assemble, bounded, parts_of
from flowmap.linker.waiting import depends

HOLES = range(0xE000, 0xF8FF)
"""Characters that mean nothing by themselves, one for each hole of a text; `\\w` does not match them, `[^']` does."""
LONGEST = 20_000
"""Characters of a text that are looked at."""


def matched(pattern: str, texts: Value) -> Value:
    """The first group of a regular expression in each of the texts that it is found in, with the holes that lie there. What is no
    text yet, and waits for a caller, stays."""
    found: list[Term] = []
    for term in texts:
        if isinstance(term, Template) or (isinstance(term, Literal) and isinstance(term.value, str)):
            found += _piece(pattern, term)
        elif depends(term):
            found.append(term)
    return bounded(found)


def replaced(pattern: str, by: str, texts: Value) -> Value:
    """The texts with all that a regular expression finds in their known pieces replaced."""
    found: list[Term] = []
    for term in texts:
        match term:
            case Literal(value=str() as text):
                found.append(replace(term, value=re.sub(pattern, by, text)))
            case Template(parts=parts):
                found.append(replace(term, parts=tuple(re.sub(pattern, by, p) if isinstance(p, str) else p for p in parts)))
            case _:
                found.append(term)
    return bounded(found)


def _piece(pattern: str, term: Term) -> list[Term]:
    parts = parts_of(term)
    holes = dict(zip(map(chr, HOLES), islice((p for p in parts if not isinstance(p, str)), len(HOLES)), strict=False))
    signs = iter(holes)
    text = "".join(p if isinstance(p, str) else next(signs, "") for p in parts)
    hit = re.search(pattern, text[:LONGEST])
    if hit is None:
        return []
    pieces = (holes.get(p, p) for p in re.split(f"([{chr(HOLES[0])}-{chr(HOLES[-1])}])", hit[1]) if p)
    inside = list(pieces)
    return [inside[0] if len(inside) == 1 and not isinstance(inside[0], str) else assemble(inside)]
