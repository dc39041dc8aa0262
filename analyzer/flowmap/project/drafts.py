"""A service in the making: what one or several statements say about it, before it has its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from flowmap.descriptor_api import FOR_TESTS
from flowmap.model.location import Evidence, Location
from flowmap.project.merging import distinct, first_of_each
from flowmap.project.world import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flowmap.descriptor_api import DeclaredProcess, SettingReference
    from flowmap.model.project import Address, Setting
    from flowmap.project.images import Place
    from flowmap.project.processes import Running


@dataclass(frozen=True, slots=True)
class Draft:
    """`names` are what deployment files call it, the strongest first, `replicas` these without those that only weaker files of the
    same format say; `stem` is a name to take if the folder's is not its own, which it is if `own_folder`: then the draft is all
    there is in `root`. `arguments` tell it from others with the same entry. `deployment` is the format and the folder of the file
    that declares it; an `idle` one runs something else, such as a migration, and one `for_tests` is run for tests only. `places`
    say where in its container files of the scan stand; `asked` are the variables whose values are taken from elsewhere: (variable,
    source, deployment that the source belongs to). A `worker` does the tasks of the whole folder."""

    root: str
    entry: str | None = None
    names: tuple[str, ...] = ()
    replicas: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    stem: str = ""
    command: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    ports: tuple[tuple[int, Location], ...] = ()
    environment: tuple[Setting, ...] = ()
    addresses: tuple[Address, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    deployment: tuple[str, str] | None = None
    own_folder: bool = False
    idle: bool = False
    for_tests: bool = False
    places: tuple[Place, ...] = ()
    asked: tuple[tuple[str, str, str], ...] = ()
    worker: bool = False


def draft_of(running: Running) -> Draft:
    process = running.process
    return Draft(
        root=running.root,
        entry=running.entry,
        names=(process.name,),
        replicas=(process.name,),
        aliases=process.aliases,
        command=running.command,
        arguments=running.arguments if running.entry is not None else (),
        ports=((running.port, process.location),) if running.port is not None else (),
        environment=running.environment,
        addresses=process.addresses,
        evidence=(Evidence(process.location, f"{process.system} runs '{process.name}' from {running.entry or running.root}"),),
        labels=process.labels,
        deployment=(process.system, process.scope),
        idle=running.idle,
        for_tests=process.rank == FOR_TESTS,
        places=running.places,
        asked=tuple((r.variable, *_source(r, process)) for r in process.references if r.key and r.variable),
        worker=running.worker,
    )


def _source(reference: SettingReference, process: DeclaredProcess) -> tuple[str, str]:
    """Where the value of a variable comes from, and within which deployment that says so."""
    if not reference.group:
        return f"${{{reference.key}}}", process.scope
    return f"${{{reference.group}.{reference.key}}}", ""


def merged(drafts: list[Draft], *, keep_entry: bool = True) -> Draft:
    """One draft out of several, the first the strongest; without `keep_entry` the folder as a whole is the unit."""
    first = drafts[0]
    entry = next((d.entry for d in drafts if d.entry is not None), None) if keep_entry else None
    return replace(
        first,
        entry=entry,
        names=_once(name for d in drafts for name in d.names),
        replicas=_once(name for d in drafts if not _repeats(d, first) for name in d.replicas),
        aliases=_once(alias for d in drafts for alias in d.aliases),
        command=first.command or next((d.command for d in drafts if d.command), ()),
        arguments=first.arguments if keep_entry else (),
        ports=_once(port for d in drafts for port in d.ports),
        environment=first_of_each(s for d in drafts for s in d.environment),
        addresses=distinct(a for d in drafts for a in d.addresses),
        evidence=_once(e for d in drafts for e in d.evidence),
        labels=_once(label for d in drafts for label in d.labels),
        places=_once(place for d in drafts for place in d.places),
        asked=_once(asked for d in drafts for asked in d.asked),
    )


def _repeats(draft: Draft, stronger: Draft) -> bool:
    """Whether another file of the same format has declared it already."""
    one, other = draft.deployment, stronger.deployment
    return one is not None and other is not None and one[0] == other[0] and one != other


_T = TypeVar("_T")


def _once(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))


def folded_names(draft: Draft) -> frozenset[str]:
    return frozenset(folded(name) for name in draft.names)
