"""`flowmap plugins`: which frameworks are read in a system, why, and how often each of their forms is met."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

import click
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.cli.output import show, terminal
from flowmap.cli.running import Scan, scan_options, used
from flowmap.extensions import distributions
from flowmap.model.usage import Usage
from flowmap.reporters.console import BOLD, DIM, line, printed
from flowmap.reporters.text_flows import grid
from flowmap.visible import counted

_OWN = "flowmap-analyzer"
_MOST_NAMED = 5


@click.command(short_help="List the frameworks that are read, and how often.")
@click.option("--all", "everything", is_flag=True, help="List the plugins that are not active too.")
@scan_options
def plugins(wanted: Scan, everything: bool) -> None:
    """List which plugins are active in the services below PATH, why, and how often each of their forms is met.

    A plugin is active in a service that imports its library. What stands with 0 sites is imported and not used in any form that the
    plugin knows: a form that is missing here is a blind spot of flowmap.

    \b
    flowmap plugins
    flowmap plugins services/ --all
    """
    if wanted.of_reports:
        raise click.UsageError("flowmap plugins reads the code; give folders, not the reports of earlier scans.")
    usage, paper = used(wanted), terminal()
    show(printed(_listed(usage, distributions("flowmap.plugins"), everything=everything), paper))


def _listed(usage: tuple[Usage, ...], brought: dict[str, str], *, everything: bool) -> Iterator[RenderableType]:
    active = [u for u in usage if u.services and (u.imported or u.matched)]
    for one in active:
        yield line((one.plugin, BOLD), (f"  {_whose(one.plugin, brought)}{_why(one)}", DIM))
        if one.matched:
            table = grid(0, 0, 0)
            for found in one.matched:
                table.add_row(line(found.does), line((found.target, "cyan")), line((counted(found.sites, "site"), DIM)))
            yield Padding(table, (0, 0, 0, 2))
        yield Padding(line(_sum(one)), (0, 0, 0, 2))
        yield Text("")
    idle = [u.plugin for u in usage if u not in active]
    if everything:
        yield from (line(name, (f"  {_whose(name, brought)}not imported", DIM)) for name in idle)
        yield Text("")
    rest = "" if everything or not idle else "; --all lists the others"
    yield line((f"{len(active)} of {counted(len(usage), 'plugin')} active{rest}", DIM))


def _whose(plugin: str, brought: dict[str, str]) -> str:
    """The distribution of a plugin that does not come with flowmap."""
    origin = brought.get(plugin, "")
    return f"from {origin} · " if origin and origin != f"{_OWN} {version(_OWN)}" else ""


def _why(one: Usage) -> str:
    services = ", ".join(one.services[:_MOST_NAMED])
    more = f" and {len(one.services) - _MOST_NAMED} more" if len(one.services) > _MOST_NAMED else ""
    roots = ", ".join(f"{root} ({counted(files, 'file')})" for root, files in one.imported)
    return f"imported: {roots} · in {services}{more}" if roots else "goes by names, whatever is imported"


def _sum(one: Usage) -> str:
    if one.interactions:
        return counted(one.interactions, "interaction")
    return "0 interactions" if one.matched else "0 sites: no form of it that the plugin knows is used"
