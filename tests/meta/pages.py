"""The pages of the documentation that are made from the code. `python tests/meta/pages.py` writes them; a test says when they are
stale."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import click
from flowmap import extensions
from flowmap.cli.program import cli
from flowmap.config_schema import Table, tables

DOCS = Path(__file__).parents[2] / "docs"
_AS_IT_IS = "\b"
"""What click begins a paragraph with that is not to be filled."""
_MADE = "<!-- Made from the code by tests/meta/pages.py; do not edit. -->"


def cli_page() -> str:
    """Every command with its options."""
    return "\n".join(_cli_lines()) + "\n"


def _cli_lines() -> Iterator[str]:
    yield from (_MADE, "# Command line", "", "Exit codes of every command: 0 all right; 1 a gate that fails; 2 flowmap or its")
    yield from ("configuration failed, or what was asked for does not exist; 130 interrupted.", "")
    whole = click.Context(cli, info_name="flowmap", **cli.context_settings)
    for name in sorted(cli.commands):
        command = cli.commands[name]
        context = click.Context(command, info_name=name, parent=whole)
        yield from (f"## flowmap {name}", "", "```text", command.get_usage(context).removeprefix("Usage: "), "```", "")
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            if paragraph.startswith(_AS_IT_IS):
                yield from ("```text", paragraph.removeprefix(_AS_IT_IS).strip("\n"), "```", "")
            else:
                yield from (" ".join(paragraph.split()), "")
        options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
        rows = [record for option in options if (record := option.get_help_record(context))]
        yield from ("| option | |", "| --- | --- |")
        yield from (f"| `{_cell(option)}` | {_cell(what)} |" for option, what in rows)
        yield ""


def config_page() -> str:
    """Every key of the configuration."""
    return "\n".join(_config_lines()) + "\n"


def _config_lines() -> Iterator[str]:
    yield from (_MADE, "# Configuration", "")
    yield "The keys of flowmap.toml at the root of what is scanned, which are those of `[tool.flowmap]` in pyproject.toml."
    yield "`flowmap schema config` prints a JSON Schema with which editors complete them."
    yield ""
    for table in tables(extensions.load_rules()):
        yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield from (f"## {table.name or 'At the top'}", "")
    if table.what:
        yield from (table.what, "")
    yield from ("| key | | default | |", "| --- | --- | --- | --- |")
    yield from (f"| `{k.name}` | {_cell(k.kind)} | {_cell(k.default)} | {_cell(k.what)} |" for k in table.keys)
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


PAGES = {"cli.md": cli_page, "configuration.md": config_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
