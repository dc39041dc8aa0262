"""What to say to a name that nothing has: the nearest one, or where to find them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from flowmap.rule_api import Rule
from flowmap.visible import visible


def nearest(name: str, known: Sequence[str], otherwise: str = "") -> str:
    """A sentence with the nearest name, else `otherwise`, else all of them."""
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {visible(near[0])}?"
    return otherwise or f"There are: {', '.join(visible(k) for k in known)}."


def nearest_rule(name: str, rules: Iterable[Rule]) -> str:
    """A sentence about a rule that does not exist."""
    names = [spelling for rule in rules for spelling in (rule.slug, rule.code.lower())]
    return nearest(name, names, "`flowmap explain` lists all rules.")
