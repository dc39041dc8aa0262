"""A rule as a value, what it is given, and the thresholds that several rules read."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flowmap.graph.agreements import Agreed
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding, Severity
from flowmap.model.gate import NOTHING_KNOWN, Baseline
from flowmap.model.interaction import Confidence
from flowmap.model.location import Evidence
from flowmap.model.suppression import Unused
from flowmap.naming import Domain
from flowmap.thresholds import AnyThreshold, Options, Threshold

EXTRA_VERBS = Threshold("extra-verbs", frozenset[str](), "words that your domain uses as instructions")
EXTRA_NOUNS = Threshold("extra-nouns", frozenset[str](), "verbs that your domain uses as names of things")
EXTRA_FACTS = Threshold("extra-facts", frozenset[str](), "words that in your domain say that something has happened")
WORDS = (EXTRA_VERBS, EXTRA_NOUNS, EXTRA_FACTS)
"""What a rule declares that asks for the `domain` of its context."""

MIN_WORKFLOW_SERVICES = Threshold("min-workflow-services", 4, "how many services make a workflow that has to be looked after")


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may look at; nothing in it can be changed. `options[THRESHOLD]` is what the team has set, or the default.
    `unused` is for rules that run `last`: the suppressions which no finding of the other ones needs. `agreed` are the contracts of
    the system, `baseline` what is known already."""

    graph: FlowGraph
    options: Options
    unused: tuple[Unused, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    baseline: Baseline = NOTHING_KNOWN

    @property
    def domain(self) -> Domain:
        """The words that the team adds to the lexicon."""
        return Domain(self.options[EXTRA_VERBS], self.options[EXTRA_NOUNS], self.options[EXTRA_FACTS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with everything that its findings share. One that runs `last` judges what became of the others' findings."""

    code: str
    slug: str
    severity: Severity
    why: str
    instead: str
    check: Callable[[RuleContext, Rule], Iterable[Finding]]
    on: bool = True
    last: bool = False
    thresholds: tuple[AnyThreshold, ...] = ()

    @property
    def page(self) -> str:
        """Its documentation: the docstring of the module that it comes from."""
        return inspect.getdoc(sys.modules[self.check.__module__]) or ""

    def finding(
        self,
        *,
        subject: str,
        services: Iterable[str],
        message: str,
        evidence: Iterable[Evidence],
        confidence: Confidence,
        why: str = "",
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            self.code,
            self.slug,
            self.severity,
            confidence,
            subject,
            tuple(dict.fromkeys(services)),
            message,
            tuple(evidence),
            why or self.why,
            self.instead,
        )
