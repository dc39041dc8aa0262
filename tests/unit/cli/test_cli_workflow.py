"""`flowmap workflows` and `flowmap workflow`."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinyshop import Run

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def test_the_list(run: Run) -> None:
    done = run("workflows")
    assert (done.exit_code, done.stderr) == (0, "")
    head, *rows = done.stdout.splitlines()
    assert head.split() == "starts with in style spans state known by".split()
    assert " ".join(" ".join(rows).split()) == "POST /orders orders hybrid 3 services orchestrator's own state, none"


def test_a_report(run: Run) -> None:
    done = run("workflow", "POST /orders")
    assert done.exit_code == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[:5] == [
        "POST /orders orders/app.py:9",
        "starts in orders",
        "services orders, stock, billing",
        "owner nobody is named (CODEOWNERS, Backstage catalogue)",
        "",
    ]
    for said in (
        "STYLE hybrid",
        "called by orders it waits for stock alone",
        "choreographed orders, billing react to one another: order-placed",
        "orders ⇒ stock GET /stock/{} orders/app.py:11",
        "billing → nobody listens invoice-sent billing/worker.py:8",
        "ends with invoice-sent by billing, heard by nobody",
        "fails with no failure is announced",
        "waits 1 hop at most: orders ⇒ stock, at most 2 s (the call itself)",
    ):
        assert said in lines


def test_the_sequence(run: Run, tree: Path) -> None:
    assert run("workflow", "POST /orders", "-o", "-").stdout.startswith("sequenceDiagram")
    done = run("workflow", "POST /orders", "-o", "order.svg")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "wrote order.svg (sequence, svg)\n")
    assert (tree / "order.svg").read_text().startswith("<?xml")


def test_no_such_workflow(run: Run) -> None:
    done = run("workflow", "POST /order")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "flowmap: no workflow starts with 'POST /order'. Near names: POST /orders\n"
    assert run("workflow", "POST /orders", "-o", "order.txt").exit_code == 2


@pytest.mark.parametrize("width", [40, 80, 140])
def test_it_fits(run: Run, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = run("workflow", "tickets", SAMPLES / "support_tickets").stdout
    assert "STYLE  hybrid" in shown


@pytest.mark.parametrize(
    ("sample", "name", "said"),
    [
        (
            "support_tickets",
            "tickets",
            (
                "STYLE hybrid",
                "orchestrated by tickets it waits for validation, assignment, notification",
                "choreographed tickets, quality, billing, survey react to one another:",
                "front controller: tickets it starts it and listens to customer.billed",
            ),
        ),
        ("support_tickets", "POST /tickets", ("STYLE hybrid", "orchestrated by tickets it waits for validation, assignment")),
        (
            "order_choreography",
            "POST /orders",
            ("STYLE choreography", "front controller: orders", "inventory undoes: payment.declined → inventory.released"),
        ),
        (
            "checkout_chain/before",
            "POST /checkout",
            (
                "STYLE chain of calls",
                "called one waits for the next, and nobody directs: checkout → pricing,",
                "4 hops at most: checkout ⇒ pricing ⇒ promotions ⇒ loyalty ⇒ customers",
            ),
        ),
        ("checkout_chain/after", "POST /checkout", ("STYLE hybrid", "choreographed checkout, loyalty, pricing react")),
        ("frameworks/temporalio", "POST /orders/{}", ("STYLE orchestration", "orchestrated by fulfilment an engine carries out")),
        ("frameworks/aws_sam", "POST /repairs", ("STYLE hybrid", "orchestrated by workshop an engine carries out its plan of 3")),
    ],
)
def test_samples(run: Run, monkeypatch: pytest.MonkeyPatch, sample: str, name: str, said: tuple[str, ...]) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = " ".join(run("workflow", name, SAMPLES / sample).stdout.split())
    for sentence in said:
        assert sentence in shown


CANVAS = """\
from celery import Celery, chain, group
from flask import Flask

celery = Celery("films")
web = Flask(__name__)


@celery.task
def fetch(url): ...


@celery.task
def cut(path): ...


@web.post("/films")
def film():
    {body}
    return "", 202
"""


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ('chain(fetch.s("x"), cut.s()).delay()', "orchestration"),
        ('(fetch.s("x") | cut.si(1)).apply_async()', "orchestration"),
        ('group(fetch.s("x"), celery.signature("app.cut")).delay()', "orchestration"),
        ('fetch.apply_async(("x",), link=cut.s())', "within one service"),
        ('fetch.delay("x"); cut.delay("y")', "within one service"),
        ('fetch.s("x").delay()', "within one service"),
    ],
)
def test_a_canvas_is_a_plan(run: Run, tree: Path, body: str, style: str) -> None:
    (tree / "films").mkdir()
    (tree / "films" / "app.py").write_text(CANVAS.format(body=body))
    told = run("workflow", "POST /films", "films").stdout
    assert f"STYLE  {style}\n" in told
