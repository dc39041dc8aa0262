"""`flowmap scan`."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import jsonschema
import pytest
from tinyshop import Run


def test_the_report_goes_to_standard_output(run: Run) -> None:
    done = run("scan")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "billing  →  invoice-sent  →  nobody   T301" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("3 services · 2 channels · 3/3 message sites resolved")


@pytest.mark.parametrize("path", [[], ["."], ["../shop"], ["../shop/orders/.."]])
def test_the_current_folder_is_the_default(run: Run, path: list[str]) -> None:
    assert run("scan", *path).stdout.startswith("shop  3 Python files")


@pytest.mark.parametrize(
    ("form", "start"), [("text", "shop"), ("json", "{"), ("mermaid", "flowchart"), ("dot", "digraph"), ("svg", "<?xml")]
)
def test_formats(run: Run, form: str, start: str) -> None:
    done = run("scan", "--format", form)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(start)


def test_json_keeps_to_its_schema(run: Run) -> None:
    jsonschema.validate(json.loads(run("scan", "-f", "json").stdout), json.loads(run("schema").stdout))


def test_outputs_whose_long_names_begin_alike(run: Run, tree: Path) -> None:
    name = "flow" * 40
    assert run("scan", "-o", f"json={name}.json", "-o", f"text={name}.txt").exit_code == 0
    assert (tree / f"{name}.json").read_text().startswith("{")
    assert not (tree / f"{name}.txt").read_text().startswith("{")


def test_several_outputs_in_one_run(run: Run, tree: Path) -> None:
    done = run("scan", "-o", "json=flow.json", "-o", "mermaid=flow.mmd", "-o", "text=flow.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "wrote flow.json (json)\nwrote flow.mmd (mermaid)\nwrote flow.txt (text)\n"
    assert json.loads((tree / "flow.json").read_text())["schema"] == "flowmap/1"
    assert (tree / "flow.mmd").read_text().startswith("flowchart")
    assert [p.name for p in tree.iterdir() if p.name.startswith(".")] == []


def test_a_format_beside_outputs_goes_to_standard_output(run: Run) -> None:
    done = run("scan", "-o", "json=flow.json", "-f", "text", "-q")
    assert done.stderr == ""
    assert done.stdout.startswith("shop")


def test_outputs_replace_files_and_keep_their_mode(run: Run, tree: Path) -> None:
    (tree / "flow.json").write_text("old")
    (tree / "flow.json").chmod(0o600)
    (tree / "link.json").symlink_to("flow.json")
    assert run("scan", "-o", "json=link.json").exit_code == 0
    assert (tree / "link.json").is_symlink()
    assert (tree / "flow.json").read_text().startswith("{")
    assert stat.S_IMODE((tree / "flow.json").stat().st_mode) == 0o600


def test_new_files_have_the_usual_mode(run: Run, tree: Path) -> None:
    run("scan", "-o", "json=flow.json")
    (tree / "usual").touch()
    assert (tree / "flow.json").stat().st_mode == (tree / "usual").stat().st_mode


def test_no_file_appears_if_one_cannot_be_written(run: Run, tree: Path) -> None:
    done = run("scan", "-o", "json=flow.json", "-o", "mermaid=nowhere/flow.mmd")
    assert done.exit_code == 2
    assert done.stderr == "flowmap: nowhere/flow.mmd cannot be written: the folder nowhere does not exist; create it first.\n"
    assert not (tree / "flow.json").exists()
    assert [p.name for p in tree.iterdir() if p.name.endswith(".tmp")] == []


def test_a_folder_is_no_file(run: Run) -> None:
    done = run("scan", "-o", "json=orders")
    assert (done.exit_code, done.stderr) == (2, "flowmap: orders cannot be written: it is a folder.\n")


def test_a_read_only_file_is_left_alone(run: Run, tree: Path) -> None:
    (tree / "flow.json").write_text("mine")
    (tree / "flow.json").chmod(0o444)
    done = run("scan", "-o", "json=flow.json")
    assert (done.exit_code, done.stderr) == (2, "flowmap: flow.json cannot be written: it is read-only.\n")
    assert (tree / "flow.json").read_text() == "mine"


def test_one_file_has_one_format_however_it_is_spelt(run: Run, tree: Path) -> None:
    done = run("scan", "-o", "json=flow", "-o", f"text={tree}/flow")
    assert done.exit_code == 2
    assert "cannot be written twice" in done.stderr
    assert not (tree / "flow").exists()


def test_a_dash_is_standard_output(run: Run, tree: Path) -> None:
    done = run("scan", "-o", "json=-", "-o", "mermaid=flow.mmd", "-q")
    assert json.loads(done.stdout)["schema"] == "flowmap/1"
    assert (tree / "flow.mmd").exists()
    assert not (tree / "-").exists()


def test_nothing_is_scanned_if_a_file_cannot_be_written(run: Run, tree: Path) -> None:
    assert run("scan", "-o", "json=nowhere/flow.json").exit_code == 2
    assert not (tree.parent / "cache").exists()


def test_a_long_file_name_can_be_written(run: Run, tree: Path) -> None:
    name = "n" * 250
    assert run("scan", "-o", f"json={name}").exit_code == 0
    assert (tree / name).exists()


def test_a_failed_write_leaves_the_old_file(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, f"No space left on device for {self} and {target}")

    (tree / "flow.json").write_text("old")
    monkeypatch.setattr(Path, "replace", full)
    assert run("scan", "-o", "json=flow.json").exit_code == 2
    assert (tree / "flow.json").read_text() == "old"
    assert [p.name for p in tree.iterdir() if p.name.endswith(".tmp")] == []


def test_what_is_no_regular_file_is_written_as_it_is(run: Run) -> None:
    assert run("scan", "-o", f"json={os.devnull}").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "json"], "write NAME=FILE"),
        (["-o", "json="], "write NAME=FILE"),
        (["-o", "jsn=x"], "Did you mean json?"),
        (["-o", "json=x", "-o", "text=x"], "x is written twice"),
        (["-o", "json=-", "-o", "text=-"], "- is written twice"),
        (["-f", "text", "-o", "json=-"], "- is written twice"),
        (["-f", "yaml"], "There are: azure, checkstyle, concise, csv, dot, "),
        (["--select", "X9"], "no such rule"),
        (["--select", "orphand-event"], "Did you mean orphaned-event?"),
        (["--workers", "0"], "--workers"),
    ],
)
def test_usage_errors_say_what_is_right(run: Run, arguments: list[str], said: str) -> None:
    done = run("scan", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], True),
        (["--select", "T"], True),
        (["--select", "C101,T301"], True),
        (["--select", "t301"], True),
        (["--select", "orphaned-event"], True),
        (["--select", "C101", "--select", "E"], False),
        (["--ignore", "T301"], False),
        (["--ignore", "T"], False),
        (["--select", "T", "--ignore", "orphaned-event"], False),
    ],
)
def test_rules_are_chosen(run: Run, arguments: list[str], expected: bool) -> None:
    found = json.loads(run("scan", "-f", "json", *arguments).stdout)["findings"]
    assert ([f["code"] for f in found] == ["T301"]) is expected


def test_a_selection_replaces_the_configured_one(run: Run, tree: Path) -> None:
    (tree / "flowmap.toml").write_text('select = ["C101"]\n')
    assert json.loads(run("scan", "-f", "json").stdout)["findings"] == []
    assert len(json.loads(run("scan", "-f", "json", "--select", "T").stdout)["findings"]) == 1


def test_a_configuration_can_be_named(run: Run, tree: Path) -> None:
    (tree / "other.toml").write_text('ignore = ["T301"]\n')
    assert json.loads(run("scan", "-f", "json", "--config", "other.toml").stdout)["findings"] == []


def test_findings_do_not_fail_a_scan_and_strict_fails_for_what_is_not_read(run: Run, tree: Path) -> None:
    assert run("scan", "--strict").exit_code == 0
    (tree / "orders" / "broken.py").write_text("from kafka import KafkaProducer\ndef (:\n")
    assert run("scan").exit_code == 0
    done = run("scan", "--strict", "-q")
    assert done.exit_code == 2
    assert "1 diagnostic, the first: orders/broken.py:2" in done.stderr
    assert "DIAGNOSTICS" in done.stdout


def test_the_cache_is_used_and_can_be_left_alone(run: Run, tree: Path) -> None:
    cache = tree.parent / "cache"
    run("scan", "--no-cache")
    assert not cache.exists()
    first = run("scan", "-f", "json").stdout
    assert list(cache.rglob("CACHEDIR.TAG"))
    assert run("scan", "-f", "json").stdout == first


LIBRARY = "from kafka import KafkaProducer\n\n\ndef announce():\n    KafkaProducer().send('announced', b'')\n"


@pytest.fixture
def library(tree: Path, tmp_path: Path) -> Path:
    """Packages outside of the system, which one of its services uses."""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "house.py").write_text(LIBRARY)
    (tree / "stock" / "app.py").write_text("import house\n\nhouse.announce()\n")
    return tmp_path / "packages"


@pytest.mark.parametrize("command", [["scan"], ["diagram", "."], ["who", "announced"], ["trace", "announced"]])
def test_every_command_follows_libraries(run: Run, library: Path, command: list[str]) -> None:
    followed = run(*command, "-q", "--environment", library)
    assert followed.exit_code == 0, followed.output
    assert "announced" in followed.output
    assert "announced" not in run(*command, "-q").stdout.replace("nothing publishes or listens to announced", "")


def test_several_environments(run: Run, library: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "other.py").touch()
    done = run("scan", "-q", "--environment", tmp_path / "empty", "--environment", library)
    assert "announced" in done.stdout


@pytest.mark.parametrize("folder", ["nowhere", "orders/app.py", "."])
def test_an_environment_that_is_none(run: Run, library: Path, folder: str) -> None:
    done = run("scan", "-q", "--environment", library / ".." / "shop" / folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "give the folder of a virtual environment, or one named site-packages." in done.stderr


def test_a_wrapper_that_is_wrong(run: Run, tree: Path) -> None:
    (tree / "flowmap.toml").write_text(
        "[[wrappers]]\ntarget = 'house.announce'\nrole = 'publish'\ntransport = 'kafak'\ntopic = 0\n"
    )
    done = run("scan", "-q")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "flowmap.toml:4: 'wrappers[0].transport' is no transport that flowmap knows; did you mean 'kafka'?" in done.stderr


def test_a_wrapper_that_is_used_nowhere(run: Run, tree: Path) -> None:
    (tree / "flowmap.toml").write_text(
        "[[wrappers]]\ntarget = 'house.announce'\nrole = 'publish'\ntransport = 'kafka'\ntopic = 0\n"
    )
    assert run("scan", "-q").exit_code == 0
    done = run("scan", "-q", "--strict")
    assert done.exit_code == 2
    assert "configuration: the wrapper house.announce is found nowhere" in done.stderr


SIGNALS = """\
from django.dispatch import Signal, receiver

stored = Signal()


@receiver(stored)
def on_stored(**kwargs): ...


stored.send(None)
"""


def test_what_stays_inside_a_process_is_shown_on_demand(run: Run, tree: Path) -> None:
    (tree / "billing/signals.py").write_text(SIGNALS)
    (tree / "billing/worker.py").write_text("import signals\n" + (tree / "billing/worker.py").read_text())
    usual, local = run("scan").stdout, run("scan", "--local").stdout
    assert "stored" not in usual
    assert "2 sites inside a process left out; --local shows them" in usual
    assert "billing  →  stored (in signals, inside the process)  →  billing" in local
    assert "left out" not in local
    assert "stored" not in run("diagram").stdout
    assert "stored" in run("diagram", "--local").stdout
    assert "billing/signals.py:10" in run("who", "stored").stdout


def test_json_says_what_stays_inside_a_process(run: Run, tree: Path) -> None:
    (tree / "billing/signals.py").write_text(SIGNALS)
    (tree / "billing/worker.py").write_text("import signals\n" + (tree / "billing/worker.py").read_text())
    usual, local = (json.loads(run("scan", "-f", "json", *more).stdout) for more in ((), ("--local",)))
    assert {i["transport"] for i in usual["interactions"]} == {"http", "kafka"}
    assert [(i["role"], i["local"]) for i in local["interactions"] if i["transport"] == "signal"] == [
        ("subscribe", True),
        ("publish", True),
    ]
    assert [e["channel"] for e in local["edges"] if e["local"]] == ["stored"]
    assert (usual["stats"]["hidden"], local["stats"]["hidden"]) == (2, 0)
    assert [f["subject"] for f in usual["findings"]] == [f["subject"] for f in local["findings"]]


def test_what_is_suppressed_is_counted_and_kept_apart(run: Run, tree: Path) -> None:
    (tree / "flowmap.toml").write_text('[[ignore]]\nrules = ["T301"]\nsubjects = ["invoice-*"]\nreason = "for the ledger"\n')
    done = run("scan", "--strict")
    assert (done.exit_code, "T301" in done.stdout) == (0, False)
    assert " · no findings · 1 suppressed · " in done.stdout
    report = json.loads(run("scan", "-f", "json").stdout)
    (found,) = report["suppressed"]
    assert (found["finding"]["code"], found["how"], found["reason"]) == ("T301", "configuration", "for the ledger")
    assert (found["location"]["path"], found["location"]["line"]) == ("flowmap.toml", 1)
    assert (report["findings"], report["stats"]["findings"], report["stats"]["suppressed"]) == ([], 0, 1)


def test_a_comment_that_is_no_suppression_is_a_diagnostic(run: Run, tree: Path) -> None:
    orphan = tree / "billing" / "worker.py"
    orphan.write_text(orphan.read_text().replace("{})\n", "{})  # flowmap: ignore T301\n"))
    done = run("scan", "--strict")
    assert (done.exit_code, "billing/worker.py:8: `# flowmap: ignore T301` suppresses nothing" in done.stderr) == (2, True)
    assert "T301" in done.stdout


def test_what_has_changed_since(run: Run, tree: Path) -> None:
    assert run("scan", "-q", "-o", "json=old.json").exit_code == 0
    assert "SINCE  the report on shop\n  nothing has changed\n" in run("scan", "--since", "old.json").stdout
    (tree / "billing" / "worker.py").write_text("")
    done = run("scan", "--since", "old.json")
    assert "billing     consumes 1 → 0" in done.stdout
    report = json.loads(run("scan", "--since", "old.json", "-f", "json").stdout)
    jsonschema.validate(report, json.loads(run("schema").stdout))
    assert {"service": "billing", "measure": "consumes", "before": 1, "after": 0} in report["trend"]["changes"]
    assert (len(report["trend"]["gone"]), len(report["trend"]["appeared"])) == (1, 1)


def test_an_earlier_report_that_is_not_there(run: Run) -> None:
    done = run("scan", "--since", "absent.json")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "absent.json cannot be read" in done.stderr
