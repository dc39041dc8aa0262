"""Under which host names and ports each service is reached.

What a deployment states holds. Without one a service is reached on this machine, by a port in its start command, in its code, in
the settings that Flask reads, or in a line that people wrote about it. A port inside an image says little about this machine:
it counts only if no other service claims it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flowmap.model.location import Location
from flowmap.project.index import beside
from flowmap.project.lexical import ports_in
from flowmap.project.local_hosts import local_addresses
from flowmap.project.merging import distinct
from flowmap.project.paths import base, parent, parts, within
from flowmap.project.programs import is_main
from flowmap.project.world import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import PortNote
    from flowmap.model.project import Address
    from flowmap.project.drafts import Draft
    from flowmap.project.world import World


def addresses_of(drafts: list[Draft], names: list[str], world: World) -> list[tuple[Address, ...]]:
    """The addresses of each draft, in their order."""
    stated = [distinct((*draft.addresses, *_selected(draft, world))) for draft in drafts]
    noted = _noted(drafts, names, world)
    ports = [
        [] if known else [*_own_ports(draft, drafts, world)] or lines
        for draft, known, lines in zip(drafts, stated, noted, strict=True)
    ]
    claims = Counter(port for found in ports for port in {p for p, _ in found})
    local = [
        [a for port, where in found if not draft.ports or claims[port] == 1 for a in local_addresses(port, where)]
        for draft, found in zip(drafts, ports, strict=True)
    ]
    return [distinct((*known, *own)) for known, own in zip(stated, local, strict=True)]


def _selected(draft: Draft, world: World) -> Iterator[Address]:
    """Addresses that lead to processes with the draft's labels."""
    labels = set(draft.labels)
    for host in world.declared.hosts:
        if set(host.selector) <= labels:
            yield from host.addresses


def _own_ports(draft: Draft, drafts: list[Draft], world: World) -> Iterator[tuple[int, Location]]:
    """Ports in the start command, else in the code that starts the service, else in Flask's settings."""
    if draft.ports:
        yield from draft.ports
        return
    files = [draft.entry] if draft.entry is not None else []
    if not files and sum(d.root == draft.root for d in drafts) == 1:
        folders = (draft.root, beside(draft.root, "src"), beside(draft.root, "app"))
        files = [p for p in world.index.paths if parent(p) in folders and is_main(p)]
    for path in files:
        for port, line in ports_in(world.index.contents.get(path, b"")):
            yield port, Location(path, line, line)
    for found in world.declared.settings:
        if found.folder == draft.root:
            yield from ((int(s.value), s.location) for s in found.settings if s.name == "FLASK_RUN_PORT" and s.value.isdecimal())


def _noted(drafts: list[Draft], names: list[str], world: World) -> list[list[tuple[int, Location]]]:
    """For each draft the ports of the lines that speak of it and of no other."""
    found: list[list[tuple[int, Location]]] = [[] for _ in drafts]
    wanted = [_names(draft, name) for draft, name in zip(drafts, names, strict=True)]
    for note in world.declared.notes:
        words = {folded(piece) for word in note.words for piece in (word, base(word).removesuffix(".py"), *parts(word))}
        meant = [i for i, own in enumerate(wanted) if words & own] or _in_own_folder(note, drafts)
        if len(meant) == 1:
            found[meant[0]].append((note.port, note.location))
    return found


def _names(draft: Draft, name: str) -> set[str]:
    return {folded(n) for n in (name, draft.stem, base(draft.root) if draft.root != "." else "") if n}


def _in_own_folder(note: PortNote, drafts: list[Draft]) -> list[int]:
    """The one draft in whose folder a command with the port is written down."""
    folder = parent(note.location.path)
    alone = len(drafts) == 1
    return [i for i, d in enumerate(drafts) if note.started and (alone or d.root != ".") and within(folder, d.root)]
