"""What a configuration asks of the rules: which run and where, how they are set, what is set apart, and what is agreed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flowmap import extensions
from flowmap.checking import code_of, selected
from flowmap.config import Config, IgnoreConfig, OverrideConfig
from flowmap.graph.agreements import Agreed
from flowmap.model.flow import Severity
from flowmap.model.location import Location
from flowmap.model.suppression import How, Suppression
from flowmap.overriding import Override, Overriding
from flowmap.rule_api import Options, Rule


@dataclass(frozen=True, slots=True)
class Choice:
    """The rules that there are and those that run, where they count, how they are set, what is set apart, and the contracts."""

    known: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    overriding: Overriding
    options: Options
    suppressions: tuple[Suppression, ...]
    agreed: tuple[Agreed, ...]


def choice(config: Config) -> Choice:
    """What a configuration asks for. Raises ExtensionError for a rule that cannot be loaded, ConfigError for codes that no rule has
    and for thresholds that no rule reads or takes."""
    rules = extensions.load_rules()
    select = [_code(config, name, rules, "select", n) for n, name in enumerate(config.select)]
    extend = [_code(config, name, rules, "extend-select", n) for n, name in enumerate(config.extend_select)]
    ignore = [_code(config, name, rules, "ignore", n) for n, name in enumerate(config.ignore) if isinstance(name, str)]
    tables = [(n, stated) for n, stated in enumerate(config.ignore) if isinstance(stated, IgnoreConfig)]
    everywhere = frozenset(r.code for r in selected(rules, select, extend, ignore))
    overrides = tuple(_override(config, n, stated, rules) for n, stated in enumerate(config.overrides))
    somewhere = tuple(code for override in overrides for code in override.select)
    return Choice(
        rules,
        tuple(r for r in rules if r.code in everywhere or r.code.startswith(somewhere)),
        Overriding(everywhere, _severities(config, config.severity, rules, "severity"), overrides),
        _options(config, rules),
        tuple(_suppression(config, n, stated, rules) for n, stated in tables),
        tuple(Agreed(c, _place(config, "contracts", n)) for n, c in enumerate(config.contracts)),
    )


def _override(config: Config, number: int, stated: OverrideConfig, rules: tuple[Rule, ...]) -> Override:
    place = ("overrides", number)
    return Override(
        tuple(stated.services),
        tuple(stated.paths),
        tuple(_code(config, name, rules, *place, "select", n) for n, name in enumerate(stated.select)),
        tuple(_code(config, name, rules, *place, "ignore", n) for n, name in enumerate(stated.ignore)),
        _severities(config, stated.severity, rules, *place, "severity"),
    )


def _severities(
    config: Config, stated: Mapping[str, str], rules: tuple[Rule, ...], *place: str | int
) -> tuple[tuple[str, Severity], ...]:
    return tuple((_code(config, name, rules, *place, name), Severity(value)) for name, value in stated.items())


def _place(config: Config, *place: str | int) -> Location:
    line = config.line_of(*place)
    return Location(config.origin, line, line)


def _suppression(config: Config, number: int, stated: IgnoreConfig, rules: tuple[Rule, ...]) -> Suppression:
    return Suppression(
        How.CONFIGURATION,
        _place(config, "ignore", number),
        tuple(_code(config, name, rules, "ignore", number, "rules", n) for n, name in enumerate(stated.rules)),
        stated.reason,
        tuple(stated.services),
        tuple(stated.subjects),
        tuple(stated.paths),
    )


def _code(config: Config, name: str, rules: tuple[Rule, ...], *place: str | int) -> str:
    code = code_of(name, rules)
    if code is None:
        near = nearest(name.lower(), [spelling for rule in rules for spelling in (rule.slug, rule.code.lower())])
        raise config.refusal(f"names no rule; {near or '`flowmap explain` lists them all.'}", *place)
    return code


def _options(config: Config, rules: Iterable[Rule]) -> Options:
    known = {t.name: t for rule in rules for t in rule.thresholds}
    values = {}
    for name, value in config.rules.items():
        if name not in known:
            near = nearest(name, known) or f"known are {', '.join(sorted(known))}."
            raise config.refusal(f"is no threshold of a rule; {near}", "rules", name)
        try:
            values[name] = known[name].read(value)
        except ValueError as error:
            raise config.refusal(str(error), "rules", name) from error
    return Options(values)


def nearest(name: str, known: Iterable[str]) -> str:
    """The nearest of the known names as a question; empty if none is near."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else ""
