"""Helm charts: the manifests that the templates of a chart become with its values.

A chart is read as a whole, from its `Chart.yaml`, with the charts beside it that it is made of; those in it are read by themselves.
Templates that cannot be carried out, or do not give YAML, are one diagnostic for the chart. What begins with the release's name is
also known without it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic
from flowmap.project.charts import Chart, chart_at, local_dependencies, manifest, named_templates, templates_of
from flowmap.project.gotemplate import TemplateError
from flowmap.project.paths import base, parent
from flowmap.project.readers.kubernetes_resources import is_silent, stated_by
from flowmap.project.yaml_nodes import YamlError, documents, table, text

if TYPE_CHECKING:
    from flowmap.descriptor_api import DeclaredHost, DeclaredProcess, DescriptorFile
    from flowmap.project.yaml_nodes import Table


def _matches(path: str) -> bool:
    return base(path) == "Chart.yaml"


def _read(file: DescriptorFile) -> Declarations:
    chart = chart_at(file, parent(file.path))
    if chart is None or chart.library:
        return Declarations()
    return _together([_chart(chart, file), *(_chart(inner, file) for inner in local_dependencies(chart, file))])


def _chart(chart: Chart, file: DescriptorFile) -> Declarations:
    named = named_templates(chart, file)
    found: list[Declarations] = []
    faults: list[str] = []
    paths = templates_of(chart, file)
    for path in paths:
        try:
            done = manifest(chart, path, named, file, is_silent)
            roots = documents(done.text, done.lines) if done is not None else []
        except (TemplateError, YamlError) as error:
            faults.append(f"{base(path)}: {error}")
            continue
        stated = stated_by(replace(file, path=path), (r for r in roots if not _is_hook(table(r))))
        processes = tuple(_less_chart(p, chart) for p in stated.processes)
        found.append(replace(stated, processes=processes, hosts=tuple(_less_release(h, chart.release) for h in stated.hosts)))
    if faults:
        message = f"{len(faults)} of {len(paths)} templates of this chart are not read ({faults[0]})"
        found.append(Declarations(diagnostics=(Diagnostic(message, file.at(1)),)))
    return _told_apart(_together(found))


def _told_apart(stated: Declarations) -> Declarations:
    """Without names that several processes of the chart are given: those of the chart itself."""
    counts = Counter(alias for p in stated.processes for alias in set(p.aliases))
    processes = (replace(p, aliases=tuple(a for a in p.aliases if counts[a] == 1)) for p in stated.processes)
    return replace(stated, processes=tuple(processes))


def _is_hook(manifest: Table) -> bool:
    """Whether a job of the chart only runs while it is installed."""
    hook = manifest.get("metadata", "annotations", "helm.sh/hook")
    return bool(text(hook)) and text(manifest.get("kind")) in ("Job", "Pod")


def _less_chart(process: DeclaredProcess, chart: Chart) -> DeclaredProcess:
    """A process by the name that is its own: without that of the release before it, or without what stands before the chart's."""
    short = process.name.removeprefix(f"{chart.release}-")
    if process.name.endswith(f"-{chart.name}"):
        short = chart.name
    if short == process.name:
        return process
    return replace(process, name=short, aliases=(*(a for a in process.aliases if a != short), process.name))


def _less_release(host: DeclaredHost, release: str) -> DeclaredHost:
    start = f"{release}-"
    short = (replace(a, host=a.host.removeprefix(start)) for a in host.addresses if a.host.startswith(start))
    return replace(host, addresses=(*host.addresses, *short))


def _together(found: list[Declarations]) -> Declarations:
    flat = chain.from_iterable
    return Declarations(
        processes=tuple(flat(d.processes for d in found)),
        groups=tuple(flat(d.groups for d in found)),
        hosts=tuple(flat(d.hosts for d in found)),
        forwards=tuple(flat(d.forwards for d in found)),
        existing=tuple(flat(d.existing for d in found)),
        gateways=tuple(flat(d.gateways for d in found)),
        diagnostics=tuple(flat(d.diagnostics for d in found)),
    )


READER = DescriptorReader("helm", _matches, _read)
