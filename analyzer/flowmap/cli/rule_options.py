"""Which rules a command runs: `--select`, `--extend-select` and `--ignore`, the same in every command that has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps

import click

from flowmap import extensions
from flowmap.checking import code_of
from flowmap.cli.running import PATHS, Decorator, Scan, scan_options
from flowmap.cli.suggestions import nearest_rule


def rule_options(command: Callable[..., None], where: Decorator = PATHS) -> Callable[..., None]:
    """What `scan_options` gives, with the rules in `wanted`."""

    @wraps(command)
    def gathered(
        *given: object,
        select: tuple[str, ...],
        extend_select: tuple[str, ...],
        ignore: tuple[str, ...],
        wanted: Scan,
        **own: object,
    ) -> None:
        chosen = replace(
            wanted,
            select=_codes(select, "--select"),
            extend=_codes(extend_select, "--extend-select"),
            ignore=_codes(ignore, "--ignore"),
        )
        command(*given, wanted=chosen, **own)

    for option in (
        click.option("--ignore", multiple=True, metavar="CODES", help="Do not run these rules."),
        click.option("--extend-select", multiple=True, metavar="CODES", help="Run these rules too."),
        click.option("--select", multiple=True, metavar="CODES", help="Run only these rules: codes, their beginnings, or slugs."),
    ):
        gathered = option(gathered)
    return scan_options(gathered, where)


def _codes(given: Sequence[str], option: str) -> tuple[str, ...]:
    """Codes or their beginnings, from a list with commas; slugs become codes."""
    names = [name.strip() for part in given for name in part.split(",") if name.strip()]
    if not names:
        return ()
    rules = extensions.load_rules()
    found = []
    for name in names:
        code = code_of(name, rules)
        if code is None:
            raise click.UsageError(f"{option} {name}: no such rule. {nearest_rule(name, rules)}")
        found.append(code)
    return tuple(found)
