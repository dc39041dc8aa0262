"""The commands around the configuration: `init`, `config`, `schema`, `completion`, `formats`; and `watch`."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import watchfiles
from flowmap.config import Config
from flowmap.extensions import load_reporters, load_rules
from tinyshop import Run


def test_init_makes_the_gate_green_and_the_next_edge_red(run: Run, tree: Path) -> None:
    done = run("init")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "wrote flowmap.toml (3 services) and flowmap-baseline.json (1 known finding)" in done.stderr
    passed = run("check")
    assert (passed.exit_code, passed.stderr) == (0, "")
    config = tree / "flowmap.toml"
    config.write_text(config.read_text().replace("hops = 1 ", "hops = 0 "))
    failed = run("check", "-f", "concise")
    assert failed.exit_code == 1
    assert "A504 the longest chain has 1 hop: orders → stock; 0 is the budget" in failed.stdout


def test_what_init_writes_is_a_configuration(run: Run, tree: Path) -> None:
    assert run("init", "-q").stderr == ""
    text = (tree / "flowmap.toml").read_text()
    stated = tomllib.loads(text)
    assert stated["check"] == {"fail-on": "warning", "min-confidence": "derived", "baseline": "flowmap-baseline.json"}
    (budget,) = stated["contracts"]
    assert [budget[k] for k in ("hops", "fan-out", "blind-spots", "orphans", "sync-share")] == [1, 1, 0, 1, 0.5]
    proposed = "\n".join(line.removeprefix("# ") for line in text.splitlines() if re.match(r"# (\[\[|[a-z-]+ = )", line))
    Config.model_validate(tomllib.loads(proposed))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("flowmap.toml", ""),
        ("flowmap-baseline.json", "{}"),
        ("pyproject.toml", "[tool.flowmap]\nroots = ['x']"),
        ("pyproject.toml", "[tool.flowmap"),
    ],
)
def test_init_overwrites_nothing(name: str, text: str, run: Run, tree: Path) -> None:
    (tree / name).write_text(text)
    done = run("init")
    assert done.exit_code == 2
    assert name in done.stderr
    assert (tree / name).read_text() == text
    assert [n for n in ("flowmap.toml", "flowmap-baseline.json") if (tree / n).exists() and n != name] == []


def test_init_beside_a_pyproject_that_says_nothing_of_flowmap(run: Run, tree: Path) -> None:
    (tree / "pyproject.toml").write_text("[project]\nname = 'x'\nversion = '1'\n")
    assert run("init", "-q").exit_code == 0
    assert run("check", "-q").exit_code == 0


def test_init_with_names_that_mean_something(run: Run, tree: Path) -> None:
    compose = tree / "docker-compose.yml"
    compose.write_text(compose.read_text().replace("  stock:", '  "st[o]ck*\\"x":'))
    assert run("init", "-q").exit_code == 0
    assert tomllib.loads((tree / "flowmap.toml").read_text())["check"]
    assert run("check", "-q").exit_code == 0


def test_init_wants_one_folder(run: Run) -> None:
    assert run("init", "orders", "stock").exit_code == 2
    assert run("init", "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], ["at the top", "[[contracts]] of type forbidden", "[check]", "[rules]"]),
        (["contracts"], ["[[contracts]] of type layers", "fan-out"]),
        (["[check]"], ["fail-on", "error or warning or advice"]),
        (["max_sync_hops"], ["[rules]", "the longest chain that is allowed  [2]"]),
        (["indirect"], ["[[contracts]] of type forbidden", "true or false"]),
        (["target"], ["[[wrappers]]", "[needed]"]),
    ],
)
def test_config_lists_keys(arguments: list[str], said: list[str], run: Run) -> None:
    done = run("config", *arguments)
    assert done.exit_code == 0
    assert [s for s in said if s not in " ".join(done.stdout.split()) and s not in done.stdout] == []


def test_config_knows_the_nearest_key(run: Run) -> None:
    done = run("config", "min-confidense")
    assert done.exit_code == 2
    assert "Did you mean min-confidence?" in done.stderr


def test_every_key_is_described(run: Run) -> None:
    for row in run("config").stdout.splitlines():
        if found := re.match(r"  ([a-z][a-z-]*)  +(text|table|list|number|whole|true|place)", row):
            assert len(row.split()) > 3, found[1]


FULL = """\
select = ["C", "orphaned-event"]
[rules]
max-sync-hops = 3
[check]
fail-on = "error"
[[domains]]
name = "a"
services = ["x"]
[[contracts]]
name = "n"
reason = "r"
type = "layers"
layers = ["a", ["b"]]
[[wrappers]]
target = "a.b"
role = "publish"
transport = "kafka"
topic = [0, "topic"]
"""


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("", True),
        (FULL, True),
        ("selct = []", False),
        ("[rules]\nmax-sync-hop = 1", False),
        ("[rules]\nmax-sync-hops = 'x'", False),
        ("[check]\nfail-on = 'fatal'", False),
        ("[[contracts]]\nname = 'a'\nreason = 'b'\ntype = 'budget'\nhops = -1", False),
        ("[[contracts]]\nname = 'a'\nreason = 'b'\ntype = 'x'", False),
        ("[[wrappers]]\ntarget = 'a.b'\nrole = 'publish'\ntransport = 'k'\ntopic = {}", False),
    ],
)
def test_the_schema_of_the_configuration(text: str, valid: bool, run: Run) -> None:
    schema = json.loads(run("schema", "config").stdout)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    assert validator.is_valid(tomllib.loads(text)) is valid


def test_the_schema_of_the_baseline(run: Run, tree: Path) -> None:
    schema = json.loads(run("schema", "baseline").stdout)
    assert run("baseline", "--reason", "x", "--edges", "-q").exit_code == 0
    jsonschema.validate(json.loads((tree / "flowmap-baseline.json").read_text()), schema)
    assert not jsonschema.Draft202012Validator(schema).is_valid({"findings": [{"rule": "T301"}]})


def test_thresholds_of_all_rules_are_in_the_schema(run: Run) -> None:
    schema = json.loads(run("schema", "config").stdout)
    assert set(schema["properties"]["rules"]["properties"]) == {t.name for r in load_rules() for t in r.thresholds}


def test_schemas_that_there_are_not(run: Run) -> None:
    assert run("schema", "yaml").exit_code == 2


def test_formats_are_listed(run: Run) -> None:
    listed = [line.split()[0] for line in run("formats").stdout.splitlines()]
    assert listed == [r.name for r in load_reporters()]
    assert {"sarif", "junit", "github", "gitlab", "checkstyle", "csv", "markdown", "jsonl", "concise", "full"} <= set(listed)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, run: Run) -> None:
    done = run("completion", shell)
    assert (done.exit_code, "_FLOWMAP_COMPLETE" in done.stdout) == (0, True)
    assert run("completion", "cmd").exit_code == 2


def test_the_shell_is_told_of_commands() -> None:
    asked = {"_FLOWMAP_COMPLETE": "bash_complete", "COMP_WORDS": "flowmap ch", "COMP_CWORD": "1"}
    code = "import sys; sys.argv = ['flowmap']; from flowmap.cli.main import main; main()"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )
    assert done.stdout == "plain,check\n"


def test_watch_checks_again_after_a_change(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def changes(*paths: Path, **_options: object) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        asked.append(paths)
        worker = tree / "billing" / "worker.py"
        worker.write_text(worker.read_text().replace('producer.send("invoice-sent", {})', "pass"))
        yield {(watchfiles.Change.modified, str(worker))}
        (tree / "flowmap.toml").write_text("selct = []")
        yield {(watchfiles.Change.added, str(tree / "flowmap.toml")), (watchfiles.Change.modified, str(worker))}

    monkeypatch.setattr(watchfiles, "watch", changes)
    done = run("watch")
    assert done.exit_code == 0
    assert asked == [(Path(),)]
    assert [line for line in done.stdout.splitlines() if line] == [
        "billing/worker.py:8:9: T301 billing publishes invoice-sent, and nothing in the scan listens to it",
        "failed: 1 warning",
        "passed: nothing new",
    ]
    said = done.stderr.splitlines()
    assert said[:2] == ["worker.py changed", "flowmap.toml and 1 other file changed"]
    assert "did you mean 'select'" in said[2]


def test_watch_wants_folders(run: Run) -> None:
    assert run("scan", "-q", "-o", "json=flow.json").exit_code == 0
    assert run("watch", "flow.json").exit_code == 2


def test_the_step_summary_gets_the_markdown(run: Run, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tree / "summary.md"
    summary.write_text("before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert run("check", "-q", "-o", "markdown=out.md", "-f", "concise").exit_code == 1
    assert summary.read_text() == "before\n" + (tree / "out.md").read_text()
    assert run("check", "-f", "concise").exit_code == 1
    assert summary.read_text().count("### flowmap") == 1
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tree / "nowhere" / "summary.md"))
    failed = run("check", "-f", "markdown")
    assert (failed.exit_code, "the summary of the step, cannot be written" in failed.stderr) == (2, True)
