"""`flowmap check` and `flowmap baseline`: what fails, with which exit code, and what is said."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tinyshop import Run

CONTRACT = """\
[[contracts]]
type = "forbidden"
name = "stock is told, not asked"
reason = "orders must work while stock is down"
owner = "team-orders"
from = ["orders"]
to = ["stock"]
"""
BUDGET = """\
[[contracts]]
type = "budget"
name = "short chains"
reason = "they add up"
hops = {}
"""


def _configure(tree: Path, text: str) -> None:
    (tree / "flowmap.toml").write_text(text)


@pytest.mark.parametrize(
    ("arguments", "code", "last"),
    [
        ([], 1, "failed: 1 warning"),
        (["--ignore", "T301"], 0, "passed: nothing new"),
        (["--select", "T301"], 1, "failed: 1 warning"),
        (["--select", "C"], 0, "passed: nothing new; 1 below the bar"),
        (["--select", "C", "--extend-select", "T301"], 1, "failed: 1 warning; 1 below the bar"),
        (["--extend-select", "E208", "--fail-on", "error"], 0, "passed: nothing new; 2 below the bar"),
        (["--extend-select", "E208", "--fail-on", "advice"], 1, "failed: 1 warning, 1 advice"),
        (["--fail-on", "error"], 0, "passed: nothing new; 1 below the bar"),
        (["--min-confidence", "certain"], 1, "failed: 1 warning"),
    ],
)
def test_what_fails(arguments: list[str], code: int, last: str, run: Run) -> None:
    done = run("check", *arguments)
    assert (done.exit_code, done.stderr) == (code, "")
    assert done.stdout.splitlines()[-1] == last


def test_what_fails_is_shown_with_its_place(run: Run) -> None:
    shown = run("check", "--select", "T301").stdout
    assert "billing publishes invoice-sent, and nothing in the scan listens to it" in shown
    assert "billing/worker.py:8" in shown
    concise = run("check", "--select", "T301", "-f", "concise").stdout.splitlines()
    assert concise[0].startswith("billing/worker.py:8:9: T301 billing publishes invoice-sent")


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (CONTRACT, 1, "orders waits for stock (contract 'stock is told, not asked', flowmap.toml:1)"),
        (CONTRACT.replace('to = ["stock"]', 'to = ["billing"]\nkind = "sync"'), 0, "passed: nothing new"),
        (BUDGET.format(1), 0, "passed: nothing new"),
        (BUDGET.format(0), 1, "the longest chain has 1 hop: orders → stock; 0 is the budget (contract 'short chains'"),
    ],
)
def test_contracts(text: str, code: int, said: str, run: Run, tree: Path) -> None:
    _configure(tree, text)
    done = run("check", "--select", "A")
    assert (done.exit_code, done.stderr) == (code, "")
    assert said in " ".join(done.stdout.split())


def test_a_contract_about_nobody_is_no_clean_gate(run: Run, tree: Path) -> None:
    _configure(tree, CONTRACT.replace('to = ["stock"]', 'to = ["stok"]'))
    done = run("check", "--select", "A")
    assert done.exit_code == 2
    assert "the contract 'stock is told, not asked' names 'stok'" in done.stderr
    assert "did you mean 'stock'?" in done.stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[severity]\nT301 = "error"', 1),
        ('[severity]\norphaned-event = "advice"', 0),
        ('[severity]\nT = "advice"\nT301 = "error"', 1),
        ('[[overrides]]\nservices = ["billing"]\nignore = ["T301"]', 0),
        ('[[overrides]]\nservices = ["orders"]\nignore = ["T301"]', 1),
        ('[[overrides]]\npaths = ["billing/**"]\nseverity = {T301 = "advice"}', 0),
        ('[[overrides]]\npaths = ["orders/**"]\nseverity = {T301 = "advice"}', 1),
        ('[[overrides]]\nignore = ["T"]\n[[overrides]]\npaths = ["billing/"]\nselect = ["T301"]', 1),
        ('select = ["C"]', 0),
        ('select = ["C"]\nextend-select = ["T301"]', 1),
        ('select = ["C"]\n[[overrides]]\nservices = ["bill*"]\nselect = ["T301"]', 1),
        ('select = ["C"]\n[[overrides]]\nservices = ["stock"]\nselect = ["T301"]', 0),
        ('[check]\nfail-on = "error"', 0),
        ('[check]\nfail-on = "advice"\n[[ignore]]\nrules = ["T301"]\nreason = "known"', 0),
        ('[check]\nfail-on = "advice"\n[[ignore]]\nrules = ["T302"]\nreason = "known"', 1),
    ],
)
def test_the_configuration_of_rules(text: str, code: int, run: Run, tree: Path) -> None:
    _configure(tree, text)
    done = run("check", "--quiet")
    assert (done.exit_code, done.stderr) == (code, "")
    assert bool(done.stdout) is bool(code)


def test_the_command_line_comes_before_the_configuration(run: Run, tree: Path) -> None:
    somewhere = '[[overrides]]\nservices = ["billing"]\nselect = ["T301"]\n'
    _configure(tree, f'{somewhere}[check]\nfail-on = "error"\nmin-confidence = "certain"')
    assert run("check", "--select", "C106", "--fail-on", "advice").exit_code == 0
    assert run("check", "--fail-on", "warning", "--min-confidence", "derived").exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[severity]\nT999 = "error"', "flowmap.toml:2: 'severity.T999' names no rule"),
        ('[severity]\nT301 = "fatal"', "flowmap.toml:2: 'severity.T301' should be 'error', 'warning' or 'advice'."),
        ('[[overrides]]\nselect = ["orphand-event"]', "did you mean 'orphaned-event'?"),
        ('[[overrides]]\nservice = ["a"]', "unknown key 'overrides[0].service'; did you mean 'services'?"),
        ('[check]\nfail-onn = "error"', "flowmap.toml:2: unknown key 'check.fail-onn'; did you mean 'fail-on'?"),
        ('[check]\nbaseline = "gone.json"', "gone.json: the baseline cannot be read"),
        ('extend-select = ["X1"]', "'extend-select[0]' names no rule"),
        (CONTRACT + CONTRACT, "flowmap.toml:10: 'contracts[1].name' has the name of an earlier one."),
    ],
)
def test_a_wrong_configuration_is_exit_code_two(text: str, said: str, run: Run, tree: Path) -> None:
    _configure(tree, text)
    done = run("check")
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_statistics(run: Run) -> None:
    done = run("check", "--statistics")
    assert done.exit_code == 1
    rows = [line.split() for line in done.stdout.splitlines()]
    assert rows[0] == ["failing", "known", "below"]
    assert rows[1] == ["1", "-", "-", "T301", "orphaned-event"]
    assert run("check", "--statistics", "-f", "json").exit_code == 2
    assert run("check", "--statistics", "--select", "C101").stdout == ""


def test_nothing_is_a_pass_by_accident(run: Run, tree: Path) -> None:
    assert run("check", "nowhere").exit_code == 2
    assert run("check", "--baseline", "gone.json").exit_code == 2
    (tree / "broken.json").write_text("{")
    assert run("check", "--baseline", "broken.json").exit_code == 2
    (tree / "orders" / "app.py").write_text("def (")
    assert run("check", "--select", "C106").exit_code == 0
    assert run("check", "--select", "C106", "--strict").exit_code == 2


def test_a_baseline_lets_pass_what_is_known_and_goes_stale(run: Run, tree: Path) -> None:
    refused = run("baseline")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "in: T301 invoice-sent (billing) is new" in refused.stderr
    assert "say with --reason why they may stay" in refused.stderr
    assert not (tree / "flowmap-baseline.json").exists()

    done = run("baseline", "--reason", "there at the start", "--edges")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "wrote flowmap-baseline.json (1 finding, 5 new, 0 gone)" in done.stderr
    entries = json.loads((tree / "flowmap-baseline.json").read_text())["findings"]
    assert entries == [
        {"rule": "T301", "subject": "invoice-sent", "services": ["billing"], "count": 1, "reason": "there at the start"}
    ]
    passed = run("check", "--baseline", "flowmap-baseline.json")
    assert (passed.exit_code, passed.stdout) == (0, "passed: nothing new; 1 known\n")

    worker = tree / "billing" / "worker.py"
    worker.write_text(worker.read_text().replace("producer.send", "# producer.send").replace("# producer", "print"))
    stale = run("check", "--baseline", "flowmap-baseline.json")
    assert stale.exit_code == 1
    assert "T301 invoice-sent (billing) is gone" in stale.stdout
    assert run("baseline", "-q").exit_code == 0
    assert run("check", "--baseline", "flowmap-baseline.json").exit_code == 0


def test_a_run_of_some_rules_says_nothing_about_the_others(run: Run, tree: Path) -> None:
    assert run("baseline", "--reason", "x", "--edges", "-q").exit_code == 0
    before = (tree / "flowmap-baseline.json").read_text()
    check = ("check", "--baseline", "flowmap-baseline.json")
    for arguments in (["--select", "C"], ["--ignore", "T"], ["--select", "A"]):
        assert "is gone" not in run(*check, *arguments).stdout
        assert run(*check, *arguments).exit_code == 0
        assert run("baseline", "-q", *arguments).exit_code == 0
        assert (tree / "flowmap-baseline.json").read_text() == before
    # what the configuration does not ask for is known in vain
    _configure(tree, 'ignore = ["T301"]')
    assert "T301 invoice-sent (billing) is gone" in run(*check).stdout


def test_a_budget_is_raised_where_it_is_written(run: Run, tree: Path) -> None:
    _configure(tree, BUDGET.format(0))
    assert run("baseline", "--reason", "x", "-q").exit_code == 0
    path = tree / "flowmap-baseline.json"
    assert {f["rule"] for f in json.loads(path.read_text())["findings"]} == {"T301"}
    assert run("check", "--baseline", str(path), "-f", "concise").stdout.startswith("orders/app.py")
    entry = {"rule": "A504", "subject": "hops of the system", "services": ["orders", "stock"], "reason": "x"}
    path.write_text(json.dumps({"findings": [entry]}))
    assert "A504 hops of the system (orders, stock) is gone" in run("check", "--baseline", str(path)).stdout


def test_the_configured_baseline_lies_beside_the_configuration(run: Run, tree: Path) -> None:
    _configure(tree, '[check]\nbaseline = "known.json"')
    assert run("baseline", "--reason", "x", "-q").exit_code == 0
    assert (tree / "known.json").exists()
    assert run("check").exit_code == 0


def test_moving_renaming_and_reformatting_changes_nothing(run: Run, tree: Path) -> None:
    assert run("baseline", "--reason", "x", "--edges", "-q", "--fail-on", "advice").exit_code == 0
    before = (tree / "flowmap-baseline.json").read_text()
    for name in ("orders/app.py", "billing/worker.py"):
        path = tree / name
        path.write_text("# moved\n\n\n" + path.read_text().replace('"id"', "'id'").replace("    ", "        "))
    (tree / "billing" / "worker.py").rename(tree / "billing" / "reacting.py")
    compose = tree / "docker-compose.yml"
    compose.write_text(compose.read_text().replace("worker.py", "reacting.py"))
    assert run("check", "--baseline", "flowmap-baseline.json", "--fail-on", "advice").exit_code == 0
    assert run("baseline", "-q", "--fail-on", "advice").exit_code == 0
    assert (tree / "flowmap-baseline.json").read_text() == before


def test_a_new_edge_fails_where_edges_are_listed(run: Run, tree: Path) -> None:
    assert run("baseline", "--reason", "x", "--edges", "-q").exit_code == 0
    app = tree / "stock" / "app.py"
    app.write_text(
        app.read_text() + '\n\nimport requests\n\n\n@app.route("/more")\ndef more():\n'
        '    return requests.post("http://orders:8000/orders", timeout=1).json()\n'
    )
    done = run("check", "--baseline", "flowmap-baseline.json", "-f", "concise")
    assert done.exit_code == 1
    assert "A505 stock waits for orders, which is not in the baseline" in done.stdout
    assert "baseline hops" not in done.stdout
    grown = run("baseline")
    assert "in: stock waits for orders is new" in grown.stderr


def test_the_json_report_has_the_verdict(run: Run) -> None:
    done = run("check", "-f", "json", "--extend-select", "E208")
    report = json.loads(done.stdout)
    jsonschema.validate(report, json.loads(run("schema").stdout))
    prints = {f["code"]: f["fingerprint"] for f in report["findings"]}
    assert report["gate"] == {
        "passed": False,
        "fail_on": "warning",
        "min_confidence": "derived",
        "failing": [prints["T301"]],
        "known": [],
        "below": [prints["E208"]],
        "stale": [],
    }
    assert json.loads(run("scan", "-f", "json").stdout)["gate"] is None


def test_reports_are_checked_like_folders(run: Run) -> None:
    assert run("scan", "-q", "-o", "json=flow.json").exit_code == 0
    assert run("check", "flow.json").exit_code == 1
    assert run("baseline", "flow.json", "--reason", "x", "-q").exit_code == 0
    assert run("check", "flow.json", "--baseline", "flowmap-baseline.json").exit_code == 0


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("concise", "{}/billing/worker.py:8:9: T301"),
        ("github", "file={}/billing/worker.py,line=8"),
        ("gitlab", '"path": "{}/billing/worker.py"'),
        ("sarif", '"uri": "{}/billing/worker.py"'),
        ("checkstyle", '<file name="{}/billing/worker.py">'),
        ("markdown", "{}/billing/worker.py:8"),
    ],
)
def test_what_is_opened_is_named_from_the_current_folder(
    form: str, place: str, run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.replace("{}/", "") in run("check", "-f", form).stdout
    monkeypatch.chdir(tree.parent)
    assert place.format(tree.name) in run("check", tree.name, "-f", form).stdout
    assert ': "billing/worker.py"' in run("check", tree.name, "-f", "json").stdout


def test_what_one_repository_says_of_the_check_does_not_count_for_several(run: Run, tree: Path) -> None:
    (tree / "orders" / "flowmap.toml").write_text(f'[check]\nfail-on = "error"\n{CONTRACT}')
    (tree / "billing" / "flowmap.toml").write_text('exclude = ["old"]')
    done = run("check", "orders", "billing")
    assert "orders/flowmap.toml: check, contracts of one repository do not count for several" in done.stderr
    assert "billing/flowmap.toml" not in done.stderr
    assert run("check", "orders", "billing", "-q").stderr == ""
    assert run("check", "orders", "billing", "--config", "orders/flowmap.toml", "--select", "C").stderr == ""
