"""From drafts to services: the name, every name it is known by, the environment it runs with, the addresses that reach it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.model.project import Service
from flowmap.project.addresses import addresses_of
from flowmap.project.merging import first_of_each
from flowmap.project.naming import folder_name, names_of
from flowmap.project.paths import above, base, within

if TYPE_CHECKING:
    from flowmap.model.project import Address, Setting
    from flowmap.project.drafts import Draft
    from flowmap.project.world import World

_USERINFO = re.compile(r"(?<=://)[^/\s@]*@")
_DEEPEST_SETTINGS = 2
_ON_HOST = ("dapr", "nx", "procfile", "supervisord", "systemd")


def services_of(drafts: list[Draft], world: World) -> tuple[Service, ...]:
    """The services, in the order of their names."""
    names = names_of(drafts, world)
    addresses = addresses_of(drafts, names, world)
    shared = _shared_sources(drafts)
    services = [
        replace(_service(draft, name, own, drafts, world), handed=_handed(draft, shared))
        for draft, name, own in zip(drafts, names, addresses, strict=True)
    ]
    return tuple(sorted(services, key=lambda s: (s.name, s.root, s.entry or "")))


def _shared_sources(drafts: list[Draft]) -> frozenset[str]:
    """The sources out of which several services are given something, each name meaning one source."""
    users: dict[str, set[tuple[str, int]]] = {}
    for number, draft in enumerate(drafts):
        for _, source, deployment in draft.asked:
            users.setdefault(source, set()).add((deployment, number))
    return frozenset(s for s, found in users.items() if len({d for d, _ in found}) == 1 and len(found) > 1)


def _handed(draft: Draft, shared: frozenset[str]) -> tuple[tuple[str, str], ...]:
    known = {s.name for s in draft.environment}
    return tuple((name, source) for name, source, _ in draft.asked if source in shared and name not in known)


def _service(draft: Draft, name: str, addresses: tuple[Address, ...], drafts: list[Draft], world: World) -> Service:
    alone = sum(d.root == draft.root for d in drafts) == 1
    distribution = next((d for d in world.declared.distributions if d.folder == draft.root and d.name), None)
    aliases = [*draft.names, *draft.aliases]
    if alone:
        aliases += [folder_name(draft.root, world), base(draft.root) if draft.root != "." else world.index.title]
        aliases += [distribution.name] if distribution is not None else []
    description = distribution.description if distribution is not None and alone else ""
    return Service(
        name=name,
        root=draft.root,
        entry=draft.entry,
        description=description,
        aliases=tuple(a for a in dict.fromkeys(aliases) if a and a != name),
        command=draft.command,
        environment=_environment(draft, drafts, world),
        addresses=addresses,
        evidence=draft.evidence,
        places=tuple((p.container, p.source) for p in draft.places),
    )


def without_secret(value: str) -> str:
    """A value without the user and password of a URL: they are of no use here, and reports are shown around."""
    return _USERINFO.sub("", value)


def _environment(draft: Draft, drafts: list[Draft], world: World) -> tuple[Setting, ...]:
    """What the deployment gives; then what files in the folder say, the nearest and surest first; samples last, whoever names
    them."""
    others = [d.root for d in drafts if d.root != draft.root and within(d.root, draft.root)]
    contained = draft.deployment is not None and draft.deployment[0] not in _ON_HOST
    ranked: list[tuple[int, int, str, tuple[Setting, ...]]] = []
    for found in world.declared.settings:
        distance = _distance(found.folder, draft.root, others, contained=contained)
        if distance is not None:
            ranked.append((-found.rank if found.rank else 1, distance, found.folder, found.settings))
    local = [s for *_, settings in sorted(ranked, key=lambda r: r[:3]) for s in settings]
    merged = first_of_each((*draft.environment, *local))
    return tuple(sorted((replace(s, value=without_secret(s.value)) for s in merged), key=lambda s: (s.name, s.within)))


def _distance(folder: str, root: str, others: list[str], *, contained: bool) -> int | None:
    """How far a folder of settings is from a service's: below it the folder's depth, then the folders above, which a process in
    a container does not see."""
    if within(folder, root):
        depth = folder.count("/") - root.count("/") + (root == "." and folder != ".")
        return depth if depth <= _DEEPEST_SETTINGS and not any(within(folder, o) for o in others) else None
    return _DEEPEST_SETTINGS + 1 + list(above(root)).index(folder) if folder in above(root) and not contained else None
