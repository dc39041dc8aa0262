"""`--facts`: what somebody outside the scan does, said by a document that is given."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tinyshop import Run

ARCHIVE = (
    "asyncapi: 3.0.0\ninfo: {title: Archive}\nservers: {s: {protocol: kafka}}\nchannels: {i: {address: invoice-sent}}\n"
    "operations:\n  keep: {action: receive, channel: {$ref: '#/channels/i'}}\n"
)


@pytest.fixture
def document(tree: Path) -> Path:
    """A document beside the small system."""
    (tree.parent / "archive.yaml").write_text(ARCHIVE)
    return tree.parent / "archive.yaml"


def test_a_document_is_believed(run: Run, document: Path) -> None:
    done = run("scan", "--facts", document)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "billing  →  invoice-sent  →  archive (outside)" in done.stdout
    assert "T301" not in done.stdout
    assert "T301" in run("scan").stdout


def test_the_report_keeps_to_its_schema(run: Run, document: Path) -> None:
    report = json.loads(run("scan", "-f", "json", "--facts", document).stdout)
    jsonschema.validate(report, json.loads(run("schema").stdout))
    stated = next(i for i in report["outside"] if i["service"] == "external:archive")
    folder = document.parent.name
    assert (stated["role"], stated["channel"], stated["function"]) == ("subscribe", "invoice-sent", "keep")
    assert (stated["location"]["path"], stated["location"]["line"]) == (f"<facts>/{folder}/archive.yaml", 6)
    assert ("billing", "external:archive") in {(e["source"], e["target"]) for e in report["edges"]}
    assert [s["name"] for s in report["services"]] == ["billing", "orders", "stock"]


def test_a_listing_of_the_broker_is_believed(run: Run, tree: Path) -> None:
    given = tree.parent / "given"
    given.mkdir()
    (given / "topics.txt").write_text("order-placed\ninvoice-send\n")
    said = "none of the 2 channels that are made or listed has that name, the nearest is invoice-send"
    assert said in " ".join(run("scan", "--facts", given).stdout.split())
    report = json.loads(run("scan", "-f", "json", "--facts", given / "topics.txt").stdout)
    jsonschema.validate(report, json.loads(run("schema").stdout))
    made = [(e["transport"], e["channel"], e["location"]["path"]) for e in report["wiring"]["existing"]]
    assert made == [("kafka", name, "<facts>/given/topics.txt") for name in ("order-placed", "invoice-send")]


def test_other_questions_are_answered_with_it(run: Run, document: Path) -> None:
    assert "archive (outside)" in run("who", "invoice-sent", "--facts", document).stdout
    assert "archive (outside) reacts in keep" in run("trace", "invoice-sent", "--facts", document).stdout
    assert run("diagram", "--facts", document, "-o", "-", "-f", "mermaid").stdout.count("archive") >= 1


def test_what_is_not_there_is_an_error(run: Run) -> None:
    done = run("scan", "--facts", "nowhere.yaml")
    assert done.exit_code == 2
    assert "The facts nowhere.yaml do not exist" in done.stderr


def test_the_configuration_gives_them_too(run: Run, tree: Path, document: Path) -> None:
    document.rename(tree / "archive.yaml")
    (tree / "flowmap.toml").write_text("facts = ['archive.yaml']\n")
    assert "archive (outside)" in run("scan").stdout
