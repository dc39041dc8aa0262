"""`flowmap explain`: the page of a rule, which is the docstring of its module."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

import click
from rich.console import RenderableType
from rich.padding import Padding
from rich.syntax import Syntax
from rich.text import Text

from flowmap import extensions
from flowmap.cli.output import show, terminal
from flowmap.cli.running import debug_option
from flowmap.cli.suggestions import nearest_rule
from flowmap.reporters.console import BOLD, DIM, SEVERITIES, line, printed
from flowmap.reporters.text_flows import grid
from flowmap.rule_api import Rule
from flowmap.thresholds import AnyThreshold

_HEADING = re.compile(r"^(What|Why|How|Bad|Good|Fix|Configure|Ignore):[ \t]*", re.MULTILINE)
_CODE = {"Bad", "Good"}


@click.command(short_help="Explain a rule, or list all rules.")
@click.argument("code", metavar="[CODE|SLUG]", required=False)
@debug_option
def explain(code: str | None) -> None:
    """Explain a rule: what it finds, why that matters, how it knows, what to do. Lists all rules without CODE.

    \b
    flowmap explain
    flowmap explain T301
    flowmap explain orphaned-event
    """
    rules = extensions.load_rules()
    if code is None:
        show(printed(_overview(rules), terminal()))
        return
    found = next((r for r in rules if code.lower() in (r.code.lower(), r.slug)), None)
    if found is None:
        raise click.UsageError(f"{code}: no such rule. {nearest_rule(code, rules)}")
    show(printed(_page(found), terminal()))


def _overview(rules: tuple[Rule, ...]) -> Iterator[RenderableType]:
    table = grid(0, 0, 0, 1)
    for rule in rules:
        state = rule.severity.value if rule.on else f"{rule.severity.value}, off"
        table.add_row(line((rule.code, BOLD)), line(rule.slug), line((state, SEVERITIES[rule.severity])), line(_first_line(rule)))
    yield Padding(table, 0)
    yield Text("")
    yield line(("flowmap explain CODE shows the page of a rule", DIM))


def _first_line(rule: Rule) -> str:
    return rule.page.partition("\n")[0]


def _page(rule: Rule) -> Iterator[RenderableType]:
    """The rule's head, then its page heading by heading."""
    state = "on by default" if rule.on else "off by default"
    yield line((f"{rule.code} {rule.slug}", BOLD), "  ", (rule.severity.value, SEVERITIES[rule.severity]), (f", {state}", DIM))
    parts = _HEADING.split(rule.page)
    for paragraph in _paragraphs(parts[0]):
        yield Padding(Text(paragraph), (0, 0, 0, 2))
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        yield Text("")
        yield line((title, BOLD))
        yield from _body(title, body)
    if rule.thresholds:
        yield Text("")
        table = grid(0, 1)
        for threshold in rule.thresholds:
            table.add_row(line((threshold.name, BOLD)), line(f"{threshold.what} ({_default(threshold)})"))
        yield Padding(table, (0, 0, 0, 2))


def _default(threshold: AnyThreshold) -> str:
    value = threshold.default
    return ", ".join(sorted(value)) or "none" if isinstance(value, frozenset) else f"{value:g}"


def _body(title: str, body: str) -> Iterator[RenderableType]:
    if title in _CODE:
        code = textwrap.dedent(body.strip("\n"))
        yield Padding(Syntax(code.rstrip(), "python", theme="ansi_dark", background_color="default", word_wrap=True), (0, 0, 0, 4))
        return
    for number, paragraph in enumerate(_paragraphs(body)):
        if number:
            yield Text("")
        yield Padding(_prose(paragraph), (0, 0, 0, 2))


def _paragraphs(body: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]


def _prose(paragraph: str) -> Text:
    """A paragraph with what stands in backticks set off."""
    pieces = paragraph.split("`")
    return line(*((piece, "cyan") if number % 2 else piece for number, piece in enumerate(pieces)))
