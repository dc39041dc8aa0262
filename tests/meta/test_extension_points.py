"""Every framework, rule, format and descriptor reader is one module with one line in pyproject.toml, and the other way round."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from flowmap.extensions import load_descriptors, load_plugins, load_reporters, load_rules

ROOT = Path(__file__).parents[2]
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
FOLDERS = {
    "flowmap.plugins": (ROOT / "plugins" / "flowmap_plugins", "PLUGIN"),
    "flowmap.rules": (ROOT / "analyzer" / "flowmap" / "rules", "RULE"),
    "flowmap.descriptors": (ROOT / "analyzer" / "flowmap" / "project" / "readers", "READER"),
    "flowmap.reporters": (ROOT / "analyzer" / "flowmap" / "reporters", "REPORTER"),
}


def _declaring(folder: Path, value: str) -> set[str]:
    """The modules of a folder that define the value at their top level."""
    return {p.stem for p in folder.glob("*.py") if f"\n{value} = " in p.read_text(encoding="utf-8")}


@pytest.mark.parametrize("group", FOLDERS)
def test_lines_and_modules_agree(group: str) -> None:
    folder, value = FOLDERS[group]
    package = ".".join(folder.relative_to(ROOT).parts[1:])
    stated = set(GROUPS[group].values())
    assert stated == {f"{package}.{name}:{value}" for name in _declaring(folder, value)}
    assert len(stated) == len(GROUPS[group])


def test_names_are_those_of_the_lines() -> None:
    assert [p.name for p in load_plugins()] == sorted(GROUPS["flowmap.plugins"])
    assert [r.code for r in load_rules()] == sorted(GROUPS["flowmap.rules"])
    assert [r.name for r in load_reporters()] == sorted(GROUPS["flowmap.reporters"])
    assert [r.name for r in load_descriptors()] == sorted(GROUPS["flowmap.descriptors"])
