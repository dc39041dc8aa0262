"""flowmap from Python: scan, ask for edges, assert. What a test of an architecture needs, and a notebook.

    import flowmap

    report = flowmap.analyse("services")
    for edge in report.edges("orders", kind="sync"):
        print(edge.source, "waits for", edge.target)
    report.assert_no_edge("billing", "crm", kind="sync")

Nothing of the scanned code is imported or run. Names of services are globs, `domain:` and a glob of domains, as in contracts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flowmap.analysis import Settings, analyse_system
from flowmap.baselines import baseline_file, known
from flowmap.config import Config, EdgeKinds
from flowmap.gating import bar_of, gated
from flowmap.graph.agreements import edges, members, proof, shortest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Chain, Edge, Finding, Severity
from flowmap.model.gate import NOTHING_KNOWN, Baseline, Gate
from flowmap.model.interaction import Confidence, Interaction
from flowmap.model.project import Diagnostic, Service
from flowmap.model.report import Report as Data
from flowmap.project.systems import gathered
from flowmap.reporters.json_report import render

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Chain", "Confidence", "Edge", "Finding", "Gate", "Interaction", "Report", "Service", "Severity", "analyse"]

_SHOWN = 5


def analyse(
    path: str | Path = ".",
    *others: str | Path,
    config: str | Path | None = None,
    baseline: str | Path | None = None,
    cache: str | Path | None = None,
    local: bool = False,
) -> Report:
    """The report of the services below a folder, or of several repositories as one system.

    `config` is a file in the place of flowmap.toml or pyproject.toml at the root; `baseline` a file of what is known, else that of
    the configuration; `cache` a folder in which summaries of files are kept; with `local`, messages inside a process are there too.
    Raises FlowmapError (ConfigError, PathError, BaselineError and so on), whose text says what is wrong, where, and what to do.
    """
    system = gathered([Path(p) for p in (path, *others)], Path(config) if config is not None else None)
    known_already = known(baseline_file(system.config, Path(baseline) if baseline is not None else None))
    settings = Settings(cache=Path(cache) if cache is not None else None, local=local, baseline=known_already)
    return Report(analyse_system(system, settings), system.config, known_already)


@dataclass(frozen=True)
class Report:
    """What a scan has to say. `data` is all of it, as the output formats get it."""

    data: Data
    config: Config
    baseline: Baseline = NOTHING_KNOWN

    @cached_property
    def _graph(self) -> FlowGraph:
        return FlowGraph(self.data.flow)

    @property
    def services(self) -> tuple[Service, ...]:
        """The services of the scan, by name."""
        return self.data.flow.services

    @property
    def interactions(self) -> tuple[Interaction, ...]:
        """Every place that publishes, subscribes, calls or serves."""
        return self.data.flow.interactions

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules found, the gravest first, without what is suppressed."""
        return self.data.findings

    @property
    def chains(self) -> tuple[Chain, ...]:
        """Services that wait for one another, endpoint by endpoint, the longest first."""
        return self.data.flow.chains

    @property
    def blind_spots(self) -> tuple[Interaction, ...]:
        """Places whose other end could not be resolved; `unresolved` of each says why."""
        return tuple(self._graph.blind_spots)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What could not be read or followed."""
        return self.data.diagnostics

    def edges(
        self, source: str = "*", target: str = "*", *, kind: EdgeKinds = "any", channels: Sequence[str] = ()
    ) -> tuple[Edge, ...]:
        """The edges between different services and externals: `sync` (somebody waits), `async` (nobody does) or `any`, over some
        channels or types of messages (globs) if any are named."""
        sources, targets = members(self._graph, [source]), members(self._graph, [target])
        return tuple(e for e in edges(self._graph, kind, channels) if e.source in sources and e.target in targets)

    def path(self, source: str, target: str, *, kind: EdgeKinds = "any") -> tuple[Edge, ...]:
        """The fewest edges from one service to another; empty if no way leads there."""
        ends = members(self._graph, [target])
        ways = (shortest(edges(self._graph, kind), s, ends - {s}) for s in sorted(members(self._graph, [source])))
        return min((w for w in ways if w), key=len, default=())

    def check(self, *, fail_on: Severity | str | None = None, min_confidence: Confidence | str | None = None) -> Gate:
        """How the findings stand to the bar and the baseline, as `flowmap check` sees it; without arguments the configuration
        decides. Raises ValueError for a severity or confidence that there is not."""
        return gated(self.data, bar_of(self.config, fail_on, min_confidence), self.baseline)

    def to_json(self) -> str:
        """The report as `flowmap scan --format json` writes it."""
        return render(self.data)

    def assert_edge(self, source: str, target: str, *, kind: EdgeKinds = "any", channels: Sequence[str] = ()) -> None:
        """Raises AssertionError unless there is such an edge."""
        if not self.edges(source, target, kind=kind, channels=channels):
            raise AssertionError(
                f"there is no {_said(kind)} from {source} to {target}{_over(channels)}{self._unseen(source, target)}"
            )

    def assert_no_edge(
        self, source: str, target: str, *, kind: EdgeKinds = "any", channels: Sequence[str] = (), indirect: bool = False
    ) -> None:
        """Raises AssertionError with the proof if there is such an edge, or, with `indirect`, a way through others. A name that
        nobody has is an error too: such a test would pass for ever."""
        if unseen := self._unseen(source, target):
            raise AssertionError(f"this cannot fail{unseen}")
        found = self.edges(source, target, kind=kind, channels=channels)
        way = self.path(source, target, kind=kind) if indirect and not found else ()
        if found or way:
            hops = [hop for e in (way or found[:_SHOWN]) for hop in self._proof(e)]
            more = f"\n  and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            raise AssertionError(f"{source} reaches {target}{_over(channels)}:\n" + "\n".join(hops) + more)

    def assert_passes(self, *, fail_on: Severity | str | None = None, min_confidence: Confidence | str | None = None) -> None:
        """Raises AssertionError with the findings if `flowmap check` would fail."""
        gate = self.check(fail_on=fail_on, min_confidence=min_confidence)
        if not gate.passed:
            said = [f"  {f.evidence[0].location if f.evidence else '-'}  {f.code} {f.message}" for f in gate.failing]
            said += [f"  baseline: {sentence}" for sentence in gate.stale]
            raise AssertionError("flowmap check fails:\n" + "\n".join(said))

    def _proof(self, edge: Edge) -> list[str]:
        return [f"  {hop.location}  {hop.what}" for hop in proof(self._graph, edge)]

    def _unseen(self, *names: str) -> str:
        unknown = [name for name in names if not members(self._graph, [name])]
        known = ", ".join(sorted({*(s.name for s in self.services), *(e.name for e in self.data.flow.externals)}))
        return f": nothing is called {' or '.join(unknown)}; there are {known or 'no services'}" if unknown else ""


def _said(kind: EdgeKinds) -> str:
    return "edge" if kind == "any" else f"{kind} edge"


def _over(channels: Sequence[str]) -> str:
    return f" over {', '.join(channels)}" if channels else ""
