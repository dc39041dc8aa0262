"""Several repositories on the command line: scanned together, or their reports merged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tinyshop import Run

REPOSITORIES = Path(__file__).resolve().parents[3] / "samples" / "several_repositories" / "parcels"
NAMES = ("depot", "courier", "topology")


@pytest.fixture
def reports(run: Run, tree: Path) -> list[Path]:
    """The reports of the repositories, each made by itself."""
    files = [tree / f"{name}.json" for name in NAMES]
    for name, file in zip(NAMES, files, strict=True):
        assert run("scan", REPOSITORIES / name, "-q", "-o", f"json={file}").exit_code == 0
    return files


def test_a_merged_system_can_be_asked_like_a_scanned_one(run: Run, reports: list[Path], tree: Path) -> None:
    whole = [REPOSITORIES / name for name in NAMES]
    assert run("merge", *reports, "-o", tree / "system.json").output == f"wrote {tree}/system.json (json)\n"
    assert json.loads(run("scan", *whole, "-f", "json").stdout) == json.loads((tree / "system.json").read_text())
    for question in (("who", "parcel.arrived"), ("trace", "POST /parcels"), ("diagram",)):
        assert run(*question, tree / "system.json").stdout == run(*question, *whole).stdout != ""


def test_what_connectors_do_is_merged_too(run: Run, tree: Path) -> None:
    sends = "from kafka import KafkaProducer\nKafkaProducer().send('order.placed', b'')\n"
    options = {"connector.class": "x.SearchSinkConnector", "topics": "order.placed,order.gone"}
    files = {"shop/app.py": sends, "search/app.py": sends.replace("placed", "found"), "search/sink.json": json.dumps(options)}
    for name, text in files.items():
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_text(text)
    for name in ("shop", "search"):
        assert run("scan", tree / name, "-q", "-o", f"json={tree}/{name}.json").exit_code == 0
    merged = json.loads(run("merge", tree / "shop.json", tree / "search.json").stdout)
    assert merged == json.loads(run("scan", tree / "shop", tree / "search", "-f", "json").stdout)
    assert [(i["service"], i["channel"]) for i in merged["outside"]] == [
        ("external:SearchSinkConnector", "order.gone"),
        ("external:SearchSinkConnector", "order.placed"),
    ]
    assert (merged["stats"]["interactions"], merged["stats"]["resolved"]) == (2, 2)
    assert [i["service"] for i in merged["interactions"]] == ["search", "shop"]


def test_a_line_of_one_repository_is_explained(run: Run) -> None:
    answer = run("scan", *(REPOSITORIES / name for name in NAMES), "--explain-site", "courier/courier/round.py:26")
    assert (answer.exit_code, "courier.parcels" in answer.stdout) == (0, True)


def test_reports_merge_to_standard_output(run: Run, reports: list[Path]) -> None:
    answer = json.loads(run("merge", *reports).stdout)
    assert (answer["name"], [s["name"] for s in answer["services"]]) == (
        "depot, courier, topology",
        ["courier", "depot", "topology"],
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read (No such file or directory)"),
        ("", "is no report of this flowmap"),
        ("[]", "is no report of this flowmap"),
        ('{"schema": "flowmap/9"}', "is no report of this flowmap (schema: "),
        (
            '{"schema": "flowmap/1"}',
            "is no report of this flowmap (tool: Field required); make it with `flowmap scan -o json=FILE`",
        ),
    ],
)
def test_what_is_no_report_is_refused(run: Run, tree: Path, content: str | None, why: str) -> None:
    if content is not None:
        (tree / "odd.json").write_text(content)
    answer = run("merge", "odd.json")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert f"flowmap: odd.json {why}" in answer.stderr


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "odd.json does not say of what it is a report ('name' is empty)"),
        ({"stats": {"files": -1}}, "(stats.files: Input should be greater than or equal to 0)"),
        ({"stats": {"lines": -1}}, "(stats.lines: Input should be greater than or equal to 0)"),
    ],
)
def test_a_report_that_nobody_wrote_is_refused(run: Run, reports: list[Path], tree: Path, change: dict[str, Any], why: str) -> None:
    report = json.loads(reports[0].read_text())
    for key, value in change.items():
        report[key] = {**report[key], **value} if isinstance(value, dict) else value
    (tree / "odd.json").write_text(json.dumps(report))
    answer = run("merge", "odd.json")
    assert (answer.exit_code, answer.stdout, why in answer.stderr) == (2, "", True)


def test_a_repository_counts_once(run: Run, reports: list[Path]) -> None:
    answer = run("merge", reports[0], reports[0])
    assert (answer.exit_code, "Two of the scans are of 'depot'" in answer.stderr) == (2, True)


def test_a_report_explains_no_line(run: Run, reports: list[Path]) -> None:
    answer = run("scan", reports[0], "--explain-site", "depot/api.py:20")
    assert (answer.exit_code, "folders" in answer.stderr) == (2, True)


def test_the_configuration_of_the_current_folder_is_said_once(run: Run, tree: Path) -> None:
    wrapper = '[[wrappers]]\ntarget = "nowhere.send"\nrole = "publish"\ntransport = "kafka"\ntopic = 0\n'
    (tree / "flowmap.toml").write_text(f'[[services]]\nname = "stated"\nroot = "."\n{wrapper}')
    for paths, root in ((["."], "."), ([".", REPOSITORIES / "depot"], tree.name)):
        answer = json.loads(run("scan", *paths, "-f", "json", "-q").stdout)
        assert [s["root"] for s in answer["services"] if s["name"] == "stated"] == [root]
        assert len([d for d in answer["diagnostics"] if "nowhere.send" in d["message"]]) == 1


def test_comments_in_the_code_go_with_the_report(run: Run, tree: Path) -> None:
    orphan = tree / "billing" / "worker.py"
    orphan.write_text(orphan.read_text().replace("{})\n", "{})  # flowmap: ignore[T301, C101] -- for the ledger\n"))
    for name in ("orders", "billing"):
        assert run("scan", name, "-q", "-o", f"json={name}.json").exit_code == 0
    alone = json.loads((tree / "orders.json").read_text())
    whole, merged = json.loads(run("scan", "orders", "billing", "-f", "json").stdout), run("merge", "orders.json", "billing.json")
    assert json.loads(merged.stdout) == whole
    assert [(s["finding"]["subject"], s["reason"]) for s in whole["suppressed"]] == [("invoice-sent", "for the ledger")]
    assert [f["message"] for f in whole["findings"]] == ["`ignore[C101]` sets no finding apart"]
    assert [s["location"]["path"] for s in whole["suppressions"]] == ["billing/worker.py"]
    assert [f["subject"] for f in alone["findings"]] == ["order-placed"]
