"""Calls that one place of the code makes to very many paths of one host: what tells them apart is data, and a part that varies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from flowmap.linker.drafts import Draft
from flowmap.model.interaction import Role

MOST_PATHS = 24
"""Paths of one place that are told apart."""


def less_varied(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, with `{}` where the paths of one place have more different words than are told apart."""
    kept: list[Draft] = []
    of_places: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.role is Role.CALL and draft.transport == "http" and draft.endpoint is not None:
            end = draft.endpoint
            of_places[draft.location, end.host, end.port, end.hint, end.operation.count("/")].append(draft)
        else:
            kept.append(draft)
    for alike in of_places.values():
        kept += _joined(alike) if len(alike) > MOST_PATHS else alike
    return kept


def _joined(alike: list[Draft]) -> list[Draft]:
    split = [d.endpoint.operation.split("/") for d in alike if d.endpoint is not None]
    varying = [len(set(words)) > MOST_PATHS for words in zip(*split, strict=True)]
    found: dict[str, Draft] = {}
    for draft, words in zip(alike, split, strict=True):
        operation = "/".join("{}" if varies else word for varies, word in zip(varying, words, strict=True))
        if draft.endpoint is not None:
            found.setdefault(operation, replace(draft, endpoint=replace(draft.endpoint, operation=operation)))
    return list(found.values())
