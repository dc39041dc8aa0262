"""What a database is given: statements, whether they write, into what, and whether that may be done twice; and how it is named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.linker.terms import Class, Instance, Made, Member, Symbol, Term, Unknown
from flowmap.linker.texts import parts_of

if TYPE_CHECKING:
    from flowmap.linker.view import View

_WRITING = re.compile(
    r'\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|MERGE\s+INTO|UPDATE|DELETE\s+FROM)\s+["`\[]?([\w.]+)', re.IGNORECASE
)
_REPEATABLE = re.compile(
    r"\bON\s+(CONFLICT|DUPLICATE\s+KEY)\b|^\s*(REPLACE|MERGE|DELETE|INSERT\s+OR\s+(REPLACE|IGNORE))\b", re.IGNORECASE
)
_URL = re.compile(r"\w+(?:\+\w+)?://(?:[^@/]*@)?([^/:?@,\s]+)(?:[:,][^/@\s]*)?/([^?\s]+)")
_PAIR = re.compile(r"\b(host|dbname)\s*=\s*'?([^\s']+)")
LONGEST = 2_000
"""Characters of a statement that are looked at."""


def writes(view: View, makers: tuple[str, ...], term: Term) -> tuple[str, bool] | None:
    """The table that a statement writes into, and whether it may be repeated; None if it does not write."""
    for text in view.texts((term,)):
        pieces = parts_of(text) if not isinstance(text, Made | Member | Unknown) else ()
        sql = "".join(p if isinstance(p, str) else "?" for p in pieces)[:LONGEST]
        if (hit := _WRITING.match(sql)) is not None:
            return hit[1], bool(_REPEATABLE.search(sql))
    names = view.names_of(term)
    made = next((n for n in names for m in makers if n.startswith(m)), None)
    if made is None:
        return None
    return _of_statement(view, term), "on_conflict" in made or "on_duplicate" in made or ".delete()" in made


def _of_statement(view: View, term: Term) -> str:
    """The class that a statement is made of: the first argument of the first call of the chain."""
    first: Term | None = None
    while isinstance(term, Member | Made):
        first = term if isinstance(term, Made) and isinstance(term.callee, Symbol) else first
        term = term.callee if isinstance(term, Made) else term.owner
    if isinstance(first, Made) and first.creation is not None and first.creation.call.arguments:
        value = view.values(first.creation.call.arguments[0].value, first.creation.place)
        return next((view.scope(t.scope).name for t in value if isinstance(t, Class | Instance)), "")
    return ""


def database(text: str) -> str:
    """The database that a URL or a list of settings (`host=db dbname=shop`) names, without who opens it: `db/shop`. "" for a file,
    which is one of each machine, and for what is not known in full."""
    pairs = dict(_PAIR.findall(text[:LONGEST]))
    hit = _URL.match(text[:LONGEST])
    host, name = hit.groups() if hit else (pairs.get("host", ""), pairs.get("dbname", ""))
    known = host and name and "{}" not in f"{host}{name}" and not text.startswith("sqlite")
    return f"{host.lower()}/{name.strip('/')}" if known else ""
