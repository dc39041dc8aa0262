"""`flowmap diff`: a pull request from its first line to its revert, and every way in which two sides can be given."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
from histories import commit, git
from tinyshop import FILES, Run

SENDS = 'producer.send("order-placed", {"id": 1})'
BOTH = 'producer.send("order-placed", {"id": 1, "total": 2.5})'
READS = FILES["billing/worker.py"].replace(
    '        producer.send("invoice-sent", {})',
    '        order = json.loads(message.value)\n        producer.send("invoice-sent", {"sum": order["total"]})',
)
SHOP = FILES | {
    "orders/app.py": FILES["orders/app.py"].replace(SENDS, BOTH),
    "billing/worker.py": f"import json\n{READS}",
}
WAITS = '    requests.post("http://billing:8000/invoices", timeout=2)\n    return {}'


@pytest.fixture
def shop(tree: Path) -> Path:
    """The small system with a history: billing reads the total, and main is what everybody has."""
    commit(tree, SHOP)
    git(tree, "checkout", "-q", "-b", "feature")
    return tree


def _edit(root: Path, name: str, *changes: tuple[str, str]) -> None:
    text = (root / name).read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / name).write_text(text)


def _state(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file() and "cache" not in p.parts}


def test_a_pull_request_from_its_first_line_to_its_revert(run: Run, shop: Path) -> None:
    assert run("baseline", "-q", "--edges", "--reason", "there when the gate was put up").exit_code == 0
    commit(shop, message="know what is there")
    assert run("check", "-q", "--baseline", "flowmap-baseline.json").exit_code == 0
    assert run("diff", "main...").stdout == ""

    _edit(shop, "orders/app.py", (', "total": 2.5', ""), ("    return {}", WAITS))
    commit(shop, message="wait for the invoice")
    told = json.loads(run("diff", "main...feature", "-f", "json", "--fail-on-breaking").stdout)
    assert [(b["kind"], b["sure"], b["subject"], b["services"], b["kept_by"]) for b in told["breaking"]] == [
        ("field-gone", True, "order-placed: total", ["billing"], ["orders"])
    ]
    edges = [(e["how"], e["kind"], e["source"], e["target"], e["operations"]["added"]) for e in told["edges"]]
    assert edges == [("added", "coordination", "orders", "billing", ["POST /invoices"])]
    assert [(f["how"], f["side"], f["name"]) for f in told["fields"]] == [("removed", "set", "total")]
    assert [told[k] for k in ("services", "channels", "endpoints", "blind_spots", "remarks")] == [[]] * 5
    assert {(f["how"], f["code"]) for f in told["findings"]} == {("added", "E207")}
    assert run("diff", "main", "--fail-on-breaking").exit_code == 1
    gate = run("check", "--baseline", "flowmap-baseline.json", "--statistics")
    assert gate.exit_code == 1
    assert {code: number for number, code in re.findall(r"^\s+(\d+)\s+\S+\s+\S+\s+([A-Z]\d+)", gate.stdout, re.MULTILINE)} == {
        "A504": "1",  # the fan-out of the system, which the baseline holds where it was
        "A505": "1",
        "E207": "1",
    }

    git(shop, "revert", "--no-edit", "HEAD")
    again = run("diff", "main...feature", "--exit-code")
    assert (again.exit_code, again.output) == (0, "")
    assert run("check", "-q", "--baseline", "flowmap-baseline.json").output == ""


def test_moved_and_reformatted_code_changes_nothing(run: Run, shop: Path) -> None:
    run("baseline", "-q", "--edges", "--reason", "there")
    (shop / "orders/app.py").rename(shop / "orders/shop.py")
    _edit(
        shop,
        "docker-compose.yml",
        ("{build: orders, command: flask --app app run}", "{build: orders, command: flask --app shop run}"),
    )
    _edit(shop, "orders/shop.py", ("app = Flask", "# a line\n\n\napp = Flask"), (BOTH, BOTH.replace('{"id"', '{\n        "id"')))
    _edit(shop, "billing/worker.py", ("\n\ndef main", "\nKEPT = 1\n\n\ndef main"))
    for arguments in (("diff", "main", "--exit-code"), ("check", "-q", "--baseline", "flowmap-baseline.json")):
        assert (run(*arguments).exit_code, run(*arguments).stdout) == (0, "")


def test_nothing_of_the_repository_is_touched(run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    _edit(shop, "orders/app.py", ("    return {}", WAITS))
    before, others = _state(shop), sorted(p.name for p in tmp_path.iterdir())
    assert run("diff", "main", "-q").exit_code == 0
    assert run("diff", "gone", "-q").exit_code == 2
    (shop / "flowmap.toml").write_text("nonsense = 1\n")
    assert run("diff", "main").exit_code == 2
    (shop / "flowmap.toml").unlink()
    assert _state(shop) == before
    assert sorted({*(p.name for p in tmp_path.iterdir())} - {"cache"}) == sorted({*others} - {"cache"})


def test_hooks_filters_and_configuration_are_not_obeyed(run: Run, shop: Path) -> None:
    mark = shop.parent / "ran"
    (shop / ".gitattributes").write_text("*.py filter=evil\n")
    commands = {"filter.evil.smudge": "", "core.fsmonitor": "", "core.hooksPath": str(shop)}
    for key, value in commands.items():
        git(shop, "config", key, value or f"touch {mark}; cat")
    git(shop, "config", "include.path", str(shop / "missing"))
    (shop / "post-checkout").write_text(f"#!/bin/sh\ntouch {mark}\n")
    (shop / "post-checkout").chmod(0o755)
    assert run("diff", "main", "feature").exit_code == 0
    assert not mark.exists()


SIDES = {
    "the working tree": ("main",),
    "a branch": ("main", "feature"),
    "two dots": ("main..feature",),
    "three dots": ("main...feature",),
    "HEAD": ("main", "HEAD"),
    "a step back": ("HEAD~1", "HEAD"),
    "reports": ("main.json", "feature.json"),
    "a report and a branch": ("main.json", "feature"),
    "a branch and a report": ("main", "feature.json"),
    "a report and the working tree": ("main.json",),
}


@pytest.mark.parametrize("sides", SIDES.values(), ids=SIDES)
def test_every_pair_of_sides_says_the_same(run: Run, shop: Path, sides: tuple[str, ...]) -> None:
    (shop / ".git/info/exclude").write_text("*.json\n")
    assert run("scan", "-q", "-o", "json=main.json").exit_code == 0
    _edit(shop, "orders/app.py", ("    return {}", WAITS))
    commit(shop)
    assert run("scan", "-q", "-o", "json=feature.json").exit_code == 0
    answer = run("diff", *sides, "-f", "json")
    told = json.loads(answer.stdout)
    assert [(e["how"], e["source"], e["target"]) for e in told["edges"]] == [("added", "orders", "billing")]
    assert (told["channels"], told["breaking"], told["name"]) == ([], [], "shop")


@pytest.mark.parametrize("same", [("main", "main"), ("main",), ("main.json", "main.json"), ("main...feature",)])
def test_silence_where_nothing_has_changed(run: Run, shop: Path, same: tuple[str, ...]) -> None:
    (shop / ".git/info/exclude").write_text("*.json\n")
    run("scan", "-q", "-o", "json=main.json")
    for form in ("text", "markdown", "json"):
        answer = run("diff", *same, "--exit-code", "--format", form)
        assert (answer.exit_code, answer.output) == (0, "")


def test_main_moving_on_is_no_change_of_the_branch(run: Run, shop: Path) -> None:
    git(shop, "checkout", "-q", "main")
    _edit(shop, "orders/app.py", ("    return {}", WAITS))
    commit(shop)
    git(shop, "checkout", "-q", "feature")
    assert run("diff", "main...feature").output == ""
    assert "orders ⇒ billing" in run("diff", "main", "feature").stdout


FAILURES = {
    "a missing report": (("gone.json", "main"), "gone.json cannot be read"),
    "a broken report": (("broken.json", "main"), "broken.json is no report of this flowmap"),
    "an unknown revision": (("mian",), "mian: no such revision. Did you mean 'main'?"),
    "an unknown head": (("main", "featur"), "featur: no such revision. Did you mean 'feature'?"),
    "a parent that is not there": (("main~5",), "has no such parent"),
    "a hash of nothing": (("0123456789abcdef",), "no such revision"),
    "no folder": (("main", "--folder", "nowhere"), "nowhere does not exist"),
    "a format": (("main", "-f", "txet"), "no such format. Did you mean text?"),
    "half an output": (("main", "-o", "json"), "write NAME=FILE"),
    "a folder that does not exist": (("main", "-o", "json=nowhere/x"), "does not exist"),
    "one file twice": (("main", "-o", "json=x", "-o", "text=x"), "written twice"),
    "a rule": (("main", "--select", "Z9"), "no such rule"),
}


@pytest.mark.parametrize(("arguments", "said"), FAILURES.values(), ids=FAILURES)
def test_every_failure_is_2(run: Run, shop: Path, arguments: tuple[str, ...], said: str) -> None:
    (shop / "broken.json").write_text("{}")
    answer = run("diff", *arguments)
    assert (answer.exit_code, answer.stdout, said in answer.stderr) == (2, "", True), answer.output


def test_a_folder_of_no_repository(run: Run, tree: Path) -> None:
    answer = run("diff", "main")
    assert (answer.exit_code, "lies in no git repository" in answer.stderr) == (2, True)
    run("scan", "-q", "-o", "json=before.json")
    _edit(tree, "orders/app.py", ("    return {}", WAITS))
    assert "orders ⇒ billing" in run("diff", "before.json").stdout


def test_a_folder_inside_the_repository(run: Run, shop: Path) -> None:
    inner = shop / "systems"
    commit(shop, {f"systems/shop/{name}": text for name, text in SHOP.items()})
    _edit(inner / "shop", "orders/app.py", ("    return {}", WAITS))
    told = json.loads(run("diff", "HEAD", "-C", "systems/shop", "-f", "json").stdout)
    assert (told["name"], [e["target"] for e in told["edges"]]) == ("shop", ["billing"])
    new = json.loads(run("diff", "main", "-C", inner, "-f", "json").stdout)
    assert {s["how"] for s in new["services"]} == {"added"}


def test_a_bare_repository_and_a_further_worktree(run: Run, shop: Path, tmp_path: Path) -> None:
    _edit(shop, "orders/app.py", ("    return {}", WAITS))
    commit(shop)
    git(tmp_path, "clone", "-q", "--bare", str(shop), "shop.git")
    assert "orders ⇒ billing" in run("diff", "main", "feature", "-C", tmp_path / "shop.git").stdout
    answer = run("diff", "main", "-C", tmp_path / "shop.git")
    assert (answer.exit_code, "without a working tree" in answer.stderr) == (2, True)
    git(shop, "worktree", "add", "-q", str(tmp_path / "other"), "main")
    assert (tmp_path / "other/.git").is_file()
    assert "orders ⇒ billing" in run("diff", "HEAD", "feature", "-C", tmp_path / "other").stdout


def test_a_shallow_clone_says_what_to_do(run: Run, shop: Path, tmp_path: Path) -> None:
    commit(shop, message="more")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{shop}", "shallow")
    answer = run("diff", "HEAD~1", "-C", tmp_path / "shallow")
    assert (answer.exit_code, "fetch-depth: 0" in answer.stderr) == (2, True)
    assert run("diff", "HEAD", "-C", tmp_path / "shallow").output == ""


def test_what_git_ignores_is_no_part_of_the_working_tree(run: Run, shop: Path) -> None:
    commit(shop, {".gitignore": "*.env\nbuild/\n"})
    (shop / "build").mkdir()
    (shop / "build/made.py").write_text('import requests\nrequests.get("http://made/it")\n')
    assert run("diff", "HEAD").output == ""
    (shop / "orders/more.py").write_text('from kafka import KafkaProducer\nKafkaProducer().send("order-counted", {})\n')
    assert "order-counted" in run("diff", "HEAD").stdout


def test_the_rules_are_those_of_head(run: Run, shop: Path) -> None:
    contract = (
        '[[contracts]]\ntype = "forbidden"\nname = "no waiting"\nfrom = ["orders"]\nto = ["crm"]\nkind = "sync"\nreason = "ADR 1"\n'
    )
    crm = FILES["stock/app.py"].replace("stock/", "customers/")
    compose = FILES["docker-compose.yml"] + "  crm: {build: crm, command: flask --app app run}\n"
    commit(shop, {"flowmap.toml": contract, "crm/app.py": crm, "docker-compose.yml": compose})
    answer = run("diff", "main", "feature")
    assert (answer.exit_code, answer.stderr) == (0, "")
    _edit(shop, "orders/app.py", ("    return {}", '    requests.get("http://crm/customers/1", timeout=2)\n    return {}'))
    assert "A501" in run("diff", "main").stdout
    assert "A501" not in run("diff", "main", "--ignore", "A501").stdout


def test_several_outputs_and_the_summary_of_a_workflow(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _edit(shop, "orders/app.py", ("    return {}", WAITS))
    summary = shop.parent / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    answer = run("diff", "main", "-o", "json=d.json", "-o", "text=d.txt")
    assert (answer.stdout, summary.read_text()) == ("", "before\n")
    assert "wrote d.json (json)" in answer.stderr
    jsonschema.validate(json.loads((shop / "d.json").read_text()), json.loads(run("schema", "diff").stdout))
    run("diff", "main", "-q", "-o", "markdown=d.md")
    assert summary.read_text() == "before\n" + (shop / "d.md").read_text()
    assert summary.read_text().count("```mermaid") == 1
    os.environ.pop("GITHUB_STEP_SUMMARY")
    assert run("diff", "main", "-f", "markdown").stdout == (shop / "d.md").read_text()


def test_files_say_it_too_if_nothing_has_changed(run: Run, shop: Path) -> None:
    (shop / ".git/info/exclude").write_text("d.*\n")
    run("diff", "main", "-q", "-o", "json=d.json", "-o", "markdown=d.md")
    told = json.loads((shop / "d.json").read_text())
    assert (told["changed"], (shop / "d.md").read_text()) == (False, "")


def test_merged_systems_are_compared(run: Run, shop: Path) -> None:
    for name in ("orders", "billing", "stock"):
        assert run("scan", name, "-q", "-o", f"json={name}.json").exit_code == 0
    files = ("orders.json", "billing.json", "stock.json")
    assert run("merge", *files, "-o", "before.json").exit_code == 0
    _edit(shop, "orders/app.py", ("order-placed", "order-made"))
    run("scan", "orders", "-q", "-o", "json=orders.json")
    run("merge", *files, "-o", "after.json")
    told = json.loads(run("diff", "before.json", "after.json", "-f", "json").stdout)
    assert [(b["kind"], b["sure"], b["subject"]) for b in told["breaking"]] == [("channel-silent", True, "order-placed")]
    assert run("diff", "before.json", "before.json").output == ""


@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("colour", [False, True])
def test_text_fits_its_paper(run: Run, shop: Path, monkeypatch: pytest.MonkeyPatch, width: int, colour: bool) -> None:
    _edit(shop, "orders/app.py", (', "total": 2.5', ""), ("    return {}", WAITS), ('"/orders"', '"/the-orders-of-all-customers"'))
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("FORCE_COLOR" if colour else "NO_COLOR", "1")
    shown = run("diff", "main").stdout
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    assert ("\x1b" in shown) is colour
    assert max(map(len, plain.splitlines())) <= width
    assert "breaks  billing reads total of order-placed, which nobody sets any more" in plain
