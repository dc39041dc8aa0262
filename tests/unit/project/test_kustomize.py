"""Kustomizations, patches of manifests, and what else decides the environment and the addresses of processes in a cluster."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project
from flowmap.project.readers import kubernetes, kustomize

Read = Callable[..., Declarations]
Scan = Callable[..., Project]

CODE = {
    "orders/main.py": "import flask\napp = flask.Flask('x')\n",
    "orders/Dockerfile": "FROM python\nCOPY . .\nCMD flask --app main run\n",
}
BASE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec:
  template:
    metadata: {labels: {app: orders}}
    spec:
      containers:
      - name: orders
        image: acme/orders
        envFrom: [{configMapRef: {name: settings}}]
        env:
        - {name: HOST, value: stock}
        - {name: URL, value: "http://$(HOST):80/$(NOWHERE)/$$(HOST)"}
        - {name: TOPIC, value: base}
---
apiVersion: v1
kind: Service
metadata: {name: orders}
spec: {selector: {app: orders}, ports: [{port: 80}]}
"""
PATCH = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: orders}
spec: {template: {spec: {containers: [{name: orders, env: [{name: TOPIC, value: patched}, {name: MORE, value: "1"}]}]}}}
"""
OVERLAY = "k8s/overlays/prod/kustomization.yaml"
INLINE = "patches:\n- patch: |-\n" + "".join(f"    {line}\n" for line in PATCH.split("\n"))
OPERATIONS = "[{op: add, path: /spec/template/spec/containers/0/env/-, value: {name: MORE, value: '1'}}]"


def _environment(project: Project) -> dict[str, str]:
    (service,) = project.services
    return {s.name: s.value for s in service.environment}


@pytest.mark.parametrize(
    ("files", "topic", "more"),
    [
        ({}, "base", False),
        ({"k8s/overlays/prod/patch.yaml": PATCH}, "patched", True),
        ({"k8s/overlays/dev/patch.yaml": PATCH}, "base", True),
        ({"k8s/overlays/x/patch.yaml": PATCH.replace("orders", "other")}, "base", False),
        ({OVERLAY: INLINE}, "patched", True),
        (
            {OVERLAY: f"patches:\n- {{target: {{name: orders}}, patch: {json.dumps(OPERATIONS)}}}\n"},
            "base",
            True,
        ),
        (
            {
                OVERLAY: "patches: [{target: {name: orders}, path: p.yaml}]\n",
                "k8s/overlays/prod/p.yaml": OPERATIONS,
            },
            "base",
            True,
        ),
        ({OVERLAY: "patches: [{target: {name: orders}, patch: '[broken'}]\n"}, "base", False),
        (
            {
                OVERLAY: "patches: [{target: {name: orders}, path: p.yaml}]\n",
                "k8s/overlays/prod/p.yaml": OPERATIONS.replace("add", "remove"),
            },
            "base",
            False,
        ),
    ],
)  # fmt: skip
def test_patches(scan: Scan, files: dict[str, str], topic: str, more: bool) -> None:
    project = scan({**CODE, "k8s/base/orders.yaml": BASE, **files})
    found = _environment(project)
    assert (found["TOPIC"], "MORE" in found) == (topic, more)
    assert not any(e.name == "orders" for e in project.externals)


def test_a_value_may_speak_of_others(scan: Scan) -> None:
    assert _environment(scan({**CODE, "k8s/orders.yaml": BASE}))["URL"] == "http://stock:80/$(NOWHERE)/$(HOST)"


@pytest.mark.parametrize(
    ("generator", "others", "expected"),
    [
        ("literals: [A=1, 'B=\"x=y\"', C]", {}, {"A": "1", "B": "x=y"}),
        ("envs: [a.env, none.env]", {"k8s/a.env": "A=1\nB=2\n"}, {"A": "1", "B": "2"}),
        ("env: a.env", {"k8s/a.env": "A=1\n"}, {"A": "1"}),
        ("files: [a.txt, name=b.txt, none.txt]", {"k8s/a.txt": "one", "k8s/b.txt": "two"}, {"a.txt": "one", "name": "two"}),
        ("files: [../../outside]", {}, {}),
    ],
)
def test_generated_settings(read: Read, generator: str, others: dict[str, str], expected: dict[str, str]) -> None:
    files = {"k8s/kustomization.yaml": f"configMapGenerator:\n- name: settings\n  {generator}\n", **others}
    (group,) = read(kustomize.READER, files).groups
    assert (group.name, {s.name: s.value for s in group.settings}) == ("settings", expected)


@pytest.mark.parametrize(
    ("kustomization", "expected"),
    [
        ("namePrefix: prod-\nresources: [../base]\n", {"prod-orders", "prod-orders.default"}),
        ("nameSuffix: -v2\nresources: [../base/orders.yaml]\n", {"orders-v2"}),
        ("namespace: shop\nbases: [../base]\n", {"orders.shop", "orders.shop.svc.cluster.local", "orders"}),
        ("namePrefix: prod-\nresources: [../none, https://example.com/x]\n", set()),
        ("resources: [../base]\n", set()),
        ("namePrefix: prod-\nresources: [.]\n", set()),
        ("namePrefix: [", set()),
        ("", set()),
    ],
)
def test_names_of_services(read: Read, kustomization: str, expected: set[str]) -> None:
    files = {
        "k8s/over/kustomization.yaml": kustomization,
        "k8s/base/kustomization.yml": "resources: [orders.yaml]\n",
        "k8s/base/orders.yaml": BASE,
    }
    found = {a.host for h in read(kustomize.READER, files).hosts for a in h.addresses}
    assert found >= expected
    assert bool(found) is bool(expected)


def test_pods_of_a_stateful_set(read: Read) -> None:
    spec = "{replicas: 2, serviceName: data, selector: {matchLabels: {a: b}}}"
    text = f"apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: Db}}\nspec: {spec}\n"
    (host,) = read(kubernetes.READER, {"k8s/db.yaml": text}).hosts
    assert ([a.host for a in host.addresses], host.selector) == (["db-0.data", "db-1.data"], (("a", "b"),))


@pytest.mark.parametrize(("kind", "count"), [("ConfigMap", 1), ("Other", 0)])
def test_a_gateway_in_a_config_map(read: Read, kind: str, count: int) -> None:
    data = "  x.conf: |\n    # a\n    location /a { proxy_pass http://one; }\n"
    text = f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: c}}\ndata:\n{data}"
    routes = [r for g in read(kubernetes.READER, {"k8s/c.yaml": text}).gateways for r in g.routes]
    assert [(r.upstream, str(r.location)) for r in routes] == [("one", "k8s/c.yaml:7")] * count


@pytest.mark.parametrize(
    ("profiles", "topic"),
    [("[test]", "real"), ("[e2e, ci]", "real"), ("[test, full]", "tried"), ("[dev]", "tried"), ("[]", "tried")],
)
def test_services_of_test_profiles_decide_nothing(scan: Scan, profiles: str, topic: str) -> None:
    compose = (
        f"services:\n  a1: {{build: orders, environment: {{TOPIC: tried}}, profiles: {profiles}}}\n"
        "  a2: {build: orders, environment: {TOPIC: real}}\n"
    )
    assert _environment(scan({**CODE, "docker-compose.yml": compose}))["TOPIC"] == topic
