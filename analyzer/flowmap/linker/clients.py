"""Sites that wait for an answer: HTTP requests and remote calls, out of the plugins' patterns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker import urls
from flowmap.linker.carried import Carried, carried
from flowmap.linker.contexts import Answer, follow
from flowmap.linker.drafts import Draft, located
from flowmap.linker.literals import is_literal
from flowmap.linker.rendering import reason, render
from flowmap.linker.sites import Site, conditions, subjects_of
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject, spread_out
from flowmap.linker.terms import Literal, Place, Term, Unknown, Value
from flowmap.model.interaction import Confidence, Endpoint, Kind, Role

if TYPE_CHECKING:
    from flowmap.linker.view import View

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True, slots=True)
class Request:
    """The values of a request pattern in one context."""

    url: Value
    method: Value
    headers: dict[str, str]
    literal: bool


def request_drafts(view: View, site: Site) -> Iterator[Draft]:
    """The calls of an HTTP client site, one per context and alternative."""
    pattern = site.pattern
    assert isinstance(pattern, api.Requests)

    def question(place: Place, final: bool) -> tuple[list[Request], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        found = [r for s in there if (r := _request(view, pattern, s)) is not None]
        return found, (*waiting, *(v for r in found for v in (r.url, r.method)))

    for answer in follow(view, site.caller, question):
        for found in answer.content:
            yield from _request_drafts(view, site, answer, found)


def _request(view: View, pattern: api.Requests, subject: Subject) -> Request | None:
    method: Value = (Literal(pattern.method),) if isinstance(pattern.method, str) else ask(view, pattern.method, subject)
    url, base = ask(view, pattern.url, subject), ask(view, pattern.base, subject)
    if subject.final:
        url, base, method = view.close(url), view.close(base), view.close(method)
    if not url:
        wider = spread_out(subject) if not subject.spread else None
        return _request(view, pattern, wider) if wider is not None else None
    literal = is_literal(view, pattern.url, subject) and not base
    return Request(urls.compose(view, base, url, pattern.join), method, _headers(view, subject), literal)


def _headers(view: View, subject: Subject) -> dict[str, str]:
    """Those headers of a request that name a service to a gateway."""
    wanted = {form.header for form in view.knowledge.addressed if form.header}
    known = {name: view.text(ask(view, api.Entry(api.keyword("headers"), name), subject)) for name in wanted}
    return {name: value for name, value in known.items() if value}


def _request_drafts(view: View, site: Site, answer: Answer[list[Request]], found: Request) -> Iterator[Draft]:
    confidence = Confidence.CERTAIN if found.literal and not answer.chain else Confidence.DERIVED
    if site.plugin.fallback:
        confidence = Confidence.GUESS
    methods = [t.text.upper() if t.text else "{}" for t in render(view, found.method)] or ["{}"]
    base = Draft(role=Role.CALL, transport="http", plugin=site.plugin.name, confidence=confidence, **located(view, site, answer))
    known = {urls.parse(t): t for t in found.url}
    useful = {u: t for u, t in known.items() if u.host or u.path not in ("", "/") or u.hint}
    useful = {u: t for u, t in useful.items() if not _covered(u, useful)}
    for url, term in (useful or known).items():
        for method in methods:
            if (beyond := carried(view.knowledge.addressed, url.path, found.headers)) is not None:
                yield from _carried_draft(base, beyond, method)
                continue
            why = "" if url.host else reason(view, url.hole) if url.hole is not None else _no_host(view, term)
            operation = f"{method} {url.path or '/{}'}"
            named = urls.looked_up(view, url.hole) if url.host is None else None
            yield replace(
                base,
                endpoint=Endpoint(operation, url.host, url.port, url.scheme, url.hint),
                service=named,
                reason=why,
                unreached=isinstance(url.hole, Unknown) and url.hole.uncalled,
                kind=Kind.COMMAND if method in WRITES else Kind.QUERY,
            )


def _carried_draft(base: Draft, beyond: Carried, method: str) -> Iterator[Draft]:
    """A request to a gateway as what the gateway makes of it."""
    if beyond.channel is not None:
        yield replace(base, role=Role.PUBLISH, transport=beyond.transport, channel=beyond.channel)
    elif beyond.service is not None:
        kind = Kind.COMMAND if method in WRITES else Kind.QUERY
        yield replace(base, endpoint=Endpoint(f"{method} {beyond.path}"), service=beyond.service, kind=kind)


def _covered(url: urls.Url, others: Iterable[urls.Url]) -> bool:
    """Whether an alternative adds nothing: an unknown path beside known ones, the root beside an unknown path."""
    same = {o.path for o in others if (o.host, o.port) == (url.host, url.port)}
    return (url.path == "/{}" and bool(same - {"/", "/{}"})) or (url.path == "/" and "/{}" in same)


def _no_host(view: View, term: Term) -> str:
    return "a path without a host" if isinstance(term, Literal) else reason(view, term)


@dataclass(frozen=True, slots=True)
class Remote:
    """The values of a remote-call pattern in one context."""

    operation: Value
    service: Value
    address: Value
    channel: Value
    literal: bool


def remote_drafts(view: View, site: Site) -> Iterator[Draft]:
    """The calls of an RPC client site."""
    pattern = site.pattern
    assert isinstance(pattern, api.RemoteCalls)

    def question(place: Place, final: bool) -> tuple[list[Remote], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        found = [_remote(view, pattern, s) for s in there]
        return found, (*waiting, *(v for r in found for v in (r.operation, r.service, r.address, r.channel)))

    for answer in follow(view, site.caller, question):
        for found in answer.content:
            yield from _remote_drafts(view, site, pattern, answer, found)


def _remote(view: View, pattern: api.RemoteCalls, subject: Subject) -> Remote:
    refs = (pattern.operation, pattern.service, pattern.address, pattern.channel)
    values = [ask(view, r, subject) for r in refs]
    operation, service, address, channel = (view.close(v) for v in values) if subject.final else values
    return Remote(operation, service, address, channel, is_literal(view, pattern.service, subject))


def _remote_drafts(
    view: View, site: Site, pattern: api.RemoteCalls, answer: Answer[list[Remote]], found: Remote
) -> Iterator[Draft]:
    base = Draft(
        role=Role.CALL,
        transport=pattern.transport,
        plugin=site.plugin.name,
        confidence=Confidence.CERTAIN if found.literal and not answer.chain else Confidence.DERIVED,
        kind=pattern.kind,
        waits=pattern.waits,
        **located(view, site, answer),
    )
    services = render(view, found.service)
    channels = render(view, found.channel)
    address = next((urls.parse(t, bare_host=True) for t in view.texts(found.address)), None)
    for operation in render(view, found.operation):
        for service in services or (None,):
            name = service.text if service is not None else None
            channel = next((c.text for c in channels if c.text), None)
            if name or channel or (address and address.host):
                why = ""
            else:
                why = service.reason if service else next((c.reason for c in channels), operation.reason) or "no address is known"
            endpoint = Endpoint(
                operation.text or "{}",
                address.host if address else None,
                address.port if address else None,
                None,
                name or (address.hint if address else None),
            )
            dead = operation.uncalled or any(c.uncalled for c in channels)
            why = why or (operation.reason if dead else "")
            yield replace(base, endpoint=endpoint, service=name, channel=channel, broker=pattern.broker, reason=why, unreached=dead)
