"""The verdict on a graph: the rules that the configuration selects, with the thresholds that it sets and what it sets apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flowmap.checking import check, order
from flowmap.choosing import Choice, choice, nearest
from flowmap.config import BudgetContract, Config
from flowmap.graph.advice import Limits, advice
from flowmap.graph.agreements import Agreed, absent, named_here, unheard_of
from flowmap.graph.coupling import coupling
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.purposes import WAITING_WORK
from flowmap.model.advice import Advice
from flowmap.model.coupling import Coupling
from flowmap.model.flow import Finding, RuleFacts, Suppressed
from flowmap.model.gate import NOTHING_KNOWN, Baseline
from flowmap.model.location import Location
from flowmap.model.project import Diagnostic
from flowmap.model.suppression import Suppression, Unused
from flowmap.rule_api import RuleContext
from flowmap.suppressing import Suppressing
from flowmap.thresholds import AVAILABILITY, DEFERRABLE, MAX_SYNC_FAN_OUT, MAX_SYNC_HOPS


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings that count, those that are set apart, the rules that ran, the numbers of the services, what could become
    events, and what could not be judged: rules that failed, contracts about what is not there."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    rules: tuple[RuleFacts, ...]
    coupling: tuple[Coupling, ...]
    advice: tuple[Advice, ...]
    failures: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """What is asked of the rules, and what is known already."""

    choice: Choice
    baseline: Baseline = NOTHING_KNOWN

    def verdict(self, graph: FlowGraph, written: tuple[Suppression, ...] = ()) -> Verdict:
        """The verdict on a graph, in whose code some suppressions are `written`."""
        suppressing = Suppressing(graph, self.choice.known, (*written, *self.choice.suppressions))
        first, last = ([r for r in self.choice.rules if r.last is late] for late in (False, True))
        found, failures = check(self._context(graph), first)
        early = suppressing.parted(self.choice.overriding.applied(found))
        # What a rule that failed would have found, nobody can tell.
        unused = () if failures else suppressing.unused([r.code for r in first])
        found, more = check(self._context(graph, unused), last)
        late = suppressing.parted(self.choice.overriding.applied(found))
        kept = tuple(sorted((*early.kept, *late.kept), key=order))
        numbers = coupling(graph, self.choice.options[AVAILABILITY])
        faults = (*failures, *more, *self._absent(graph))
        ran = tuple(RuleFacts(r.code, r.slug, r.severity, r.page.partition("\n")[0], r.page) for r in self.choice.rules)
        return Verdict(kept, (*early.suppressed, *late.suppressed), ran, numbers, advice(graph, self._limits()), faults)

    def _context(self, graph: FlowGraph, unused: tuple[Unused, ...] = ()) -> RuleContext:
        return RuleContext(graph, self.choice.options, unused, (*self.choice.agreed, *_kept_to(self.baseline)), self.baseline)

    def _absent(self, graph: FlowGraph) -> Iterator[Diagnostic]:
        """The contracts that name what is not there: they would keep silent for ever."""
        channels = sorted({name for i in graph.flow.interactions for name in (i.channel, i.event, i.exchange) if name})
        for agreed in self.choice.agreed:
            missing = [(name, named_here(graph)) for name in absent(graph, agreed.contract)]
            missing += [(name, channels) for name in unheard_of(graph, agreed.contract)]
            for name, known in missing:
                near = nearest(name, known) or "set `may-be-absent` if that is meant."
                said = f"the contract '{agreed.contract.name}' names '{name}', and nothing in the scan is called so; {near}"
                yield Diagnostic(said, agreed.location, fatal=True)

    def _limits(self) -> Limits:
        chosen = self.choice.options
        words = WAITING_WORK | {w.lower() for w in chosen[DEFERRABLE]}
        return Limits(chosen[MAX_SYNC_HOPS], chosen[MAX_SYNC_FAN_OUT], chosen[AVAILABILITY], words)


def judge(config: Config, baseline: Baseline = NOTHING_KNOWN) -> Judge:
    """The judge that a configuration asks for, who knows a baseline. Raises as `choice` does."""
    return Judge(choice(config), baseline)


def _kept_to(baseline: Baseline) -> Iterator[Agreed]:
    """The numbers of a baseline as budgets of the system."""
    for number in baseline.numbers:
        budget = {"type": "budget", "name": "baseline", "reason": number.reason, number.name: number.value}
        yield Agreed(BudgetContract.model_validate(budget), Location(baseline.origin, 1, 1))
