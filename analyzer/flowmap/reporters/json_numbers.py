"""The numbers of services in the shape of the contract, what has changed since an earlier report, and how that one is read."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from flowmap.errors import ArtefactError
from flowmap.model.coupling import Change, Coupling, Trend
from flowmap.reporters.json_base import Model
from flowmap.views.trend import SERVICE, SYSTEM, Numbers, Past


class CouplingModel(Model):
    """How much a service depends on others, and they on it."""

    service: str
    waits_on: list[str] = Field(description="services, and `external:<name>`, that it calls and waits for")
    waited_on_by: list[str] = Field(description="services that wait for it")
    publishes: list[str] = Field(description="names of channels")
    consumes: list[str] = Field(description="names of channels")
    endpoints: int
    alone: int = Field(description="how many of its endpoints answer without waiting for anybody")
    autonomy: float | None = Field(description="their share; null without endpoints")
    unknown: int = Field(description="calls that wait for nobody knows whom")
    longest_chain: int = Field(description="hops that begin here")
    availability: float = Field(
        description="what waiting leaves of its own: the availability of one party (a threshold) to the power of the number of "
        "different ones for which its most dependent endpoint or handler waits"
    )


class ChangeModel(Model):
    """A number that is another one now."""

    service: str | None = Field(description="null for the whole system")
    measure: str = Field(description="a name of `stats` or `coupling`; of a service that is new or gone, `services`")
    before: float | None
    after: float | None


class TrendModel(Model):
    """What has changed since an earlier report."""

    since: str = Field(description="the name of what was scanned then")
    changes: list[ChangeModel]
    appeared: list[str] = Field(description="fingerprints of findings that are new")
    gone: list[str] = Field(description="fingerprints of findings that are not there any more")


def coupled(c: Coupling) -> CouplingModel:
    """The numbers of a service, as they are written."""
    return CouplingModel(
        service=c.service,
        waits_on=list(c.waits_on),
        waited_on_by=list(c.waited_on_by),
        publishes=list(c.publishes),
        consumes=list(c.consumes),
        endpoints=c.endpoints,
        alone=c.alone,
        autonomy=None if c.autonomy is None else round(c.autonomy, 6),
        unknown=c.unknown,
        longest_chain=c.longest_chain,
        availability=c.availability,
    )


def trending(t: Trend) -> TrendModel:
    """The changes, as they are written."""
    return TrendModel(since=t.since, changes=[_change(c) for c in t.changes], appeared=list(t.appeared), gone=list(t.gone))


def _change(c: Change) -> ChangeModel:
    return ChangeModel(service=c.service or None, measure=c.measure, before=c.before, after=c.after)


class _Then(BaseModel):
    """What is needed of an earlier report. Later versions may say more, and earlier ones less."""

    schema_: Literal["flowmap/1"] = Field(alias="schema")
    name: str
    stats: dict[str, float | None]
    coupling: list[dict[str, object]] = []
    findings: list[dict[str, object]] = []


def past(content: bytes, name: str) -> Past:
    """The numbers of an earlier report. Raises ArtefactError, with the file's `name`, for what is none."""
    try:
        then = _Then.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        why = f"{where}: {first['msg']}" if where else first["msg"]
        raise ArtefactError(f"{name} is no report of flowmap ({why}), so nothing can be compared with it.") from error
    services = {str(c["service"]): _measured(c) for c in then.coupling if "service" in c}
    system = {measure: then.stats[measure] for measure in SYSTEM if measure in then.stats}
    return Past(then.name, system, services, frozenset(str(f.get("fingerprint", "")) for f in then.findings))


def _measured(row: dict[str, object]) -> Numbers:
    """Lists count by what is in them."""
    found: dict[str, float | None] = {}
    for measure in SERVICE:
        value = row.get(measure, "")
        if isinstance(value, list):
            found[measure] = len(value)
        elif value is None or isinstance(value, int | float):
            found[measure] = value
    return found
