"""Which line of a deployment file decides a destination: the variable whose value stands in it."""

from __future__ import annotations

from flowmap.linker.drafts import Draft
from flowmap.model.location import Evidence
from flowmap.model.project import Service


def deciding(service: Service, draft: Draft) -> tuple[Evidence, ...]:
    """The settings of the service that a destination is kept in and made of. A constant that happens to have the name of a
    variable does not count: the value must be found again."""
    name = (draft.kept or (draft.endpoint.hint if draft.endpoint is not None else None) or "").casefold()
    known = draft.channel or (draft.endpoint.host if draft.endpoint is not None else None)
    if not name or not known:
        return ()
    found = (s for s in service.environment if s.name.casefold() == name)
    return tuple(Evidence(s.location, f"sets {s.name}") for s in found if s.value and _made_of(known.lower(), s.value.lower()))


def _made_of(known: str, value: str) -> bool:
    """Whether one is a part of the other: of an address only the host counts, of a queue's URL its name."""
    return value in known or known in value
