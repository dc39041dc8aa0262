"""What documents say of externals takes part in the flow like code does, and is never what a finding is about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse, analyse_system
from flowmap.config import Config
from flowmap.graph.channels import channels
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.trace import Ending, trace
from flowmap.graph.workflows import workflows
from flowmap.merging import merged
from flowmap.model.interaction import Role
from flowmap.model.report import Report
from flowmap.project.systems import together
from flowmap.reporters.json_artefact import artefact
from flowmap.reporters.json_report import render
from flowmap.views.choreography import choreography

HEAD = "from kafka import KafkaConsumer, KafkaProducer\nproducer = KafkaProducer()\n"
COMPOSE = "services:\n  orders: {build: orders}\n  billing: {build: billing}\n  shop: {build: shop}\n"


def _report(root: Path, code: str, **documents: str) -> Report:
    files = {
        "compose.yml": COMPOSE,
        "orders/app.py": HEAD + code,
        "orders/Dockerfile": "FROM python:3.12\nCOPY . .\nCMD python app.py\n",
    }
    for name in ("billing", "shop"):
        files[f"{name}/Dockerfile"] = "FROM node:22\n"
        if name in documents:
            files[f"{name}/api.yaml"] = documents[name]
    for path, text in files.items():
        (root / path).parent.mkdir(exist_ok=True, parents=True)
        (root / path).write_text(text)
    return analyse(root, Config(), Settings(workers=1))


def _says(*, takes: str = "", sends: str = "", protocol: str = "kafka") -> str:
    lines = [f"  {c}: {{publish: {{operationId: on_{n}}}}}\n" for n, c in enumerate(takes.split())]
    lines += [f"  {c}: {{subscribe: {{operationId: do_{n}}}}}\n" for n, c in enumerate(sends.split())]
    return f"asyncapi: 2.6.0\nservers: {{s: {{protocol: {protocol}}}}}\nchannels:\n{''.join(lines)}"


def _edges(report: Report) -> list[str]:
    return [f"{e.source} -[{e.channel}]-> {e.target}" if e.channel else f"{e.source} => {e.target}" for e in report.flow.edges]


SENDS = "producer.send('order.placed', b'')\n"
READS = "for m in KafkaConsumer('invoice.issued'):\n    print(m)\n"


@pytest.mark.parametrize(
    ("code", "documents", "edges", "findings"),
    [
        (SENDS, {}, [], ["T301 order.placed"]),
        (READS, {}, [], ["T302 invoice.issued"]),
        (SENDS, {"billing": _says(takes="order.placed")}, ["orders -[order.placed]-> external:billing"], []),
        (READS, {"billing": _says(sends="invoice.issued")}, ["external:billing -[invoice.issued]-> orders"], []),
        (SENDS, {"billing": _says(takes="order.cancelled")}, [], ["T301 order.placed"]),
        (SENDS, {"billing": _says(takes="order.placed", protocol="mqtt")}, [], ["T301 order.placed"]),
        (SENDS, {"billing": _says(sends="order.placed")}, [], ["T301 order.placed"]),
        (READS, {"billing": _says(takes="invoice.issued")}, [], ["T302 invoice.issued"]),
        ("", {"billing": _says(sends="paid sent", takes="asked")}, [], []),
        ("", {"billing": _says(sends="paid"), "shop": _says(takes="paid")}, ["external:billing -[paid]-> external:shop"], []),
        (
            "",
            {"billing": _says(sends="send-letter"), "shop": _says(takes="send-letter")},
            ["external:billing -[send-letter]-> external:shop"],
            [],
        ),
        (
            "for m in KafkaConsumer('send-letter'):\n    print(m)\n",
            {"billing": _says(sends="send-letter")},
            ["external:billing -[send-letter]-> orders"],
            ["E201 send-letter"],
        ),
        (
            "import requests\nrequests.get('http://billing/invoices/7', timeout=1)\n",
            {"billing": "openapi: 3.0.0\npaths: {'/invoices/{id}': {get: {}}}\n"},
            ["orders => external:billing"],
            [],
        ),
    ],
)  # fmt: skip
def test_edges_and_findings(tmp_path: Path, code: str, documents: dict[str, str], edges: list[str], findings: list[str]) -> None:
    report = _report(tmp_path, code, **documents)
    assert _edges(report) == edges
    assert [f"{f.code} {f.subject}" for f in report.findings] == findings
    assert report.flow.chains == ()
    assert [s.name for s in report.flow.services] == ["orders"]


def test_a_call_is_in_the_words_of_the_document(tmp_path: Path) -> None:
    code = "import requests\nrequests.get('http://billing/invoices/7', timeout=1)\n"
    report = _report(tmp_path, code, billing="swagger: '2.0'\nbasePath: /\npaths: {'/invoices/{id}': {get: {operationId: x}}}\n")
    assert [(i.role.value, i.operation, i.target) for i in report.flow.interactions] == [
        ("serve", "GET /invoices/{}", None),
        ("call", "GET /invoices/{}", "external:billing"),
    ]


@pytest.mark.parametrize(
    ("own", "theirs", "found"),
    [
        ("/a", "/a", ["orders /a"]),
        ("/a /b /d", "/a /b /c", ["orders /a", "orders /b", "orders /d"]),
        ("/a", "/a /b", ["external:billing /a", "external:billing /b", "orders /a"]),
        ("/a", "/b", ["external:billing /b", "orders /a"]),
    ],
)
def test_a_copy_of_what_the_scan_serves_is_nobodys_api(tmp_path: Path, own: str, theirs: str, found: list[str]) -> None:
    endpoints = "".join(f"@app.get('{path}')\ndef f{n}(): ...\n" for n, path in enumerate(own.split()))
    document = "openapi: 3.0.0\npaths:\n" + "".join(f"  {path}: {{get: {{}}}}\n" for path in theirs.split())
    report = _report(tmp_path, f"from flask import Flask\napp = Flask(__name__)\n{endpoints}", billing=document)
    assert sorted(f"{i.service} {(i.operation or '').removeprefix('GET ')}" for i in report.flow.interactions) == found


def test_what_only_one_document_speaks_of_stands_aside(tmp_path: Path) -> None:
    report = _report(tmp_path, SENDS, billing=_says(takes="order.placed asked", sends="paid"), shop=_says(takes="paid"))
    graph = FlowGraph(report.flow)
    assert {c.name: c.aside for c in channels(graph)} == {"asked": True, "order.placed": False, "paid": False}
    picture = choreography(graph, (), "x")
    assert sorted(n.label for n in picture.nodes) == ["billing", "order.placed", "orders", "paid", "shop"]


def test_nobody_sees_what_follows_outside(tmp_path: Path) -> None:
    graph = FlowGraph(_report(tmp_path, READS + SENDS, billing=_says(takes="order.placed", sends="invoice.issued paid")).flow)
    assert [(w.name, w.services) for w in workflows(graph)] == [
        ("do_0", ("external:billing", "orders")),
    ]
    start = next(i for i in graph.flow.interactions if i.role is Role.PUBLISH and i.service == "orders")
    assert [child.ending for tree in trace(graph, [start]) for child in tree.children] == [Ending.OUTSIDE]


@pytest.mark.parametrize(("other", "outside"), [("billing", set()), ("stock", {"external:billing"})])
def test_several_repositories_scanned_together_or_merged(tmp_path: Path, other: str, outside: set[str]) -> None:
    _report(tmp_path / "orders", SENDS + READS, billing=_says(takes="order.placed", sends="invoice.issued"))
    (tmp_path / other).mkdir()
    (tmp_path / other / "app.py").write_text(HEAD + "for m in KafkaConsumer('order.placed'):\n    print(m)\n")
    (tmp_path / other / "requirements.txt").write_text("")
    roots = [tmp_path / "orders", tmp_path / other]
    both = analyse_system(together([(root, Config()) for root in roots], Config()), Settings(workers=1))
    each = [render(analyse(root, Config(), Settings(workers=1))).encode() for root in roots]
    joined = merged([artefact(content, root.name) for content, root in zip(each, roots, strict=True)], Config())
    assert json.loads(render(joined)) == json.loads(render(both))
    assert {i.service for i in both.flow.interactions if i.outside} == outside
