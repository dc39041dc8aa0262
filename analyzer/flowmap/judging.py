"""The verdict on a graph: the rules that the configuration selects, with the thresholds that it sets and what it sets apart."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from flowmap import extensions
from flowmap.checking import check, code_of, order, selected
from flowmap.config import Config, IgnoreConfig
from flowmap.graph.advice import Limits, advice
from flowmap.graph.coupling import coupling
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.purposes import WAITING_WORK
from flowmap.model.advice import Advice
from flowmap.model.coupling import Coupling
from flowmap.model.flow import Finding, Suppressed
from flowmap.model.location import Location
from flowmap.model.project import Diagnostic
from flowmap.model.suppression import How, Suppression
from flowmap.rule_api import Options, Rule
from flowmap.suppressing import Suppressing
from flowmap.thresholds import AVAILABILITY, DEFERRABLE, MAX_SYNC_FAN_OUT, MAX_SYNC_HOPS


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings that count, those that are set apart, the numbers of the services, what could become events, and
    the rules that failed."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    coupling: tuple[Coupling, ...]
    advice: tuple[Advice, ...]
    failures: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """The rules that there are and those that count, how they are set, and what the configuration sets apart."""

    known: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    options: Options
    suppressions: tuple[Suppression, ...] = ()

    def verdict(self, graph: FlowGraph, written: tuple[Suppression, ...] = ()) -> Verdict:
        """The verdict on a graph, in whose code some suppressions are `written`."""
        suppressing = Suppressing(graph, self.known, (*written, *self.suppressions))
        first, last = ([r for r in self.rules if r.last is late] for late in (False, True))
        found, failures = check(graph, first, self.options)
        early = suppressing.parted(found)
        # What a rule that failed would have found, nobody can tell.
        unused = () if failures else suppressing.unused([r.code for r in first])
        found, more = check(graph, last, self.options, unused)
        late = suppressing.parted(found)
        kept = tuple(sorted((*early.kept, *late.kept), key=order))
        numbers = coupling(graph, self.options[AVAILABILITY])
        return Verdict(kept, (*early.suppressed, *late.suppressed), numbers, advice(graph, self._limits()), (*failures, *more))

    def _limits(self) -> Limits:
        chosen = self.options
        words = WAITING_WORK | {w.lower() for w in chosen[DEFERRABLE]}
        return Limits(chosen[MAX_SYNC_HOPS], chosen[MAX_SYNC_FAN_OUT], chosen[AVAILABILITY], words)


def judge(config: Config) -> Judge:
    """The judge that a configuration asks for. Raises ExtensionError for a rule that cannot be loaded, ConfigError for codes that
    no rule has and for thresholds that no rule reads or takes."""
    rules = extensions.load_rules()
    select = [_code(config, name, rules, "select", n) for n, name in enumerate(config.select)]
    ignore = [_code(config, name, rules, "ignore", n) for n, name in enumerate(config.ignore) if isinstance(name, str)]
    tables = [(n, stated) for n, stated in enumerate(config.ignore) if isinstance(stated, IgnoreConfig)]
    apart = tuple(_suppression(config, n, stated, rules) for n, stated in tables)
    return Judge(rules, selected(rules, select, ignore), _options(config, rules), apart)


def _suppression(config: Config, number: int, stated: IgnoreConfig, rules: tuple[Rule, ...]) -> Suppression:
    line = config.line_of("ignore", number)
    return Suppression(
        How.CONFIGURATION,
        Location(config.origin, line, line),
        tuple(_code(config, name, rules, "ignore", number, "rules", n) for n, name in enumerate(stated.rules)),
        stated.reason,
        tuple(stated.services),
        tuple(stated.subjects),
        tuple(stated.paths),
    )


def _code(config: Config, name: str, rules: tuple[Rule, ...], *place: str | int) -> str:
    code = code_of(name, rules)
    if code is None:
        near = _near(name.lower(), [spelling for rule in rules for spelling in (rule.slug, rule.code.lower())])
        raise config.refusal(f"names no rule; {near or '`flowmap explain` lists them all.'}", *place)
    return code


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
