"""Kustomizations that name images otherwise, and values that they copy between resources."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project
from flowmap.project.readers import kustomize

Read = Callable[..., Declarations]
Scan = Callable[..., Project]

APP = "import flask\napp = flask.Flask('x')\n"
RECIPE = "FROM python\nCOPY . .\nCMD flask --app main run\n"
CODE = {"billing/main.py": APP, "billing/Dockerfile": RECIPE, "stock/main.py": APP, "stock/Dockerfile": RECIPE}
POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: backend}
spec:
  template:
    metadata: {labels: {app: backend}}
    spec:
      containers:
      - name: backend
        image: the-image:latest
        env:
        - {name: TOPIC, value: placeholder}
        - {name: URL, value: "http://host:80/x"}
"""
LISTED = "k8s/kustomization.yaml"
NAMED = "resources: [pod.yaml]\nimages: [{name: the-image, newName: example.com/acme/billing, newTag: v2}]\n"


@pytest.mark.parametrize(
    ("files", "root"),
    [
        ({LISTED: NAMED}, "billing"),
        ({LISTED: "resources: [.]\nimages: []\n"}, None),
        ({LISTED: "resources: [pod.yaml]\nimages: [{name: the-image, newTag: v2}]\n"}, None),
        ({LISTED: NAMED.replace("the-image", "other-image")}, None),
        ({LISTED: NAMED.replace("pod.yaml", "none.yaml")}, None),
        ({LISTED: NAMED.replace("billing", "nobody")}, None),
        ({LISTED: "resources: [pod.yaml]\n", "over/kustomization.yaml": NAMED.replace("pod.yaml", "../k8s")}, "billing"),
        (
            {
                LISTED: "resources: [pod.yaml]\ncomponents: [../part]\n",
                "part/kustomization.yaml": NAMED.replace("[pod.yaml]", "[]"),
            },
            "billing",
        ),
        ({LISTED: "resources: [pod.yaml]\n", "part/kustomization.yaml": NAMED.replace("[pod.yaml]", "[]")}, None),
        (
            {
                LISTED: "resources: [pod.yaml]\n",
                "over/dev/kustomization.yaml": NAMED.replace("pod.yaml", "../../k8s").replace("billing", "stock"),
                "over/prod/kustomization.yaml": NAMED.replace("pod.yaml", "../../k8s"),
            },
            "billing",
        ),
    ],
)
def test_an_image_gets_its_name_from_a_kustomization(scan: Scan, files: dict[str, str], root: str | None) -> None:
    project = scan({**CODE, "k8s/pod.yaml": POD, **files})
    found = [s.root for s in project.services if any(e.location.path == "k8s/pod.yaml" for e in s.evidence)]
    assert found == ([root] if root else [])
    assert any(e.name == "backend" for e in project.externals) is (root is None)


def test_a_placeholder_may_be_what_is_built(scan: Scan) -> None:
    built = "build: {artifacts: [{image: the-image, context: stock}]}\n"
    project = scan({**CODE, "k8s/pod.yaml": POD, LISTED: NAMED.replace("billing", "registry-7"), "skaffold.yaml": built})
    assert [s.root for s in project.services if any(e.location.path == "k8s/pod.yaml" for e in s.evidence)] == ["stock"]


CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: names}\ndata: {topic: orders, long: a/b/c}\n"
FROM = "source: {kind: ConfigMap, name: names, fieldPath: data.topic}"
TO = "targets: [{select: {kind: Deployment, name: backend}, fieldPaths: [%s]}]"
FIELD = "'spec.template.spec.containers.[name=backend].env.[name=TOPIC].value'"
URL = FIELD.replace("TOPIC", "URL")


@pytest.mark.parametrize(
    ("source", "targets", "expected"),
    [
        (FROM, TO % FIELD, ["TOPIC=orders"]),
        (FROM, TO % FIELD.replace("[name=backend]", "*"), ["TOPIC=orders"]),
        (FROM, TO % FIELD.replace("[name=backend]", "0").replace("[name=TOPIC]", "1"), ["URL=orders"]),
        (FROM, TO % f"metadata.name, {FIELD}", ["TOPIC=orders"]),
        ("source: {kind: Deployment, name: backend}", TO % FIELD, ["TOPIC=backend"]),
        (
            "source: {kind: ConfigMap, name: names, fieldPath: data.long, options: {delimiter: /, index: 1}}",
            TO % FIELD,
            ["TOPIC=b"],
        ),
        (FROM, (TO % URL).replace("}]", ", options: {delimiter: /, index: 2}}]"), ["URL=http://orders/x"]),
        ("source: {kind: ConfigMap, name: made, fieldPath: data.KEY}", TO % FIELD, ["TOPIC=generated"]),
        (FROM, (TO % FIELD).replace(", name: backend", ""), ["TOPIC=orders"]),
        (FROM, (TO % FIELD.replace("TOPIC", "NEW")).replace("}]", ", options: {create: true}}]"), ["NEW=orders"]),
        ("source: {kind: ConfigMap, name: made, fieldPath: 'data.a\\.b'}", TO % FIELD, ["TOPIC=dotted"]),
        # look-alikes
        (FROM, TO % FIELD.replace("TOPIC", "NONE"), []),
        (FROM, TO % FIELD.replace("=backend", "=other"), []),
        (FROM, TO % "'spec.template.spec.containers.[name=backend].image'", []),
        (FROM, TO % FIELD.replace("containers", "initContainers"), []),
        (FROM, (TO % FIELD).replace("name: backend", "name: other"), []),
        (FROM, (TO % FIELD).replace("}]", ", reject: [{name: backend}]}]"), []),
        (FROM, (TO % URL).replace("}]", ", options: {delimiter: /, index: 9}}]"), []),
        ("source: {kind: ConfigMap, name: none, fieldPath: data.topic}", TO % FIELD, []),
        ("source: {kind: ConfigMap, name: names, fieldPath: data.none}", TO % FIELD, []),
        ("source: {kind: ConfigMap, name: names, fieldPath: data.long, options: {delimiter: /, index: 9}}", TO % FIELD, []),
        ("source: {}", TO % FIELD, []),
        (FROM, "targets: nothing", []),
    ],
)
def test_replacements(read: Read, source: str, targets: str, expected: list[str]) -> None:
    generator = "configMapGenerator: [{name: made, literals: [KEY=generated, a.b=dotted]}]\n"
    text = f"resources: [pod.yaml, names.yaml]\n{generator}replacements:\n- {source}\n  {targets}\n"
    found = read(kustomize.READER, {LISTED: text, "k8s/pod.yaml": POD, "k8s/names.yaml": CONFIG}).processes
    assert [f"{s.name}={s.value}" for p in found for s in p.environment] == expected


@pytest.mark.parametrize("form", ["one", "several"])
def test_a_replacement_in_a_file_of_its_own(scan: Scan, form: str) -> None:
    text = f"- {FROM}\n  {TO % FIELD}\n" if form == "several" else f"{FROM}\n{TO % FIELD}\n"
    files = {
        **CODE,
        "k8s/pod.yaml": POD.replace("the-image", "billing"),
        "k8s/names.yaml": CONFIG,
        LISTED: "resources: [pod.yaml, names.yaml]\nreplacements: [{path: r.yaml}]\n",
        "k8s/r.yaml": text,
    }
    (service,) = [s for s in scan(files).services if s.root == "billing"]
    (topic,) = [s for s in service.environment if s.name == "TOPIC"]
    assert (topic.value, topic.location.path) == ("orders", "k8s/r.yaml")
