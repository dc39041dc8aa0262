"""The sample systems: where they are, what their expected.toml states, and what a scan finds there."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flowmap.analysis import Settings, analyse, analyse_system
from flowmap.config import load_config
from flowmap.model.flow import Edge, EdgeKind
from flowmap.model.interaction import Confidence
from flowmap.model.report import Report
from flowmap.project.systems import together

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@dataclass(frozen=True, slots=True)
class Expected:
    """What a system's expected.toml states. Services are name, root and, if stated, entry, `owners` those of some of them. `local`:
    it is scanned with what stays inside a process, `repositories`: the folders in it are scanned together, each as a repository;
    `suppressed` findings are code, subject, how and reason; `sites` path, line and words of a flow comment, for files that hold no
    comments."""

    services: dict[str, tuple[str, str | None]]
    owners: dict[str, tuple[str, ...]]
    edges: frozenset[str]
    findings: tuple[tuple[str, str], ...]
    chains: frozenset[tuple[str, ...]]
    local: bool
    repositories: tuple[str, ...]
    suppressed: tuple[tuple[str, str, str, str], ...]
    sites: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class System:
    """A folder that is scanned by itself."""

    name: str
    root: Path


def systems() -> list[System]:
    """Every folder of the samples that states what must be found in it."""
    roots = sorted(p.parent for p in SAMPLES.rglob("expected.toml"))
    return [System(root.relative_to(SAMPLES).as_posix(), root) for root in roots]


def expected(system: System) -> Expected:
    """What must be found. Raises ValueError for a key that means nothing here."""
    stated = tomllib.loads((system.root / "expected.toml").read_text(encoding="utf-8"))
    unknown = stated.keys() - {"services", "edges", "findings", "chains", "local", "repositories", "suppressed", "sites", "owners"}
    if unknown:
        raise ValueError(f"{system.name}/expected.toml: unknown keys {', '.join(sorted(unknown))}")
    return Expected(
        services={s["name"]: (s["root"], s.get("entry")) for s in stated["services"]},
        owners={name: tuple(owners) for name, owners in stated.get("owners", {}).items()},
        edges=frozenset(stated["edges"]),
        findings=tuple(sorted((f["code"], f["subject"]) for f in stated["findings"])),
        chains=frozenset(tuple(c) for c in stated["chains"]),
        local=stated.get("local", False),
        repositories=tuple(stated.get("repositories", ())),
        suppressed=tuple(sorted((s["code"], s["subject"], s["how"], s["reason"]) for s in stated.get("suppressed", ()))),
        sites=tuple((s["path"], s["line"], s["flow"]) for s in stated.get("sites", ())),
    )


@cache
def scanned(system: System) -> Report:
    """The report on a system."""
    settings = Settings(workers=1, local=expected(system).local)
    roots = [system.root / name for name in expected(system).repositories]
    if roots:
        return analyse_system(together([(root, load_config(root)) for root in roots], load_config(system.root)), settings)
    return analyse(system.root, load_config(system.root), settings)


def edge_text(edge: Edge) -> str:
    """An edge as expected.toml writes it."""
    if edge.kind is EdgeKind.COORDINATION:
        return f"{edge.source} => {edge.target}"
    return f"{edge.source} -[{edge.channel}]-> {edge.target}"


def found_findings(report: Report, stated: Expected) -> tuple[tuple[str, str], ...]:
    """Code and subject of what was found and not only guessed. An event may go by the name of its class or of its
    channel: a subject that differs from a stated one in case and separators only is spelled as stated."""
    spelling = {folded(subject): subject for _, subject in stated.findings}
    kept = (f for f in report.findings if f.confidence is not Confidence.GUESS)
    return tuple(sorted((f.code, spelling.get(folded(f.subject), f.subject)) for f in kept))


def folded(name: str) -> str:
    """A name without case and separators."""
    return "".join(c for c in name.lower() if c.isalnum() or c in "{}*#>")


def longest_chains(report: Report) -> frozenset[tuple[str, ...]]:
    """The chains than which none is longer."""
    longest = max((c.hops for c in report.flow.chains), default=0)
    return frozenset(c.services for c in report.flow.chains if c.hops == longest)
