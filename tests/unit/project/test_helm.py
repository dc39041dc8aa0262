"""Helm charts: what the templates of a chart state with its values, those of charts around it, and overlays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project
from flowmap.project.readers import helm, kubernetes

Read = Callable[..., Declarations]
Scan = Callable[..., Project]

CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
HELPERS = """\
{{- define "shop.fullname" -}}
{{- if .Values.fullnameOverride }}{{ .Values.fullnameOverride }}
{{- else if contains .Chart.Name .Release.Name }}{{ .Release.Name }}
{{- else }}{{ printf "%s-%s" .Release.Name .Chart.Name }}{{ end }}
{{- end }}
"""
WORKLOAD = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}-orders
spec:
  template:
    metadata:
      labels: {app: orders}
    spec:
      containers:
        - name: orders
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          env:
            {{- range $name, $value := .Values.env }}
            - name: {{ $name }}
              value: {{ $value | quote }}
            {{- end }}
            {{- if .Values.debug }}
            - {name: DEBUG, value: "1"}
            {{- end }}
          envFrom:
            - configMapRef: {name: {{ include "shop.fullname" . }}-config}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.fullname" . }}-orders
spec:
  selector: {app: orders}
  ports: [{port: {{ .Values.service.port }}}]
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "shop.fullname" . }}-config
data:
  {{- toYaml .Values.config | nindent 2 }}
"""
VALUES = """\
image: {repository: acme/orders}
env: {TOPIC: orders, URL: "http://{{ not rendered }}"}
service: {port: 8080}
config: {GROUP: g1}
"""
FILES = {
    "deploy/shop/Chart.yaml": CHART,
    "deploy/shop/values.yaml": VALUES,
    "deploy/shop/templates/_helpers.tpl": HELPERS,
    "deploy/shop/templates/orders.yaml": WORKLOAD,
}


def test_a_chart_with_everything(read: Read) -> None:
    declared = read(helm.READER, FILES)
    (orders,) = declared.processes
    assert (orders.name, orders.system, orders.scope) == ("orders", "kubernetes", "deploy/shop/templates")
    assert str(orders.location) == "deploy/shop/templates/orders.yaml:4"
    assert orders.aliases == ("shop-orders",)
    assert orders.image == "acme/orders:1.0.0"
    assert {s.name: (s.value, s.location.line) for s in orders.environment} == {
        "TOPIC": ("orders", 15), "URL": ("http://{{ not rendered }}", 15),
    }  # fmt: skip
    assert [r.group for r in orders.references] == ["shop-config"]
    assert [(g.name, [(s.name, s.value) for s in g.settings]) for g in declared.groups] == [("shop-config", [("GROUP", "g1")])]
    (host,) = declared.hosts
    assert {(a.host, a.port) for a in host.addresses if "." not in a.host} == {("shop-orders", 8080), ("orders", 8080)}
    assert declared.diagnostics == ()


def _environment(declared: Declarations) -> dict[str, str]:
    return {s.name: s.value for p in declared.processes for s in p.environment}


@pytest.mark.parametrize(
    ("overlays", "topic", "debug"),
    [
        ({}, "orders", False),
        ({"values-prod.yaml": "env: {TOPIC: live}\n"}, "live", False),
        ({"values.production.yml": "env: {TOPIC: live}\n"}, "live", False),
        ({"values/prod.yaml": "env: {TOPIC: live}\n"}, "live", False),
        ({"values-dev.yaml": "env: {TOPIC: toy}\ndebug: true\n"}, "orders", True),
        ({"values-dev.yaml": "env: {TOPIC: toy}\n", "values-prod.yaml": "env: {TOPIC: live}\n"}, "live", False),
        ({"ci/test-values.yaml": "debug: true\n"}, "orders", False),
        ({"values-test.yaml": "debug: true\n"}, "orders", False),
        ({"values-prod.yaml": "env: [broken\n"}, "orders", False),
        ({"values-prod.yaml": "- a list\n"}, "orders", False),
        ({"other.yaml": "debug: true\n"}, "orders", False),
    ],
)
def test_overlays(read: Read, overlays: dict[str, str], topic: str, debug: bool) -> None:
    found = _environment(read(helm.READER, {**FILES, **{f"deploy/shop/{name}": text for name, text in overlays.items()}}))
    assert (found["TOPIC"], "DEBUG" in found) == (topic, debug)


INNER = {f"up/charts/{path.removeprefix('deploy/')}": text for path, text in FILES.items()}


@pytest.mark.parametrize(
    ("outer", "expected"),
    [
        ("", ("shop-orders", "orders", "up-shop-config")),
        ("shop: {env: {TOPIC: from-above}}\n", ("shop-orders", "from-above", "up-shop-config")),
        ("shop: {fullnameOverride: x}\n", ("x-orders", "orders", "x-config")),
        ("other: {env: {TOPIC: no}}\n", ("shop-orders", "orders", "up-shop-config")),
    ],
)
def test_the_chart_around_one(read: Read, outer: str, expected: tuple[str, str, str]) -> None:
    files = {**INNER, "up/Chart.yaml": "name: up\n", "up/values.yaml": outer}
    declared = read(helm.READER, files)
    (process,) = declared.processes
    assert (process.name, _environment(declared)["TOPIC"], process.references[0].group) == expected


@pytest.mark.parametrize(
    ("dependency", "values", "count"),
    [
        ("{name: shop, condition: shop.enabled}", "shop: {enabled: false}\n", 0),
        ("{name: shop, condition: shop.enabled}", "shop: {enabled: true}\n", 1),
        ("{name: shop, condition: shop.enabled}", "", 1),
        ("{name: shop, alias: store, condition: store.on}", "store: {on: false}\n", 0),
    ],
)
def test_a_chart_may_be_switched_off(read: Read, dependency: str, values: str, count: int) -> None:
    files = {**INNER, "up/Chart.yaml": f"name: up\ndependencies: [{dependency}]\n", "up/values.yaml": values}
    assert len(read(helm.READER, files).processes) == count


def test_an_umbrella_gives_values_to_charts_beside_it(read: Read) -> None:
    files = {
        "deploy/up/Chart.yaml": 'name: up\ndependencies: [{name: shop, repository: "file://../shop"}]\n',
        "deploy/up/values.yaml": "shop: {env: {TOPIC: from-above}}\nglobal: {x: 1}\n",
        **FILES,
    }
    assert _environment(read(helm.READER, files))["TOPIC"] == "from-above"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("kind: {{ .x", "1 of 2 templates of this chart are not read (bad.yaml: "),
        (
            "kind: {{ if .x }}\n",
            "1 of 2 templates of this chart are not read (bad.yaml: the block that is opened in line 1 has no end)",
        ),
        ("a: [\n", "1 of 2 templates of this chart are not read (bad.yaml: "),
        ("a: {{ toYaml .Values.env }}\n b: 1\n", "1 of 2 templates of this chart are not read (bad.yaml: "),
        ('{{ define "a" }}{{ include "a" . }}{{ end }}x: {{ include "a" . }}\n', "1 of 2 templates"),
    ],
)
def test_what_is_not_read_is_one_diagnostic_for_the_chart(read: Read, template: str, message: str) -> None:
    declared = read(helm.READER, {**FILES, "deploy/shop/templates/bad.yaml": template})
    assert len(declared.processes) == 1
    assert [d.message[: len(message)] for d in declared.diagnostics] == [message]
    assert [str(d.location) for d in declared.diagnostics] == ["deploy/shop/Chart.yaml:1"]


@pytest.mark.parametrize(
    "files",
    [
        {"shop/Chart.yaml": "name: [\n"},
        {"shop/Chart.yaml": ""},
        {"shop/Chart.yaml": "version: 1\n", "shop/templates/a.yaml": WORKLOAD},
        {"shop/Chart.yaml": "name: shop\ntype: library\n", "shop/templates/a.yaml": WORKLOAD},
        {"shop/Chart.yaml": "name: shop\n", "shop/templates/tests/a.yaml": WORKLOAD},
        {"shop/Chart.yaml": "name: shop\n", "shop/templates/_a.yaml": WORKLOAD},
        {"shop/Chart.yaml": "name: shop\n", "shop/templates/NOTES.txt": WORKLOAD},
        {"shop/Chart.yaml": "name: shop\n", "shop/other/a.yaml": WORKLOAD},
        {
            "shop/Chart.yaml": "name: shop\n",
            "shop/templates/a.yaml": 'kind: Job\nmetadata: {name: m, annotations: {"helm.sh/hook": pre-install}}\n'
            "spec: {template: {spec: {containers: [{image: x}]}}}\n",
        },
    ],
)
def test_what_is_no_chart_or_none_that_runs(read: Read, files: dict[str, str]) -> None:
    declared = read(helm.READER, files)
    assert (declared.processes, declared.hosts, declared.diagnostics) == ((), (), ())


@pytest.mark.parametrize(
    ("path", "count"),
    [("shop/templates/a.yaml", 0), ("shop/templates/deep/a.yaml", 0), ("shop/a.yaml", 1), ("k8s/templates/a.yaml", 1)],
)
def test_templates_of_a_chart_are_no_manifests(read: Read, path: str, count: int) -> None:
    pod = "kind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: x}]}\n"
    assert len(read(kubernetes.READER, {path: pod, "shop/Chart.yaml": CHART}).processes) == count


def test_a_service_is_told_by_its_chart(scan: Scan) -> None:
    code = "from fastapi import FastAPI\napp = FastAPI()\n"
    docker = 'FROM python:3\nCOPY . .\nCMD ["uvicorn", "main:app"]\n'
    project = scan({**FILES, "orders/main.py": code, "orders/Dockerfile": docker, "orders/requirements.txt": ""})
    (service,) = project.services
    assert (service.name, service.root) == ("orders", "orders")
    found = {s.name: s.value for s in service.environment}
    assert (found["TOPIC"], found["GROUP"]) == ("orders", "g1")
    assert ("shop-orders", 8080) in {(a.host, a.port) for a in service.addresses}
