"""The verdict on a graph: the rules that the configuration selects, with the thresholds that it sets."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from flowmap import extensions
from flowmap.checking import check, code_of, selected
from flowmap.config import Config
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding
from flowmap.model.project import Diagnostic
from flowmap.rule_api import Options, Rule


@dataclass(frozen=True, slots=True)
class Judge:
    """The rules that count, and how they are set."""

    rules: tuple[Rule, ...]
    options: Options

    def verdict(self, graph: FlowGraph) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
        """All findings, and the rules that failed."""
        return check(graph, self.rules, self.options)


def judge(config: Config) -> Judge:
    """The judge that a configuration asks for. Raises ExtensionError for a rule that cannot be loaded, ConfigError for codes that
    no rule has and for thresholds that no rule reads or takes."""
    rules = extensions.load_rules()
    select, ignore = (_codes(config, key, given, rules) for key, given in (("select", config.select), ("ignore", config.ignore)))
    return Judge(selected(rules, select, ignore), _options(config, rules))


def _codes(config: Config, key: str, given: Iterable[str], rules: tuple[Rule, ...]) -> list[str]:
    found = []
    for number, name in enumerate(given):
        code = code_of(name, rules)
        if code is None:
            near = _near(name.lower(), [spelling for rule in rules for spelling in (rule.slug, rule.code.lower())])
            raise config.refusal(f"names no rule; {near or '`flowmap explain` lists them all.'}", key, number)
        found.append(code)
    return found


def _options(config: Config, rules: Iterable[Rule]) -> Options:
    known = {t.name: t for rule in rules for t in rule.thresholds}
    values = {}
    for name, value in config.rules.items():
        if name not in known:
            near = _near(name, known) or f"known are {', '.join(sorted(known))}."
            raise config.refusal(f"is no threshold of a rule; {near}", "rules", name)
        try:
            values[name] = known[name].read(value)
        except ValueError as error:
            raise config.refusal(str(error), "rules", name) from error
    return Options(values)


def _near(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean '{near[0]}'?" if near else ""
