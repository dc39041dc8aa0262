"""Helm charts: their values with those that charts around them and overlays give, and their templates carried out.

A chart is taken to be released under its own name, one inside another under that of the outermost. An overlay for production holds
over the values of the chart; other overlays, except those for tests, only say what the chart leaves open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flowmap.project.gotemplate import Body, TemplateError, parsed
from flowmap.project.gotemplate_run import Rendered, Run, rendered
from flowmap.project.gotemplate_values import Value, as_yaml, entry, list_of, merged, plain, table_of, text_of, true
from flowmap.project.paths import base, join, parent, relative, within
from flowmap.project.yaml_nodes import YamlError, documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_OVERLAY = re.compile(r"values[-_.]([\w.-]+)\.ya?ml|([\w.-]+)[-_.]values\.ya?ml|values/([\w.-]+)\.ya?ml", re.IGNORECASE)
_TEST = re.compile(r"(^|[._-])(ci|test|tests|testing|e2e|example|examples|schema)([._-]|$)", re.IGNORECASE)
_PRODUCTION = re.compile(r"(^|[._-])(prod|production|prd|live)([._-]|$)", re.IGNORECASE)
_LARGEST = 500_000
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of the scan: `folder` holds it, `release` is what it is installed as, `values` are those it is installed with."""

    folder: str
    name: str
    release: str
    version: str
    values: Value
    library: bool
    dependencies: tuple[Value, ...]


def chart_at(file: DescriptorFile, folder: str, depth: int = 0) -> Chart | None:
    """The chart in a folder, told apart from one that is switched off by the chart around it; None if there is none."""
    about = _read(file, join(folder, "Chart.yaml"))
    name = text_of(entry(about, "name"))
    if not name or depth > _DEEPEST:
        return None
    values = _own_values(file, folder)
    around = chart_at(file, parent(parent(folder)), depth + 1) if base(parent(folder)) == "charts" else None
    release = name
    if around is not None:
        key, wanted = _as_dependency(around, name)
        if not wanted:
            return None
        values, release = _given(around, key, values), around.release
    version = text_of(entry(about, "appVersion")) or text_of(entry(about, "version"))
    library = entry(about, "type") == "library"
    return Chart(folder, name, release, version, values, library, tuple(list_of(entry(about, "dependencies"))))


def local_dependencies(chart: Chart, file: DescriptorFile) -> Iterator[Chart]:
    """The charts beside this one that it is made of, with the values that it gives them."""
    for dependency in chart.dependencies:
        where = text_of(entry(dependency, "repository"))
        folder = join(chart.folder, where.removeprefix("file://")) if where.startswith("file://") else None
        inner = chart_at(file, folder) if folder is not None else None
        if inner is not None and folder is not None and not within(folder, join(chart.folder, "charts") or "."):
            key, wanted = _as_dependency(chart, inner.name)
            if wanted and not inner.library:
                values = _given(chart, key, inner.values)
                yield Chart(folder, key, chart.release, inner.version, values, inner.library, inner.dependencies)


def _given(around: Chart, key: str, values: Value) -> Value:
    """The values of a chart inside another: what the outer one says of it and of all."""
    shared = {"global": entry(around.values, "global")} if entry(around.values, "global") else {}
    return merged(merged(shared, entry(around.values, key) or {}), values)


def _as_dependency(around: Chart, name: str) -> tuple[str, bool]:
    """Under which key the outer chart speaks of the inner one, and whether it wants it."""
    for dependency in around.dependencies:
        if text_of(entry(dependency, "name")) == name:
            condition = text_of(entry(dependency, "condition")).partition(",")[0]
            value: Value = around.values
            for key in condition.split("."):
                value = entry(value, key)
            return text_of(entry(dependency, "alias")) or name, not condition or value is None or true(value)
    return name, True


def _own_values(file: DescriptorFile, folder: str) -> Value:
    values: Value = table_of(_read(file, join(folder, "values.yaml")))
    overlays = [(path, match) for path in file.below(folder) if (match := _OVERLAY.fullmatch(relative(path, folder)))]
    for path, match in sorted(overlays, key=lambda o: bool(_PRODUCTION.search(base(o[0])))):
        if not _TEST.search(match[1] or match[2] or match[3]):
            overlay = table_of(_read(file, path))
            values = merged(overlay, values) if _PRODUCTION.search(base(path)) else merged(values, overlay)
    return values


def _read(file: DescriptorFile, path: str | None) -> Value:
    content = file.look(path) if path is not None else None
    if content is None or len(content) > _LARGEST:
        return None
    try:
        roots = _documents(content)
    except YamlError:
        return None
    return plain(roots[0]) if roots else None


@lru_cache(maxsize=16)
def _documents(content: bytes) -> tuple[Node, ...]:
    """The documents of a file, which many charts may ask for one after the other."""
    return tuple(documents(content))


def templates_of(chart: Chart, file: DescriptorFile) -> tuple[str, ...]:
    """The files that become manifests."""
    folder = join(chart.folder, "templates") or ""
    paths = (p for p in file.below(folder) if p.endswith((".yaml", ".yml", ".tpl")) and not within(p, f"{folder}/tests"))
    return tuple(p for p in paths if not base(p).startswith("_"))


def named_templates(chart: Chart, file: DescriptorFile) -> dict[str, Body]:
    """The templates that the chart, the charts in it and libraries beside it name."""
    folders = [chart.folder]
    for dependency in chart.dependencies:
        beside = join(parent(chart.folder), text_of(entry(dependency, "name")))
        where = text_of(entry(dependency, "repository"))
        stated = join(chart.folder, where.removeprefix("file://")) if where.startswith("file://") else None
        folders += [f for f in (stated, beside) if f is not None and f != chart.folder]
    found: dict[str, Body] = {}
    for folder in reversed(folders):
        for path in file.below(folder):
            content = file.look(path) if path.endswith(".tpl") and "/templates/" in path else None
            if content is not None and len(content) <= _LARGEST and b"define" in content:
                try:
                    found |= parsed(content.decode("utf-8", errors="replace")).named
                except TemplateError:
                    continue
    return found


def manifest(
    chart: Chart, path: str, named: dict[str, Body], file: DescriptorFile, silent: Callable[[bytes], bool]
) -> Rendered | None:
    """What a template becomes; None if there is nothing to read, as `silent` says of its text. Raises TemplateError."""
    content = file.look(path)
    if content is None or b":" not in content or silent(content):
        return None
    if len(content) > _LARGEST:
        raise TemplateError("a template larger than people write")
    template = parsed(content.decode("utf-8", errors="replace"))
    return rendered(template.body, Run({**named, **template.named}, lambda n, d: _usual(chart, n, d), _context(chart)))


def _context(chart: Chart) -> Value:
    return {
        "Values": chart.values,
        "Chart": {"Name": chart.name, "Version": chart.version, "AppVersion": chart.version},
        "Release": {"Name": chart.release, "Namespace": "default", "Service": "Helm", "IsInstall": True},
        "Template": {"BasePath": "templates"},
        "Capabilities": {"KubeVersion": {"Version": "v1.30.0"}, "APIVersions": {}},
    }


def _usual(chart: Chart, name: str, dot: Value) -> Value:
    """What a template that is not in the scan makes, by the end of its name: libraries of charts agree on these."""
    given = table_of(dot)
    what = name.rpartition(".")[2].lower()
    if what.endswith("fullname"):
        own = text_of(entry(chart.values, "fullnameOverride"))
        return own or (chart.release if chart.name in chart.release else f"{chart.release}-{chart.name}")
    if what in ("labels", "matchlabels", "selectorlabels", "standard"):
        return f'app.kubernetes.io/name: "{chart.name}"'
    if what == "image" and (image := table_of(given.get("imageRoot"))):
        return f"{text_of(image.get('repository'))}:{text_of(image.get('tag')) or 'latest'}"
    if what == "render" and "value" in given:
        value = given["value"]
        return value if isinstance(value, str) else as_yaml(value)
    return chart.name if what in ("name", "chart") else None
