"""flowmap from Python, and as a fixture of pytest: over a bundled sample, as the documentation shows it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import flowmap
import pytest
from flowmap.errors import BaselineError, ConfigError, PathError

SAMPLE = Path(__file__).parents[3] / "samples" / "order_choreography"
pytest_plugins = ["pytester"]


@pytest.fixture(scope="module")
def report() -> flowmap.Report:
    """The report of the order choreography."""
    return flowmap.analyse(SAMPLE)


@pytest.mark.parametrize(
    ("source", "target", "kind", "channels", "expected"),
    [
        ("payment", "*", "sync", [], ["payment external:api.stripe.com None"]),
        ("payment", "api.stripe.com", "any", [], ["payment external:api.stripe.com None"]),
        ("shipping", "orders", "async", [], ["shipping orders shipment.created", "shipping orders shipment.split"]),
        ("*", "shipping", "any", ["payment.*"], ["payment shipping payment.authorized"]),
        ("ship*", "order?", "any", ["*.split"], ["shipping orders shipment.split"]),
        ("orders", "shipping", "any", [], []),
        ("shipping", "orders", "sync", [], []),
        ("nobody", "*", "any", [], []),
    ],
)
def test_edges(source: str, target: str, kind: str, channels: list[str], expected: list[str], report: flowmap.Report) -> None:
    found = report.edges(source, target, kind=kind, channels=channels)  # type: ignore[arg-type]
    assert [f"{e.source} {e.target} {e.channel}" for e in found] == expected


def test_the_parts_of_a_report(report: flowmap.Report) -> None:
    assert [s.name for s in report.services] == ["inventory", "notification", "orders", "payment", "shipping"]
    assert {f.code for f in report.findings} >= {"E201", "T301"}
    assert report.blind_spots == ()
    assert report.chains == ()
    assert report.diagnostics == ()
    assert len(report.interactions) > 10
    assert json.loads(report.to_json())["schema"] == "flowmap/1"


def test_paths(report: flowmap.Report) -> None:
    assert [e.channel for e in report.path("orders", "payment")] == ["order.placed", "inventory.reserved"]
    assert report.path("orders", "api.stripe.com", kind="sync") == ()
    assert report.path("notification", "orders") == ()


def test_what_may_be_passes(report: flowmap.Report) -> None:
    report.assert_no_edge("orders", "shipping")
    report.assert_no_edge("shipping", "orders", kind="sync")
    report.assert_no_edge("orders", "api.stripe.com", kind="sync", indirect=True)
    report.assert_edge("shipping", "orders", channels=["shipment.*"])


def test_what_may_not_be_fails_with_the_proof(report: flowmap.Report) -> None:
    with pytest.raises(AssertionError) as failed:
        report.assert_no_edge("payment", "notification")
    assert str(failed.value).splitlines() == [
        "payment reaches notification:",
        "  payment/payment/worker.py:36  payment publishes send-confirmation-email",
        "  payment/payment/bus.py:20  aiokafka call",
        "  notification/notification/app.py:36  notification listens to send-confirmation-email",
    ]
    with pytest.raises(AssertionError, match=r"orders reaches payment:\n.*order.placed(?s:.*)inventory.reserved"):
        report.assert_no_edge("orders", "payment", indirect=True)
    with pytest.raises(AssertionError, match=r"there is no sync edge from shipping to orders$"):
        report.assert_edge("shipping", "orders", kind="sync")


def test_an_assertion_about_nobody_fails(report: flowmap.Report) -> None:
    with pytest.raises(AssertionError, match=r"this cannot fail: nothing is called billing; there are .*inventory"):
        report.assert_no_edge("billing", "orders")


def test_the_gate(report: flowmap.Report) -> None:
    gate = report.check()
    assert ([f.code for f in gate.failing], gate.passed) == (["E201", "T301"], False)
    assert report.check(fail_on="error").passed
    report.assert_passes(fail_on="error")
    with pytest.raises(AssertionError, match=r"flowmap check fails:\n.*E201 SendConfirmationEmail"):
        report.assert_passes()
    with pytest.raises(ValueError, match="fatal"):
        report.check(fail_on="fatal")


def test_several_repositories_are_one_system() -> None:
    repositories = sorted(p for p in (SAMPLE.parent / "several_repositories").glob("*/*") if p.is_dir())
    first = [p for p in repositories if p.parent == repositories[0].parent]
    assert len(flowmap.analyse(*first).services) >= len(first)


def test_failures_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(PathError):
        flowmap.analyse(tmp_path / "nowhere")
    with pytest.raises(BaselineError):
        flowmap.analyse(SAMPLE, baseline=tmp_path / "gone.json")
    (tmp_path / "wrong.toml").write_text("contract = 1")
    with pytest.raises(ConfigError, match="did you mean 'contracts'"):
        flowmap.analyse(SAMPLE, config=tmp_path / "wrong.toml")


def test_nothing_else_is_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        flowmap.analyze  # type: ignore[attr-defined] # noqa: B018


def test_the_name_alone_loads_nothing() -> None:
    code = "import flowmap, sys; print(sorted(m for m in sys.modules if m.startswith(('flowmap.', 'libcst', 'networkx'))))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"  # noqa: S603


PASSING = 'def test_it(flowmap):\n    flowmap.assert_no_edge("orders", "stock", kind="async")\n'
FAILING = 'def test_it(flowmap):\n    flowmap.assert_no_edge("orders", "stock", kind="sync")\n'
SHOP = {
    "orders/app.py": "import requests\n\n\ndef order():\n    requests.get('http://stock:8000/x', timeout=1)\n\n\norder()\n",
    "stock/app.py": "from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route('/x')\ndef x():\n    return {}\n",
    "docker-compose.yml": """\
services:
  orders: {build: orders, command: python app.py}
  stock: {build: stock, command: flask --app app run}
""",
}


@pytest.mark.parametrize(
    ("ini", "test", "outcome", "said"),
    [
        ("", PASSING, {"passed": 1}, ""),
        ("", FAILING, {"failed": 1}, "orders waits for stock: GET /x"),
        ("flowmap_paths = nowhere", PASSING, {"errors": 1}, "nowhere"),
        ("flowmap_config = wrong.toml", PASSING, {"errors": 1}, "wrong.toml: cannot be read"),
    ],
)
def test_the_fixture(ini: str, test: str, outcome: dict[str, int], said: str, pytester: pytest.Pytester) -> None:
    for name, text in SHOP.items():
        (pytester.path / name).parent.mkdir(exist_ok=True)
        (pytester.path / name).write_text(text)
    pytester.makeini(f"[pytest]\n{ini}\n")
    pytester.makepyfile(test_architecture=test)
    done = pytester.runpytest_subprocess("-p", "no:xdist", "-p", "no:cacheprovider")
    done.assert_outcomes(**outcome)
    assert said in done.stdout.str()
