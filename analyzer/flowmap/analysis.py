"""The program: discover, summarise, link, recognise, connect, check. Each stage is a function; this is their order."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from flowmap import extensions
from flowmap.checking import check, selected
from flowmap.config import Config
from flowmap.frontend.cache import Cache
from flowmap.frontend.workers import summarise_all, with_large_stack
from flowmap.graph.connect import connect
from flowmap.graph.flowgraph import FlowGraph
from flowmap.linker.outside import missing, spoken_for
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.flow import Report
from flowmap.model.project import Diagnostic, Project
from flowmap.model.summary import ModuleSummary
from flowmap.plugin_api import Plugin
from flowmap.project.discover import discover
from flowmap.project.libraries import Libraries, libraries
from flowmap.project.site_packages import SitePackages, site_packages
from flowmap.rule_api import Options
from flowmap.stated import with_stated

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a scan runs, apart from what the project's configuration says."""

    workers: int = 0
    cache: Path | None = None
    environments: tuple[Path, ...] = ()
    progress: Progress = lambda _stage, _done, _total: None


def analyse(root: Path, config: Config, settings: Settings | None = None) -> Report:
    """Everything that can be said of the repository at `root`."""
    run = settings or Settings()
    begun = time.perf_counter()
    project = discover(root, config, extensions.load_descriptors())
    installed = site_packages(root, config, run.environments)
    plugins = with_stated(extensions.load_plugins(), config)
    graph, diagnostics = with_large_stack(lambda: _understand(project, installed, plugins, run))
    rules = selected(extensions.load_rules(), config.select, config.ignore)
    findings, failures = check(graph, rules, _options(config))
    return Report(
        root=root.name or str(root),
        flow=graph.flow,
        findings=findings,
        diagnostics=(*failures, *diagnostics, *project.diagnostics),
        left_out=project.left_out,
        files=len(project.files),
        version=version("flowmap-analyzer"),
        lines=sum(f.content.count(b"\n") + 1 for f in project.files),
        seconds=time.perf_counter() - begun,
        sources={f.path: f.content for f in project.files},
    )


def _understand(
    project: Project, installed: SitePackages, plugins: tuple[Plugin, ...], run: Settings
) -> tuple[FlowGraph, tuple[Diagnostic, ...]]:
    workers = run.workers or os.cpu_count() or 1
    cache = Cache(run.cache)
    summaries = summarise_all(project.files, cache, workers, lambda d, t: run.progress("reading", d, t))
    followed = _libraries(summaries, project, installed, plugins)
    outside = summarise_all(followed.files, cache, workers, lambda d, t: run.progress("reading libraries", d, t))
    program = link(summaries, project, outside)
    recognition = recognise(program, plugins)
    return connect(recognition.interactions, project), (*program.diagnostics, *recognition.diagnostics, *followed.diagnostics)


def _libraries(summaries: list[ModuleSummary], project: Project, installed: SitePackages, plugins: tuple[Plugin, ...]) -> Libraries:
    """The files of installed libraries that the scan leads to; none without an environment."""
    if not installed.folders:
        return Libraries()
    spoken = spoken_for(plugins)
    return libraries(missing(summaries, project), installed, spoken.hides, spoken.leads_on)


def _options(config: Config) -> Options:
    return Options(config.rules.max_sync_hops, config.rules.availability, frozenset(config.rules.extra_verbs))
