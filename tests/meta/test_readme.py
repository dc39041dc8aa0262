"""The README says what is so: its commands, its finding, its list of commands and its picture."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from flowmap.analysis import Settings, analyse
from flowmap.cli.program import cli
from flowmap.config import WRAPPER_KEYS, load_config
from flowmap.project.libraries import MOST_MODULES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLE = ROOT / "samples" / "order_choreography"
SIGHT = re.compile(r"<text[^>]*>([^<]*)</text>")


def test_it_has_two_commands_first() -> None:
    commands = README.split("```sh\n")[1].split("```")[0].splitlines()
    assert [c.split(" && ")[1] for c in commands] == ["flowmap scan samples/order_choreography", "python -m pytest"]


@pytest.mark.parametrize("line", re.findall(r"^    flowmap (\w+)", README, re.MULTILINE))
def test_the_commands_that_it_lists_exist(line: str) -> None:
    assert line in cli.commands


def test_every_command_is_listed() -> None:
    assert set(re.findall(r"^    flowmap (\w+)", README, re.MULTILINE)) == set(cli.commands)


STATED = tomllib.loads(next(b.split("```")[0] for b in README.split("```toml\n")[1:] if "[[wrappers]]" in b))["wrappers"]


@pytest.mark.parametrize("wrapper", STATED, ids=[w["target"] for w in STATED])
def test_the_wrappers_are_those_of_the_sample(wrapper: dict[str, object]) -> None:
    sample = tomllib.loads((ROOT / "samples/house_library/stated/flowmap.toml").read_text(encoding="utf-8"))
    assert wrapper in sample["wrappers"]


def test_the_size_of_a_library_is_what_it_says() -> None:
    assert f"A library of more than {MOST_MODULES} modules" in README


def test_the_keys_of_wrappers_are_listed() -> None:
    rows = re.findall(r"^\| `(\w+)`((?: over `http`)?) \| (.*) \|$", README.split("## Libraries of your own")[1], re.MULTILINE)
    listed = {f"{role}{over.replace('`', '')}": set(re.findall(r"`([\w-]+)`", keys)) for role, over, keys in rows}
    assert listed == {meaning: set(keys) for meaning, keys in WRAPPER_KEYS.items()}


def test_the_finding_is_what_a_scan_says() -> None:
    report = analyse(SAMPLE, load_config(SAMPLE), Settings(workers=1))
    finding = next(f for f in report.findings if f.code == "E201")
    shown = " ".join(README.split("warning E201")[1].split("\n\n")[0].split())
    assert finding.message in shown
    assert all(f"{hop.location.path}:{hop.location.line}" in shown for hop in finding.evidence)


def test_the_picture_is_drawn_from_the_sample(tmp_path: Path) -> None:
    drawn = tmp_path / "choreography.svg"
    done = CliRunner().invoke(cli, shlex.split(f"diagram {SAMPLE} -o {drawn}"))
    assert done.exit_code == 0, done.output
    stored = (SAMPLE / "choreography.svg").read_text(encoding="utf-8")
    assert sorted(SIGHT.findall(stored)) == sorted(SIGHT.findall(drawn.read_text(encoding="utf-8")))
    assert "inventory.released" in SIGHT.findall(stored)
