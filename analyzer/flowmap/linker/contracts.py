"""Remote calls against the interface files of the scan: the package of a service, the name of a method as it is written there, and
which methods of an implementation are none of the service's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from flowmap.linker.drafts import Draft
from flowmap.model.interaction import Role
from flowmap.model.project import RpcMethod, RpcService


def described(drafts: Iterable[Draft], services: tuple[RpcService, ...]) -> list[Draft]:
    """The drafts with what interface files say of them; without those that serve what their service does not have."""
    known: dict[tuple[str, str], list[RpcService]] = {}
    for service in services:
        known.setdefault((service.transport, service.name), []).append(service)
    return [d for draft in drafts for d in _described(draft, known)] if known else list(drafts)


def _described(draft: Draft, known: dict[tuple[str, str], list[RpcService]]) -> Iterator[Draft]:
    owner, _, method = draft.endpoint.operation.rpartition("/") if draft.endpoint is not None else ("", "", "")
    candidates = known.get((draft.transport, owner.rpartition(".")[2]), [])
    having = [(s, m) for s in candidates if (m := _method(s, method)) is not None]
    if draft.endpoint is None or not candidates or (not having and draft.role is Role.CALL):
        yield draft
    elif having:
        nearest = max(_common(s.location.path, draft.location.path) for s, _ in having)
        meant = [(s, m) for s, m in having if _common(s.location.path, draft.location.path) == nearest]
        packages = {s.package for s, _ in meant}
        service, found = meant[0]
        yield replace(
            draft,
            endpoint=replace(
                draft.endpoint,
                operation=f"{service.name}/{found.name}",
                package=service.package if len(packages) == 1 else "",
                streams=found.streams,
            ),
        )


def _method(service: RpcService, name: str) -> RpcMethod | None:
    """The method of a name, which some generators write in small letters with underscores."""
    exact = next((m for m in service.methods if m.name == name), None)
    return exact or next((m for m in service.methods if _folded(m.name) == _folded(name)), None)


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


def _common(one: str, other: str) -> int:
    """How many folders two paths share."""
    pairs = zip(one.split("/")[:-1], other.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
