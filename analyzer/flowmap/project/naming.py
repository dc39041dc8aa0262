"""What a service is called: by its deployment if that says something, by its folder otherwise; never two the same."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING

from flowmap.project.paths import above, base, parts
from flowmap.project.programs import CONTAINERS, GENERIC_FOLDERS
from flowmap.project.servers import PROGRAMS
from flowmap.project.world import folded

if TYPE_CHECKING:
    from flowmap.project.drafts import Draft
    from flowmap.project.world import World

# Names that say what kind of process it is, not what it is about.
_KINDS = frozenset(
    {"server", "worker", "frontend", "consumer", "producer", "queue", "beat", "django", "flask", "fastapi", "celery"}
)
_EMPTY = "default"
"""What platforms call whatever is not called anything."""
_SOURCE_FOLDERS = ("src", "source", "code", "app", "python")


def names_of(drafts: list[Draft], world: World) -> list[str]:
    """A name for each draft, in their order."""
    plain = [_plain_name(draft, drafts, world) for draft in drafts]
    counts = Counter(folded(name) for name in plain)
    unique: list[str] = []
    for draft, name in zip(drafts, plain, strict=True):
        same = [d for d, other in zip(drafts, plain, strict=True) if folded(other) == folded(name)]
        unique.append(name if counts[folded(name)] == 1 else _longer(name, draft, same))
    return _numbered(unique)


def folder_name(folder: str, world: World) -> str:
    """The name that a folder gives: its own, or that of the one above if it says nothing; of `owner+name` the last part."""
    inner = [f for f in (folder, *above(folder)) if f != "."]
    telling = next((f for f in inner if base(f).lower() not in GENERIC_FOLDERS), None)
    if telling is not None and base(telling) not in CONTAINERS:
        name = base(telling)
    else:
        # Nothing but general words on the way up: the folder's own is still better than one for all.
        name = base(folder) if inner and base(folder) not in _SOURCE_FOLDERS else _title(world)
    return name.rpartition("+")[2] or name


def _title(world: World) -> str:
    """The scan's own name: what the project at its root is called, else the folder."""
    return next((d.name for d in world.declared.distributions if d.folder == "." and d.name), world.index.title) or "service"


def _plain_name(draft: Draft, drafts: list[Draft], world: World) -> str:
    if draft.names and not draft.own_folder:
        return _declared_name(draft, drafts, world)
    return draft.stem or folder_name(draft.root, world)


def _declared_name(draft: Draft, drafts: list[Draft], world: World) -> str:
    """The declared name; that of the folder if it says nothing, if several replicas have several, or if it says only what kind of
    process it is."""
    if draft.names[0].lower() == _EMPTY:
        return folder_name(draft.root, world)
    alone = sum(d.root == draft.root for d in drafts) == 1 and draft.root != "."
    distinct = {folded(n) for n in draft.replicas}
    telling = base(draft.root).lower() not in GENERIC_FOLDERS
    if alone and telling and (len(distinct) > 1 or draft.names[0].lower() in GENERIC_FOLDERS | _KINDS):
        return folder_name(draft.root, world)
    if len(distinct) > 1:
        common = re.sub(r"[\W_\d]+$", "", posixpath.commonprefix(draft.replicas))
        says_nothing = draft.names[0].lower() in _KINDS | PROGRAMS.keys()
        return common if len(common) > 2 else folder_name(draft.root, world) if says_nothing else draft.names[0]
    return draft.names[0]


def _longer(name: str, draft: Draft, same: list[Draft]) -> str:
    """The name behind the nearest folder that none of the others of the same name lies in, else behind all its folders."""
    folders = [p for p in parts(draft.root) if folded(p) != folded(name)]
    elsewhere = {p for d in same if d is not draft for p in parts(d.root)}
    telling = next((p for p in reversed(folders) if p not in elsewhere), None)
    return f"{telling}-{name}" if telling is not None else "-".join((*folders, name))


def _numbered(names: list[str]) -> list[str]:
    """With a number behind what is still not unique."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        candidates = (name, *(f"{name}-{number}" for number in range(2, len(names) + 2)))
        found.append(next(c for c in candidates if folded(c) not in taken))
        taken.add(folded(found[-1]))
    return found
