"""What runs flowmap in other people's places: the pre-commit hook, the GitHub Action, the GitLab job, the container file."""

from __future__ import annotations

import json
import os
import re
import shutil
import site
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pre_commit.clientlib import load_manifest

ROOT = Path(__file__).parents[2]
HERE = ROOT / "integrations"
SAMPLE = ROOT / "samples" / "order_choreography"
BIN = str(Path(sys.executable).parent)


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A copy of a sample, which has two findings."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "system"))


def _run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(folder.parent), **variables}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


@pytest.mark.parametrize(
    ("schema", "file"), [("github-actions", "github/action.yml"), ("gitlab-ci", "gitlab/flowmap.gitlab-ci.yml")]
)
def test_files_keep_to_the_schemas_of_their_readers(schema: str, file: str) -> None:
    package = find_spec("check_jsonschema")  # only its data: the program itself may want another click than the samples bear
    assert package is not None
    assert package.origin is not None
    text = (Path(package.origin).parent / "builtin_schemas" / "vendor" / f"{schema}.json").read_text(encoding="utf-8")
    validator = jsonschema.Draft7Validator(json.loads(text))
    validator.validate(_yaml(HERE / file))
    assert not validator.is_valid({"runs": 1, "flowmap": {"script": 1}})


def test_the_hook_is_described_as_pre_commit_wants_it() -> None:
    (hook,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("flowmap-check", "python", False)
    assert re.search(hook["files"], "orders/app.py")
    assert re.search(hook["files"], "docker-compose.yml")
    assert not re.search(hook["files"], "README.md")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="these are not the sources of a checkout")
def test_pre_commit_runs_the_hook(system: Path) -> None:
    (system / "flowmap.toml").write_text('select = ["T301"]\n')
    for command in (["git", "init", "-q"], ["git", "add", "-A"]):
        assert _run(command, system).returncode == 0
    # The hook's own environment takes what it needs from this one, so that nothing is fetched.
    packages = os.pathsep.join(site.getsitepackages())
    offline = {"PYTHONPATH": packages, "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1"}
    done = _run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "flowmap-check", "--all-files", "--verbose"], system, **offline
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "inventory/inventory/worker.py:38:13: T301 inventory publishes inventory.released" in done.stdout


ACTION = _yaml(HERE / "github" / "action.yml")


def test_every_input_of_the_action_is_used_and_declared() -> None:
    text = (HERE / "github" / "action.yml").read_text()
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == set(ACTION["inputs"])
    variables = ACTION["runs"]["steps"][-1]["env"]
    script = (HERE / "github" / "check.sh").read_text()
    assert [v for v in variables if v not in script] == []


def _action(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The last step of the action, with its defaults and some inputs."""
    values = {f"FLOWMAP_{key.split('-')[0].upper()}": one["default"] for key, one in ACTION["inputs"].items()}
    files = {"GITHUB_OUTPUT": "output.txt", "GITHUB_STEP_SUMMARY": "summary.md", "RUNNER_TEMP": str(folder.parent)}
    return _run(["bash", str(HERE / "github" / "check.sh")], folder, **{**values, **files, **inputs})


def test_the_action_annotates_summarises_and_fails(system: Path) -> None:
    done = _action(system)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::warning", "::warning"]
    assert "file=payment/payment/worker.py,line=36," in lines[0]
    assert (system / "output.txt").read_text() == "sarif-file=flowmap.sarif\n"
    assert json.loads((system / "flowmap.sarif").read_text())["version"] == "2.1.0"
    assert (system / "summary.md").read_text().startswith("### flowmap: failed: 2 warnings")


def test_the_action_says_what_a_change_changes(system: Path) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["git", "init", "-q"], ["git", "add", "-A"], ["git", *who, "commit", "-q", "-m", "x"]):
        assert _run(command, system).returncode == 0
    same = _action(system, FLOWMAP_DIFF="HEAD", FLOWMAP_ARGUMENTS="--fail-on error")
    assert (same.returncode, "comment-file" in (system / "output.txt").read_text()) == (0, False), same.stderr
    worker = system / "inventory" / "inventory" / "worker.py"
    worker.write_text(worker.read_text().replace("self._topics.released", "'inventory.freed'"))
    changed = _action(system, FLOWMAP_DIFF="HEAD", FLOWMAP_ARGUMENTS="--fail-on error")
    assert changed.returncode == 0, changed.stderr
    assert f"comment-file={system.parent}/flowmap-diff.md" in (system / "output.txt").read_text()
    assert "inventory.freed" in (system.parent / "flowmap-diff.md").read_text()
    assert _action(system, FLOWMAP_DIFF="nowhere", FLOWMAP_ARGUMENTS="--fail-on error").returncode == 2


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"FLOWMAP_ARGUMENTS": "--fail-on error"}, 0),
        ({"FLOWMAP_ARGUMENTS": "--select T301 --fail-on error", "FLOWMAP_SARIF": ""}, 0),
        ({"FLOWMAP_PATHS": "orders\npayment\n", "FLOWMAP_ARGUMENTS": "--select C"}, 0),
        ({"FLOWMAP_PATHS": "nowhere"}, 2),
        ({"FLOWMAP_BASELINE": "gone.json"}, 2),
        ({"FLOWMAP_ARGUMENTS": "; touch hacked"}, 2),
        ({"FLOWMAP_PATHS": "$(touch hacked)"}, 2),
    ],
)
def test_inputs_of_the_action(inputs: dict[str, str], code: int, system: Path) -> None:
    done = _action(system, **inputs)
    assert done.returncode == code, done.stdout + done.stderr
    assert not (system / "hacked").exists()


def test_the_job_of_gitlab_reports_and_fails(system: Path) -> None:
    job = _yaml(HERE / "gitlab" / "flowmap.gitlab-ci.yml")["flowmap"]
    (script,) = job["script"]
    done = _run(["sh", "-c", script], system, FLOWMAP_ARGUMENTS="--select T301")
    assert done.returncode == 1
    reports = job["artifacts"]["reports"]
    assert len(json.loads((system / reports["codequality"]).read_text())) == 1
    assert (system / reports["junit"]).read_text().startswith("<?xml")
    assert _run(["sh", "-c", script], system, FLOWMAP_ARGUMENTS="--fail-on error").returncode == 0


def test_the_container_file_says_what_is_there() -> None:
    text = (HERE / "Containerfile").read_text()
    assert json.loads(re.findall(r"^ENTRYPOINT (.*)$", text, re.MULTILINE)[0]) == ["flowmap"]
    assert re.search(r"^USER nobody$", text, re.MULTILINE)
    assert "flowmap-analyzer" in text
