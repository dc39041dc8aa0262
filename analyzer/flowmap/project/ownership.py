"""Who owns each service, and which system and domain it belongs to, as the catalogue of the organisation or CODEOWNERS says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

from flowmap.model.location import Evidence
from flowmap.project.paths import relative, within
from flowmap.project.world import folded

if TYPE_CHECKING:
    from flowmap.descriptor_api import CatalogEntry, Declarations, OwnedPaths
    from flowmap.model.project import Service


@dataclass(frozen=True, slots=True)
class _Rule:
    """Paths and the pattern that tells them."""

    owned: OwnedPaths
    spec: GitIgnoreSpec


def with_owners(services: tuple[Service, ...], declared: Declarations) -> tuple[Service, ...]:
    """The services with what is said of them; the catalogue's owner comes before that of the code."""
    rules = [rule for owned in declared.owned if (rule := _rule(owned)) is not None]
    shared = {s.root for s in services if sum(o.root == s.root for o in services) > 1}
    return tuple(_catalogued(_owned(s, rules, alone=s.root not in shared), services, declared.catalog) for s in services)


def _rule(owned: OwnedPaths) -> _Rule | None:
    try:
        return _Rule(owned, GitIgnoreSpec.from_lines([owned.pattern])) if not owned.pattern.startswith("!") else None
    except ValueError:
        return None


def _owned(service: Service, rules: list[_Rule], *, alone: bool) -> Service:
    """What is said of the service's folder, or of its entry where it shares the folder or nothing is said of that."""
    entry = (service.entry,) if service.entry is not None else ()
    folder = (f"{service.root}/-" if service.root != "." else "-",)
    for path in (*folder, *entry) if alone and service.root != "." else (*entry, *folder):
        last = _last(path, rules)
        if last:
            owners = tuple(dict.fromkeys(owner for owned in last for owner in owned.owners))
            said = (Evidence(o.location, f"owned by {', '.join(o.owners)}") for o in last if o.owners)
            return replace(service, owners=owners, evidence=(*service.evidence, *said))
    return service


def _last(path: str, rules: list[_Rule]) -> tuple[OwnedPaths, ...]:
    """The last pattern of each section that takes a path in."""
    last: dict[str, OwnedPaths] = {}
    for rule in rules:
        if within(path, rule.owned.folder) and rule.spec.match_file(relative(path, rule.owned.folder)):
            last[rule.owned.section] = rule.owned
    return tuple(last.values())


def _catalogued(service: Service, services: tuple[Service, ...], catalog: tuple[CatalogEntry, ...]) -> Service:
    found = _entry(service, services, [e for e in catalog if e.kind == "Component"])
    if found is None:
        return service
    system = next((e for e in catalog if e.kind == "System" and folded(e.name) == folded(found.system)), None)
    said = [f"owned by {found.owner}"] if found.owner else []
    said += [f"part of {found.system}"] if found.system else []
    return replace(
        service,
        owners=(found.owner,) if found.owner else service.owners,
        system=found.system,
        domain=found.domain or (system.domain if system is not None else ""),
        evidence=(*service.evidence, *((Evidence(found.location, ", ".join(said)),) if said else ())),
    )


def _entry(service: Service, services: tuple[Service, ...], entries: list[CatalogEntry]) -> CatalogEntry | None:
    """The component of the service's name, else the one whose folder holds it and nothing that another component is named after."""
    names = {folded(n) for n in (service.name, *service.aliases)}
    named = [e for e in entries if names & {folded(n) for n in (e.name, *e.names)}]
    if named:
        return min(named, key=lambda e: (folded(e.name) != folded(service.name), not within(service.root, e.folder)))
    per_folder: dict[str, list[CatalogEntry]] = defaultdict(list)
    for entry in entries:
        per_folder[entry.folder].append(entry)
    around = [f for f in per_folder if within(service.root, f) and (f != "." or len(services) == 1)]
    nearest = max(around, key=len, default=None)
    return per_folder[nearest][0] if nearest is not None and len(per_folder[nearest]) == 1 else None
