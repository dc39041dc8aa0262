"""Processes that run one program in different roles, which a variable of their environment names (`ROLE=worker`).

A variable says the role if its values differ between processes that start the same file with the same words, and if the code that
they run knows the variable, and at least two of its values side by side, as texts. Where to listen, how much to log and what a
channel is called differ too, but no code lists those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.project.index import below

if TYPE_CHECKING:
    from flowmap.project.drafts import Draft
    from flowmap.project.world import World

_ROLE = re.compile(r"[A-Za-z][\w.-]{1,40}")
_SWITCHES = frozenset({"true", "false", "yes", "no", "on", "off", "none", "null", "debug", "info", "warning", "error"})
_MOST_PROCESSES = 60


def with_roles(drafts: list[Draft], world: World) -> list[Draft]:
    """The drafts, those that only a role tells apart with that among their arguments."""
    alike: dict[tuple[str, tuple[str, ...]], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.entry is not None:
            alike[draft.entry, draft.arguments].append(draft)
    roles = {key: _roles(group, world) for key, group in alike.items() if 1 < len(group) <= _MOST_PROCESSES}
    return [_with_role(d, roles.get((d.entry or "", d.arguments), ())) for d in drafts]


def _with_role(draft: Draft, names: tuple[str, ...]) -> Draft:
    values = {s.name: s.value for s in reversed(draft.environment)}
    return replace(draft, arguments=(*draft.arguments, *(f"{n}={values[n]}" for n in names if n in values))) if names else draft


def _roles(group: list[Draft], world: World) -> tuple[str, ...]:
    values: dict[str, set[str]] = defaultdict(set)
    for draft in group:
        for name, value in {s.name: s.value for s in reversed(draft.environment)}.items():
            values[name].add(value)
    differing = {n: v for n, v in values.items() if len(v) > 1 and all(_ROLE.fullmatch(w) for w in v if w)}
    differing = {n: v for n, v in differing.items() if not {w.lower() for w in v} & _SWITCHES}
    if not differing:
        return ()
    contents = [world.index.contents[path] for path in below(world.index, group[0].root)]
    return tuple(sorted(n for n, v in differing.items() if _is_known(n, v, contents)))


def _is_known(name: str, values: set[str], contents: list[bytes]) -> bool:
    """Whether code reads the variable, also as the field of a class, and lists two of its values in one file."""
    read = re.compile(rf"\b({re.escape(name)}|{re.escape(name.lower())})\b".encode())
    texts = [re.compile(rf"""["']{re.escape(v)}["']""".encode()) for v in values if v]
    return any(read.search(c) for c in contents) and any(sum(bool(t.search(c)) for t in texts) > 1 for c in contents)
