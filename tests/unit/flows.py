"""Flows by hand, without a scan: sites in, a connected graph or a report out."""

from __future__ import annotations

from dataclasses import replace

from flowmap.graph.connect import connect
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.disposal import Disposal
from flowmap.model.effect import Beside, Does, Effect
from flowmap.model.flow import Finding, Severity
from flowmap.model.interaction import Confidence, Endpoint, Handler, Interaction, Kind, Role
from flowmap.model.location import Evidence, Location
from flowmap.model.payload import Field, Payload
from flowmap.model.project import Diagnostic, Existing, External, ExternalKind, Forward, LeftOut, Project, Service
from flowmap.model.report import Report
from flowmap.model.step import Step


def at(path: str, line: int = 1, column: int = 1) -> Location:
    """A place on one line."""
    return Location(path, line, line, column)


def _site(role: Role, service: str, name: str, transport: str, after: tuple[str, ...], line: int) -> Interaction:
    return Interaction(
        id=f"{service} {role.value} {name}",
        role=role,
        service=service,
        transport=transport,
        location=at(f"{service}/app.py", line),
        confidence=Confidence.CERTAIN,
        function=f"do_{line}",
        triggers=after,
        steps=tuple(Step(trigger, line) for trigger in after),
    )


def holding(*names: str, more: bool = False) -> Payload:
    """A message by the names of its fields, each in a line of its own; `total?` may be missing, `total-` is not missed by whoever
    reads it, `total...` holds something unknown, `total:int` is of that type."""
    return Payload(tuple(_field(name, line) for line, name in enumerate(names, 50)), more)


def _field(said: str, line: int) -> Field:
    name, _, kind = said.rstrip("?-.").partition(":")
    return Field(name, at("fields.py", line), kind, always="?" not in said, spare="-" in said, open="..." in said)


def publish(service: str, channel: str | None, *after: str, transport: str = "kafka", line: int = 10) -> Interaction:
    """A publication; `after` are the ids of what triggers it, `<service> <role> <name>`."""
    return replace(_site(Role.PUBLISH, service, channel or "?", transport, after, line), channel=channel, **_why(channel))


def subscribe(service: str, channel: str | None, *, transport: str = "kafka", line: int = 20) -> Interaction:
    """A subscription with a handler named after it."""
    site = _site(Role.SUBSCRIBE, service, channel or "?", transport, (), line)
    return replace(site, channel=channel, handler=_handler(site, f"on_{channel}"), **_why(channel))


def serve(service: str, operation: str, *, transport: str = "http", line: int = 30) -> Interaction:
    """An endpoint."""
    site = _site(Role.SERVE, service, operation, transport, (), line)
    return replace(site, endpoint=Endpoint(operation), handler=_handler(site, "endpoint"), kind=Kind.QUERY)


def call(service: str, target: str | None, operation: str, *after: str, transport: str = "http", line: int = 40) -> Interaction:
    """A call to a service or an external by its name."""
    site = _site(Role.CALL, service, f"{target} {operation}", transport, after, line)
    return replace(site, target=target, endpoint=Endpoint(operation), kind=Kind.QUERY, **_why(target))


def _handler(site: Interaction, name: str) -> Handler:
    first = site.location.line + 1
    return Handler(name, replace(site.location, line=first, end_line=first + 5), f"{site.id} handler")


def _why(known: str | None) -> dict[str, str]:
    return {} if known is not None else {"unresolved": "comes from a file"}


def system(
    *sites: Interaction,
    externals: tuple[External, ...] = (),
    roots: dict[str, str] | None = None,
    forwards: tuple[Forward, ...] = (),
    existing: tuple[Existing, ...] = (),
    elsewhere: tuple[Existing, ...] = (),
    effects: tuple[Effect, ...] = (),
    disposals: tuple[Disposal, ...] = (),
    local: bool = True,
) -> FlowGraph:
    """The graph of some sites; every service lies in a folder of its own name unless `roots` says where."""
    names = dict.fromkeys([*(s.service for s in sites), *(roots or {})])
    services = tuple(Service(n, (roots or {}).get(n, n)) for n in names)
    there = Project((), services, externals, forwards=forwards, existing=existing)
    project = replace(there, elsewhere=elsewhere, disposals=disposals)
    return connect(sites, project, effects=effects, local=local)


def effect(does: Does, service: str, about: str, *after: str, line: int = 50) -> Effect:
    """An effect; `after` are the ids of what triggers it."""
    place = at(f"{service}/app.py", line)
    return Effect(does, service, "kept", place, f"do_{line}", Confidence.DERIVED, about, does is not Does.READS, triggers=after)


def commit(service: str, *beside: Interaction, after: bool = True, line: int = 50, about: str = "Order") -> Effect:
    """A write that lasts, and what is published beside it."""
    kept = effect(Does.WRITES, service, about, *dict.fromkeys(t for i in beside for t in i.triggers), line=line)
    steps = [(Evidence(i.location, "publishes", i.function), Evidence(kept.location, "makes last", kept.function)) for i in beside]
    return replace(kept, beside=tuple(Beside(i.id, after, s) for i, s in zip(beside, steps, strict=True)))


def finding(code: str, subject: str, *sites: Interaction, severity: Severity = Severity.WARNING, slug: str = "a-rule") -> Finding:
    """A finding whose evidence are the sites, at their own places."""
    return Finding(
        code=code,
        slug=slug,
        severity=severity,
        confidence=Confidence.DERIVED,
        subject=subject,
        services=tuple(dict.fromkeys(s.service for s in sites)),
        message=f"{subject} is wrong",
        evidence=tuple(Evidence(s.location, f"{s.service} does it", s.function) for s in sites),
        why="It breaks.",
        instead="Mend it.",
    )


def report(graph: FlowGraph, *findings: Finding, sources: dict[str, str] | None = None) -> Report:
    """A report of a graph."""
    return Report(
        root="shop",
        flow=graph.flow,
        findings=findings,
        diagnostics=(),
        left_out=(),
        version="1.2.3",
        files=3,
        lines=1234,
        seconds=0.25,
        sources={path: text.encode("utf-8", "backslashreplace") for path, text in (sources or {}).items()},
    )


def shop() -> FlowGraph:
    """A gateway that waits for orders, orders that wait for stock and announce, billing and mail that react, and a loose end."""
    return system(
        serve("gateway", "POST /checkout"),
        call("gateway", "orders", "POST /orders", "gateway serve POST /checkout", line=41),
        serve("orders", "POST /orders"),
        serve("orders", "GET /orders/{}", line=35),
        call("orders", "stock", "GET /stock/{}", "orders serve POST /orders", line=42),
        publish("orders", "order-placed", "orders serve POST /orders", line=43),
        serve("stock", "GET /stock/{}"),
        subscribe("billing", "order-placed"),
        call("billing", "api.stripe.com", "POST /charges", "billing subscribe order-placed", line=44),
        publish("billing", "invoice-sent", "billing subscribe order-placed", line=45),
        subscribe("mail", "order-placed"),
        publish("mail", None, line=46),
        externals=(External("postgres", ExternalKind.PRODUCT),),
    )


def full_report() -> Report:
    """The shop with a finding of each severity, something left out and something that could not be read."""
    graph = shop()
    placed, sent = (next(i for i in graph.flow.interactions if i.channel == c) for c in ("order-placed", "invoice-sent"))
    found = (
        finding("C102", "orders", placed, severity=Severity.ERROR, slug="sync-cycle"),
        finding("T301", "invoice-sent", sent, placed, slug="orphaned-event"),
        finding("E202", "order-placed", placed, severity=Severity.ADVICE, slug="vague-event"),
    )
    base = report(graph, *found, sources={"billing/app.py": "\n" * 44 + "    bus.publish('invoice-sent', {})\n"})
    diagnostic = Diagnostic("not valid Python", at("mail/broken.py", 7))
    return replace(base, diagnostics=(diagnostic,), left_out=(LeftOut("tests", 12, "tests/test_a.py"),))
