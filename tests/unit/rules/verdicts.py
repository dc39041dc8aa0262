"""What one rule says of a few sites."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from flowmap.checking import check
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding
from flowmap.model.interaction import Interaction
from flowmap.model.project import External
from flowmap.rule_api import Options, Rule
from flows import call, serve, system


def findings(
    rule: Rule, *sites: Interaction, externals: tuple[External, ...] = (), options: Options | None = None
) -> list[Finding]:
    """The findings of a rule over the graph of some sites."""
    return judged(rule, system(*sites, externals=externals), options)


def judged(rule: Rule, graph: FlowGraph, options: Options | None = None) -> list[Finding]:
    """The findings of a rule over a graph."""
    return list(check(graph, [rule], options or Options.by_default())[0])


def subjects(rule: Rule, *sites: Interaction, externals: tuple[External, ...] = (), options: Options | None = None) -> list[str]:
    """What the findings are about."""
    return sorted(f.subject for f in findings(rule, *sites, externals=externals, options=options))


def waiting(*services: str, path: str = "x") -> list[Interaction]:
    """A request that goes through these services one after the other, by the same path everywhere."""
    sites = [serve(name, f"GET /{path}") for name in services]
    return sites + [
        replace(call(one, other, f"GET /{path}", f"{one} serve GET /{path}"), id=f"{one} to {other} {path}")
        for one, other in pairwise(services)
    ]
