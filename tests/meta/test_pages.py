"""The documentation: pages that are made from the code are fresh, and what the others show is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from flowmap import extensions
from flowmap.cli.program import cli
from flowmap.config import CONTRACTS, Config
from flowmap.config_schema import tables
from pages import DOCS, PAGES

ROOT = Path(__file__).parents[2]
TEXTS = {p.name: p.read_text(encoding="utf-8") for p in sorted(DOCS.glob("*.md"))}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_fresh(name: str) -> None:
    assert TEXTS[name] == PAGES[name](), "run `python tests/meta/pages.py`"


def _blocks(language: str) -> list[ParameterSet]:
    block = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [
        pytest.param(found[1], id=f"{name} {n}") for name, text in TEXTS.items() for n, found in enumerate(block.finditer(text))
    ]


@pytest.mark.parametrize("block", _blocks("toml"))
def test_configurations_that_are_shown_are_ones(block: str) -> None:
    Config.model_validate(tomllib.loads(block))


@pytest.mark.parametrize("block", _blocks("python"))
def test_examples_in_python_run(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "samples" / "order_choreography")
    namespace: dict[str, object] = {}
    exec(compile(block, "docs", "exec"), namespace)  # noqa: S102  our own text
    for name, test in namespace.items():
        if name.startswith("test_") and callable(test):
            from flowmap import analyse

            test(analyse("."))


@pytest.mark.parametrize("name", TEXTS)
def test_commands_and_links_that_are_shown_are_there(name: str) -> None:
    text = TEXTS[name]
    commands = re.findall(r"^(?:\$ |    |run: )?flowmap ([a-z]+)(?: |$)", text, re.MULTILINE)
    assert [c for c in commands if c not in cli.commands] == []
    links = [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if "://" not in link]
    assert [link for link in links if not (DOCS / link).exists()] == []


def test_every_type_of_contract_is_shown() -> None:
    assert set(re.findall(r'^type = "([a-z-]+)"$', TEXTS["gates.md"], re.MULTILINE)) == set(CONTRACTS)


TESTS = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "tests").rglob("*.py")) if p.parent.name != "meta")


def _named(word: str) -> bool:
    return re.search(rf"(?:(?<![\w-])|\\n){re.escape(word)}(?![\w-])", TESTS) is not None


def test_every_option_is_in_a_test() -> None:
    options = {option for command in cli.commands.values() for p in command.params for option in p.opts if option.startswith("--")}
    assert [option for option in sorted(options) if not _named(option)] == []


def test_every_key_of_the_configuration_is_in_a_test() -> None:
    keys = {key.name for table in tables(extensions.load_rules()) for key in table.keys}
    assert [key for key in sorted(keys) if not _named(key)] == []
