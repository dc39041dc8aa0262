"""What is said when a plugin, rule or reporter that somebody wrote fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = """
from flowmap import plugin_api, rule_api, reporter_api
from flowmap.model.flow import Severity


def broken(*arguments):
    return helper(*arguments)


def helper(*arguments):
    return 1 / 0
"""
KINDS = {
    "plugins": "plugin_api.Plugin(name='acme', roots=('kafka',), recognise=broken)",
    "rules": "rule_api.Rule(code='X901', slug='acme', severity=Severity.WARNING, why='', instead='', check=broken)",
    "reporters": "reporter_api.Reporter('acme', 'a format', broken)",
}


def installed(folder: Path, group: str) -> dict[str, str]:
    """An environment in which a distribution with one broken extension is installed."""
    (folder / "acme_ext").mkdir(parents=True)
    (folder / "acme_ext" / "__init__.py").write_text("")
    (folder / "acme_ext" / "thing.py").write_text(f"{PACKAGE}\n\nTHING = {KINDS[group]}\n")
    metadata = folder / "acme_ext-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-ext\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text(f"[flowmap.{group}]\nacme = acme_ext.thing:THING\n")
    return {**os.environ, "PYTHONPATH": str(folder)}


def run(tree: Path, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`flowmap scan` in that environment."""
    program = [sys.executable, "-m", "flowmap", "scan", *arguments]
    return subprocess.run(program, cwd=tree, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.parametrize(("group", "what"), [("rules", "rule X901"), ("plugins", "plugin acme")])
def test_what_a_plugin_or_rule_that_fails_would_have_said_is_missing_and_nothing_else(
    group: str, what: str, tree: Path, tmp_path: Path
) -> None:
    whole = run(tree, {**os.environ}, "-f", "json")
    done = run(tree, installed(tmp_path / "site", group), "-f", "json")
    assert (whole.returncode, done.returncode) == (0, 2)
    assert done.stderr == (
        f"flowmap: {what} failed at thing.py:11 in helper; what it would have found is missing. "
        "ZeroDivisionError: division by zero\n"
    )
    assert json.loads(done.stdout)["interactions"] == json.loads(whole.stdout)["interactions"] != []
    assert what in json.loads(done.stdout)["diagnostics"][0]["message"]


def test_the_reporter_and_the_place_are_named(tree: Path, tmp_path: Path) -> None:
    done = run(tree, installed(tmp_path / "site", "reporters"), "-f", "acme")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("flowmap: reporter acme of acme-ext failed at thing.py:11 in helper, so there is no report. ")
    assert "ZeroDivisionError: division by zero" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_extension_that_cannot_be_loaded_is_named(tree: Path, tmp_path: Path) -> None:
    environment = installed(tmp_path / "site", "rules")
    (tmp_path / "site" / "acme_ext" / "thing.py").write_text("import nowhere_at_all\n")
    program = [sys.executable, "-m", "flowmap", "scan"]
    done = subprocess.run(program, cwd=tree, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 2
    assert "'acme' of acme-ext cannot be loaded" in done.stderr
    assert done.stderr.count("\n") == 1
