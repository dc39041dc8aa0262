"""`flowmap config`: every key of the configuration, made from the model that reads it."""

from __future__ import annotations

from collections.abc import Iterator

import click
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap import extensions
from flowmap.cli.output import show, terminal
from flowmap.cli.running import debug_option
from flowmap.cli.suggestions import nearest
from flowmap.config_schema import Table, tables
from flowmap.reporters.console import BOLD, DIM, line, printed
from flowmap.reporters.text_flows import grid


@click.command(short_help="List the keys of the configuration.")
@click.argument("key", metavar="[TABLE|KEY]", required=False)
@debug_option
def config(key: str | None) -> None:
    """List the keys of flowmap.toml, which are those of `[tool.flowmap]` in pyproject.toml; with a name, those of a table, or of
    every table that has such a key.

    \b
    flowmap config
    flowmap config contracts
    flowmap config min-confidence
    """
    known = tables(extensions.load_rules())
    wanted = (key or "").strip("[]").lower().replace("_", "-")
    found = [t for t in known if not wanted or _name(t) == wanted] or [_only(t, wanted) for t in known if _has(t, wanted)]
    if not found:
        names = sorted({*(_name(t) for t in known if t.name), *(k.name for t in known for k in t.keys)})
        raise click.UsageError(f"{key}: no such table or key. {nearest(wanted, names, '`flowmap config` lists all.')}")
    show(printed(_page(found), terminal()))


def _name(table: Table) -> str:
    return table.name.partition("]")[0].strip("[")


def _has(table: Table, key: str) -> bool:
    return any(k.name == key for k in table.keys)


def _only(table: Table, key: str) -> Table:
    return Table(table.name, table.what, tuple(k for k in table.keys if k.name == key))


def _page(found: list[Table]) -> Iterator[RenderableType]:
    for number, table in enumerate(found):
        if number:
            yield Text("")
        yield line((table.name or "at the top", BOLD))
        if table.what:
            yield Padding(line((table.what, DIM)), (0, 0, 0, 2))
        rows = grid(0, 0, 1)
        for key in table.keys:
            default = f"  [{key.default}]" if key.default else ""
            rows.add_row(line((key.name, "cyan")), line((key.kind.replace("`", ""), DIM)), line(key.what, (default, DIM)))
        yield Padding(rows, (0, 0, 0, 2))
