"""The file of what is known already: how it is read, how it is written, and what one scan after another does to it.

It is there to be reviewed: sorted, one entry per finding, edge and number, no line numbers. What is gone leaves by itself; what is
new, or grows, needs a reason.
"""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flowmap.config import Config
from flowmap.errors import BaselineError
from flowmap.graph.agreements import edges as edges_of
from flowmap.graph.budgets import measured
from flowmap.graph.flowgraph import FlowGraph
from flowmap.json_schema import published
from flowmap.model.flow import EdgeKind, Finding
from flowmap.model.gate import (
    NOTHING_KNOWN,
    Baseline,
    EdgeIdentity,
    Identity,
    KnownEdge,
    KnownFinding,
    KnownNumber,
    identity_of,
    identity_of_edge,
)

SCHEMA = "flowmap-baseline/1"
NUMBERS = ("blind_spots", "fan_out", "hops")
"""The numbers of the system that may not grow: those that no finding stands for until a rule's threshold is passed."""
OF_NUMBERS, OF_EDGES = "A504", "A505"
OF_THE_BASELINE = (OF_NUMBERS, OF_EDGES)
"""The rules that hold a system to numbers and to edges that are listed. No entry lets through what they find: it would let any
number through."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class FindingEntry(_Model):
    """A finding, as often as it is known."""

    rule: str
    subject: str
    services: list[str]
    count: int = Field(default=1, ge=1)
    reason: str = Field(min_length=1)


class EdgeEntry(_Model):
    """An edge."""

    kind: Literal["collaboration", "coordination"]
    source: str
    target: str
    channel: str = ""
    reason: str = Field(min_length=1)


class NumberEntry(_Model):
    """A number of the system."""

    limit: int = Field(ge=0)
    reason: str = Field(min_length=1)


class BaselineFile(_Model):
    """The file."""

    schema_: Literal["flowmap-baseline/1"] = Field(default="flowmap-baseline/1", alias="schema")
    findings: list[FindingEntry] = []
    edges: list[EdgeEntry] | None = None
    numbers: dict[Literal["blind-spots", "fan-out", "hops"], NumberEntry] = {}


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file. Raises BaselineError for a file that is missing or is none: a broken baseline is no clean one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        hint = "; `flowmap baseline` writes one" if isinstance(error, FileNotFoundError) else ""
        raise BaselineError(f"{path}: the baseline cannot be read ({error.strerror or error}){hint}.") from error
    try:
        file = BaselineFile.model_validate_json(content.removeprefix(codecs.BOM_UTF8))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BaselineError(f"{path}: is no baseline of flowmap ({f'{where}: ' if where else ''}{first['msg']}).") from error
    found = tuple(KnownFinding((f.rule, f.subject, tuple(sorted(f.services))), f.count, f.reason) for f in file.findings)
    edges = file.edges
    twice = [k for k, n in Counter(f.identity for f in found).items() if n > 1]
    if twice:
        raise BaselineError(f"{path}: {twice[0][0]} {twice[0][1]} stands in it twice; write one entry with a count.")
    return Baseline(
        found,
        None if edges is None else tuple(KnownEdge((EdgeKind(e.kind), e.source, e.target, e.channel), e.reason) for e in edges),
        tuple(KnownNumber(name.replace("-", "_"), entry.limit, entry.reason) for name, entry in file.numbers.items()),
        path.name,
    )


def baseline_file(config: Config, given: Path | None) -> Path | None:
    """The file of what is known: one that is given, else that of the configuration, which is beside it."""
    if given is not None or config.check.baseline is None:
        return given
    return config.folder / config.check.baseline


def known(path: Path | None) -> Baseline:
    """What a file says, if there is one. Raises BaselineError for a file that is missing or broken."""
    return read_baseline(path) if path is not None else NOTHING_KNOWN


def written(baseline: Baseline) -> str:
    """The text of the file: sorted, so that a change is a change of what it says."""
    findings = [
        FindingEntry(rule=code, subject=subject, services=list(services), count=f.count, reason=f.reason)
        for f in sorted(baseline.findings, key=lambda f: f.identity)
        for code, subject, services in [f.identity]
    ]
    edges = None
    if baseline.edges is not None:
        ordered = sorted(baseline.edges, key=lambda e: e.identity)
        edges = [
            EdgeEntry(kind=kind.value, source=source, target=target, channel=channel, reason=e.reason)
            for e in ordered
            for kind, source, target, channel in [e.identity]
        ]
    numbers = {n.name.replace("_", "-"): NumberEntry(limit=n.value, reason=n.reason) for n in baseline.numbers}
    file = BaselineFile.model_validate({"findings": findings, "edges": edges, "numbers": dict(sorted(numbers.items()))})
    text = json.dumps(file.model_dump(by_alias=True, exclude_none=True), indent=2, ensure_ascii=False) + "\n"
    # What a reviewer would not see, or would see in another order, is spelt out.
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


@dataclass(frozen=True, slots=True)
class Renewed:
    """A baseline after a scan: what it says now, and in sentences what it would have to take in (`grown`) and what left it
    (`gone`)."""

    baseline: Baseline
    grown: tuple[str, ...]
    gone: tuple[str, ...]


def renewed(
    graph: FlowGraph,
    findings: Sequence[Finding],
    before: Baseline,
    reason: str,
    *,
    edges: bool,
    numbers: Sequence[str] = NUMBERS,
    left_out: Collection[str] = (),
) -> Renewed:
    """What is known after a scan: these findings, those known before for their own reasons; some numbers of the system (keys of
    budgets), and the edges if they are wanted. What is known of rules that this run has `left_out` (codes) stays as it is."""
    grown: list[str] = []
    then, counts = {f.identity: f for f in before.findings}, Counter(map(identity_of, findings))
    kept = tuple(_finding(KnownFinding(i, count, reason), then.get(i), grown) for i, count in counts.items())
    kept += tuple(f for f in before.findings if f.identity[0] in left_out and f.identity not in counts)
    listed = _edges(graph, before, reason, grown) if edges and OF_EDGES not in left_out else before.edges
    values = before.numbers if OF_NUMBERS in left_out else _numbers(graph, before, reason, numbers, grown)
    return Renewed(Baseline(kept, listed, values), tuple(grown), stale(graph, findings, before, left_out))


def _edges(graph: FlowGraph, before: Baseline, reason: str, grown: list[str]) -> tuple[KnownEdge, ...]:
    known = {e.identity: e for e in before.edges or ()}
    now = dict.fromkeys(identity_of_edge(e) for e in edges_of(graph, "any"))
    grown += [f"{said_edge(e)} is new" for e in now if e not in known]
    return tuple(known.get(e, KnownEdge(e, reason)) for e in now)


def _numbers(graph: FlowGraph, before: Baseline, reason: str, names: Iterable[str], grown: list[str]) -> tuple[KnownNumber, ...]:
    limits = {n.name: n for n in before.numbers}
    return tuple(_number(KnownNumber(n, int(measured(graph, n).value), reason), limits.get(n), grown) for n in names)


def _finding(now: KnownFinding, before: KnownFinding | None, grown: list[str]) -> KnownFinding:
    if before is not None and now.count <= before.count:
        return replace(now, reason=before.reason)
    said = said_finding(now.identity)
    grown.append(f"{said} is new" if before is None else f"{said}: {now.count}, were {before.count}")
    return now


def _number(now: KnownNumber, before: KnownNumber | None, grown: list[str]) -> KnownNumber:
    if before is not None and now.value <= before.value:
        return replace(now, reason=before.reason)
    if before is None and not now.value:
        return replace(now, reason="there was none")
    grown.append(f"{_key(now)} is {now.value}" + (f", was {before.value}" if before is not None else ""))
    return now


def _key(number: KnownNumber) -> str:
    return number.name.replace("_", "-")


def stale(graph: FlowGraph, findings: Iterable[Finding], baseline: Baseline, left_out: Collection[str] = ()) -> tuple[str, ...]:
    """What a baseline has that is not there any more, each as a sentence; nothing of rules that were `left_out` (codes)."""
    counts = Counter(map(identity_of, findings))
    found = []
    for one in baseline.findings:
        number = counts[one.identity] if one.identity[0] not in OF_THE_BASELINE else 0
        if number < one.count and one.identity[0] not in left_out:
            left = f": {number} of {one.count} are left" if number else " is gone"
            found.append(f"{said_finding(one.identity)}{left}")
    now = {identity_of_edge(e) for e in edges_of(graph, "any")}
    listed = () if OF_EDGES in left_out else baseline.edges or ()
    found += [f"{said_edge(e.identity)} is gone" for e in listed if e.identity not in now]
    values = {n: measured(graph, n.name).value for n in (() if OF_NUMBERS in left_out else baseline.numbers)}
    return (*found, *(f"{_key(n)} is {value:g}, was {n.value}" for n, value in values.items() if value < n.value))


def said_finding(identity: Identity) -> str:
    """A finding in a few words."""
    code, subject, services = identity
    among = ", ".join(services)
    return f"{code} {subject}" + (f" ({among})" if services and among != subject else "")


def said_edge(identity: EdgeIdentity) -> str:
    """An edge in a few words."""
    kind, source, target, channel = identity
    return f"{source} waits for {target}" if kind is EdgeKind.COORDINATION else f"{source} → {channel} → {target}"


def baseline_schema_text() -> str:
    """The JSON Schema of the file, as it is published."""
    return published(BaselineFile.model_json_schema(by_alias=True), SCHEMA)
