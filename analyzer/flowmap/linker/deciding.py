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


def is_told_otherwise(service: Service, draft: Draft) -> bool:
    """Whether a destination is what a variable is worth for other code than the site's."""
    name, known = (draft.kept or (draft.endpoint.hint if draft.endpoint is not None else None) or ""), draft.channel or ""
    if draft.endpoint is not None:
        known = draft.endpoint.host or ""
    stated = [s for s in service.environment if s.within and s.name.casefold() == name.casefold()] if known else []
    paths = {draft.location.path, *(step.location.path for step in draft.via)}
    here = [s for s in stated if any(p == s.within or p.startswith(f"{s.within}/") for p in paths)]
    return bool(here) and not any(_made_of(known.lower(), s.value.lower()) for s in here)


def _made_of(known: str, value: str) -> bool:
    """Whether one is a part of the other: of an address only the host counts, of a queue's URL its name."""
    return value in known or known in value
