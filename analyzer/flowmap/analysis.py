"""The program: discover, summarise, link, recognise, connect, check. Each stage is a function; this is their order."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from importlib.metadata import version
from pathlib import Path

from flowmap import extensions
from flowmap.config import Config
from flowmap.frontend.cache import Cache
from flowmap.frontend.workers import summarise_all, with_large_stack
from flowmap.graph.connect import connect
from flowmap.graph.flowgraph import FlowGraph
from flowmap.judging import judge
from flowmap.linker.explain import explain
from flowmap.linker.outside import missing, spoken_for
from flowmap.linker.program import Program, link
from flowmap.linker.recognise import recognise
from flowmap.model.derivation import Explanation
from flowmap.model.gate import NOTHING_KNOWN, Baseline
from flowmap.model.project import Diagnostic, Project
from flowmap.model.report import Report
from flowmap.model.summary import ModuleSummary
from flowmap.model.usage import Usage
from flowmap.plugin_api import Plugin
from flowmap.project.discover import discover
from flowmap.project.libraries import Libraries, libraries
from flowmap.project.site_packages import SitePackages, site_packages
from flowmap.project.spots import spotted
from flowmap.project.systems import System, alone
from flowmap.stated import with_stated

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a scan runs, apart from what the project's configuration says. `local`: messages inside a process are reported too;
    `facts`: documents and exports, or folders of them, that state what others do; `baseline`: what is
    known already."""

    workers: int = 0
    cache: Path | None = None
    environments: tuple[Path, ...] = ()
    local: bool = False
    progress: Progress = lambda _stage, _done, _total: None
    facts: tuple[Path, ...] = ()
    baseline: Baseline = NOTHING_KNOWN


def analyse(root: Path, config: Config, settings: Settings | None = None) -> Report:
    """Everything that can be said of the repository at `root`."""
    return analyse_system(alone(root, config), settings)


def analyse_system(system: System, settings: Settings | None = None) -> Report:
    """Everything that can be said of a system of one repository or several."""
    run = settings or Settings()
    begun = time.perf_counter()
    chosen = judge(system.config, run.baseline)
    plugins = _plugins(system)
    project = discover(system, extensions.load_descriptors(), plugins, run.facts)
    installed = site_packages(system, run.environments)
    graph, diagnostics = with_large_stack(lambda: _understand(project, installed, plugins, run))
    verdict = chosen.verdict(graph, project.suppressions)
    return Report(
        root=system.title,
        flow=graph.flow,
        findings=verdict.findings,
        suppressed=verdict.suppressed,
        rules=verdict.rules,
        coupling=verdict.coupling,
        advice=verdict.advice,
        suppressions=project.suppressions,
        diagnostics=(*verdict.failures, *diagnostics, *graph.waiting.cut_short(), *project.diagnostics),
        left_out=project.left_out,
        files=len(project.files),
        version=version("flowmap-analyzer"),
        lines=sum(f.content.count(b"\n") + 1 for f in project.files),
        seconds=time.perf_counter() - begun,
        sources={f.path: f.content for f in project.files},
    )


@dataclass(frozen=True, slots=True)
class Explained:
    """The explanation of one line, with what went wrong on the way and the sources that it quotes."""

    explanation: Explanation
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, bytes]


def explain_line(system: System, file: str, line: int, settings: Settings | None = None) -> Explained:
    """How it came to be known what a system does on a line of `file`, a path of the scan or one from the current folder.

    Raises SpotError if the scan does not have that file, or the file not that line.
    """
    run = settings or Settings()
    plugins = _plugins(system)
    project = discover(system, extensions.load_descriptors(), plugins, run.facts)
    sources = {f.path: f.content for f in project.files}
    spot = spotted(sources, system, file, line)
    installed = site_packages(system, run.environments)

    def understood() -> Explained:
        program, followed = _linked(project, installed, plugins, run)
        recognition = recognise(program, plugins)
        graph = connect(recognition.interactions, project, local=True)
        diagnostics = (*recognition.diagnostics, *followed.diagnostics)
        return Explained(explain(program, plugins, graph.flow.interactions, spot), diagnostics, sources)

    return with_large_stack(understood)


@dataclass(frozen=True, slots=True)
class Used:
    """What each plugin had to do with a system, and what went wrong on the way."""

    usage: tuple[Usage, ...]
    diagnostics: tuple[Diagnostic, ...]


def plugins_used(system: System, settings: Settings | None = None) -> Used:
    """Which plugins are active in a system, why, and what they match."""
    run = settings or Settings()
    plugins = _plugins(system)
    project = discover(system, extensions.load_descriptors(), plugins)
    installed = site_packages(system, run.environments)

    def understood() -> Used:
        program, _ = _linked(project, installed, plugins, run)
        recognition = recognise(program, plugins)
        return Used(recognition.usage, recognition.diagnostics)

    return with_large_stack(understood)


def _understand(
    project: Project, installed: SitePackages, plugins: tuple[Plugin, ...], run: Settings
) -> tuple[FlowGraph, tuple[Diagnostic, ...]]:
    program, followed = _linked(project, installed, plugins, run)
    recognition = recognise(program, plugins)
    graph = connect(recognition.interactions, project, bindings=recognition.bindings, effects=recognition.effects, local=run.local)
    return graph, (*program.diagnostics, *recognition.diagnostics, *followed.diagnostics)


def _libraries(summaries: list[ModuleSummary], project: Project, installed: SitePackages, plugins: tuple[Plugin, ...]) -> Libraries:
    """The files of installed libraries that the scan leads to; none without an environment."""
    if not installed.folders:
        return Libraries()
    spoken = spoken_for(plugins)
    return libraries(missing(summaries, project), installed, spoken.hides, spoken.leads_on)


def _linked(project: Project, installed: SitePackages, plugins: tuple[Plugin, ...], run: Settings) -> tuple[Program, Libraries]:
    """The program, and which installed libraries it leads to."""
    workers = run.workers or os.cpu_count() or 1
    cache = Cache(run.cache)
    summaries = summarise_all(project.files, cache, workers, lambda d, t: run.progress("reading", d, t))
    followed = _libraries(summaries, project, installed, plugins)
    outside = summarise_all(followed.files, cache, workers, lambda d, t: run.progress("reading libraries", d, t))
    return link(summaries, project, outside), followed


def _plugins(system: System) -> tuple[Plugin, ...]:
    """All plugins, and what the configurations state as one."""
    return reduce(with_stated, system.configs, extensions.load_plugins())
