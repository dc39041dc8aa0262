"""The verdict on a graph: the rules that the configuration selects, with the thresholds that it sets."""

from __future__ import annotations

from flowmap import extensions
from flowmap.checking import check, selected
from flowmap.config import Config
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding
from flowmap.model.project import Diagnostic
from flowmap.rule_api import Options


def judged(graph: FlowGraph, config: Config) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """All findings, and the rules that failed. Raises ExtensionError for a rule that cannot be loaded."""
    rules = selected(extensions.load_rules(), config.select, config.ignore)
    options = Options(config.rules.max_sync_hops, config.rules.availability, frozenset(config.rules.extra_verbs))
    return check(graph, rules, options)
