"""Identifiers of picture parts: readable, of `a-z`, `0-9` and `_` only, unique, and no word of any drawing language."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def identifiers(named: Iterable[tuple[Key, str, str]], others: Iterable[str] = ()) -> dict[Key, str]:
    """An identifier per key, from `(key, prefix, name)`: `channel_order_placed`; names that look alike are numbered in order.
    `others` are identifiers that are in use already."""
    found: dict[Key, str] = {}
    taken = set(others)
    for key, prefix, name in named:
        if key in found:
            continue
        plain = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        base = f"{prefix}_{plain[:40] or 'x'}"
        number, identifier = 1, base
        while identifier in taken:
            number += 1
            identifier = f"{base}_{number}"
        taken.add(identifier)
        found[key] = identifier
    return found
