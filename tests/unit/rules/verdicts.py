"""What one rule says of a few sites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from flowmap.checking import check
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding
from flowmap.model.interaction import Interaction
from flowmap.model.patience import Retry, Source, Timeout
from flowmap.model.project import External
from flowmap.model.step import Around, Surrounding
from flowmap.rule_api import Agreed, Options, Rule, RuleContext
from flows import at, call, serve, system


def findings(
    rule: Rule, *sites: Interaction, externals: tuple[External, ...] = (), options: Options | None = None
) -> list[Finding]:
    """The findings of a rule over the graph of some sites."""
    return judged(rule, system(*sites, externals=externals), options)


def judged(rule: Rule, graph: FlowGraph, options: Options | None = None, agreed: Iterable[Agreed] = ()) -> list[Finding]:
    """The findings of a rule over a graph, with what is agreed."""
    return list(check(RuleContext(graph, options or Options.by_default(), agreed=tuple(agreed)), [rule])[0])


def subjects(rule: Rule, *sites: Interaction, externals: tuple[External, ...] = (), options: Options | None = None) -> list[str]:
    """What the findings are about."""
    return sorted(f.subject for f in findings(rule, *sites, externals=externals, options=options))


def within(site: Interaction, *kinds: Surrounding, line: int = 1, arm: int = 0) -> Interaction:
    """A site with something around it, outermost first, each on a line of its own from `line` on."""
    around = tuple(Around(kind, at(f"{site.service}/app.py", line + n), arm) for n, kind in enumerate(kinds))
    return replace(site, steps=tuple(replace(s, around=around) for s in site.steps))


def limited(site: Interaction, seconds: float | None, *, tries: int | None = 1, unknown: str = "") -> Interaction:
    """A call that gives up after some seconds and is tried some times."""
    retries = () if tries == 1 else (Retry("tenacity", tries),)
    return replace(site, timeout=Timeout(seconds, Source.ARGUMENT, unknown), retries=retries)


def asking(one: str, other: str, path: str = "x", after: str = "", line: int = 40) -> Interaction:
    """A call of `GET /<path>` in the work of `GET /<after>`, or of the same path."""
    return replace(
        call(one, other, f"GET /{path}", f"{one} serve GET /{after or path}", line=line), id=f"{one} to {other} {path} {line}"
    )


def waiting(*services: str, path: str = "x") -> list[Interaction]:
    """A request that goes through these services one after the other, by the same path everywhere."""
    sites = [serve(name, f"GET /{path}") for name in services]
    return sites + [
        replace(call(one, other, f"GET /{path}", f"{one} serve GET /{path}"), id=f"{one} to {other} {path}")
        for one, other in pairwise(services)
    ]
