"""A first configuration for a system: what was found, as comments, and budgets at today's numbers. Every name is written so that it
means itself, whatever the scanned code calls things."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator

from flowmap.graph.budgets import measured
from flowmap.graph.domains import domains
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import OUTSIDE
from flowmap.reporter_api import Report
from flowmap.visible import shortened, visible

COUNTED = ("hops", "fan_out", "blind_spots", "orphans")
_SHOWN = 40
_LONGEST = 120


def proposal(report: Report, baseline: str) -> str:
    """The text of a flowmap.toml; `baseline` is the name of the file of what is known."""
    graph = FlowGraph(report.flow)
    parts = (_head(), _services(report), _domains(report), _externals(graph), _check(baseline), _budget(graph), _examples(graph))
    return "\n".join("\n".join(part) + "\n" for part in map(list, parts) if part)


def _head() -> Iterator[str]:
    yield "# The configuration of flowmap. Lines that begin with # are proposals and notes; every key is described by"
    yield "# `flowmap config`."


def _services(report: Report) -> Iterator[str]:
    found = report.flow.services
    yield f"# {len(found)} services were found. State one by hand where flowmap calls it wrongly or does not find it."
    for service in found[:_SHOWN]:
        where = f"  ({service.evidence[0].location})" if service.evidence else ""
        yield f"#   {visible(service.name)}: {visible(service.root)}{visible(where)}"
    if len(found) > _SHOWN:
        yield f"#   and {len(found) - _SHOWN} more"
    yield "#"
    name, root = (found[0].name, found[0].root) if found else ("orders", "services/orders")
    yield "# [[services]]"
    yield f"# name = {_text(name)}"
    yield f"# root = {_text(root)}"


def _domains(report: Report) -> Iterator[str]:
    yield "# Domains (bounded contexts) group services; contracts name them as `domain:NAME`."
    groups: dict[str, list[str]] = defaultdict(list)
    for service, domain in domains(report.flow.services).items():
        groups[domain].append(service)
    if not groups:
        yield "#"
        yield '# [[domains]]\n# name = "sales"\n# services = ["orders", "billing-*"]'
    for domain, services in groups.items():
        yield ""
        yield "[[domains]]"
        yield f"name = {_text(domain)}"
        yield f"services = [{', '.join(_text(_exactly(s)) for s in services)}]"


def _externals(graph: FlowGraph) -> Iterator[str]:
    ends = [e for e in graph.unheard() if not e.blind]
    if ends:
        yield "# Nobody in the scan listens to these channels. If somebody outside does, say who, and they are no orphans any more."
        yield "#"
        yield "# [[externals]]"
        yield '# name = "reporting"'
        yield f"# subscribes = [{', '.join(_text(e.channel) for e in ends[:_SHOWN])}]"


def _check(baseline: str) -> Iterator[str]:
    yield "# What makes `flowmap check` fail: findings this grave, this sure, and not in the baseline."
    yield "[check]"
    yield 'fail-on = "warning"'
    yield 'min-confidence = "derived"'
    yield f"baseline = {_text(baseline)}"


def _budget(graph: FlowGraph) -> Iterator[str]:
    yield "# The numbers as they are. Lower them as the system gets better; whoever raises one says why."
    yield "[[contracts]]"
    yield 'type = "budget"'
    yield 'name = "no worse than today"'
    yield 'reason = "coupling grows by one call at a time; these were the numbers when `flowmap init` looked"'
    for name in COUNTED:
        found = measured(graph, name)
        said = f"  # {shortened(visible(found.what), _LONGEST)}" if found.value else ""
        yield f"{name.replace('_', '-')} = {int(found.value)}{said}"
    share = math.ceil(measured(graph, "sync_share").value * 100) / 100
    yield f"sync-share = {share}"


def _examples(graph: FlowGraph) -> Iterator[str]:
    """Contracts to begin with, about services of this system."""
    waits = [e for e in graph.flow.edges if e.kind is EdgeKind.COORDINATION and not e.target.startswith(OUTSIDE)]
    names = [s.name for s in graph.flow.services]
    one, other = (waits[0].source, waits[0].target) if waits else (*names, "orders", "billing")[:2]
    yield "# What else can be agreed: forbidden, allowed-only, layers, independence, ownership. For instance:"
    yield "#"
    yield "# [[contracts]]"
    yield '# type = "forbidden"'
    yield f"# name = {_text(f'{other} is told, not asked')}"
    yield f"# reason = {_text(f'{one} has to work while {other} is down')}"
    yield f"# from = [{_text(_exactly(one))}]"
    yield f"# to = [{_text(_exactly(other))}]"
    yield '# kind = "sync"'


def _text(value: str) -> str:
    """A TOML string of a text: visible, so that no sign in it ends the string or the line."""
    return json.dumps(visible(value), ensure_ascii=False)


def _exactly(name: str) -> str:
    """A glob that means a name and no other."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
