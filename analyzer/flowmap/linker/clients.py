"""Sites that wait for an answer: HTTP requests and remote calls, out of the plugins' patterns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from flowmap import plugin_api as api
from flowmap.linker import urls
from flowmap.linker.around import enduring
from flowmap.linker.carried import Carried, carried
from flowmap.linker.contexts import Answer, follow
from flowmap.linker.documents import requests_of
from flowmap.linker.drafts import Draft, located
from flowmap.linker.literals import is_literal
from flowmap.linker.payloads import event_of
from flowmap.linker.rendering import reason, render
from flowmap.linker.sites import Site, conditions, subjects_of
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject, spread_out
from flowmap.linker.terms import Literal, Member, Place, Template, Term, Unknown, Value
from flowmap.linker.texts import bounded
from flowmap.linker.waiting import filled
from flowmap.model.interaction import Confidence, Endpoint, Kind, Role

if TYPE_CHECKING:
    from flowmap.linker.view import View

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True, slots=True)
class Request:
    """The values of a request pattern in one context; `subject` is the call. `missing` is what nobody gives as its URL, whatever
    the base of the client."""

    url: Value
    method: Value
    headers: dict[str, str]
    literal: bool
    subject: Subject = field(compare=False)
    missing: Unknown | None = None


class Shapes:
    """The paths of one request as they are known nearest to it: further up, where callers fill in one of many users, they stay as
    they are. `served` are the paths that services of the scan serve: one that is served by itself is an operation of its own."""

    def __init__(self, served: Collection[str]) -> None:
        self._served = served
        self._known: dict[tuple[int, ...], dict[Term, None]] = {}
        self._operations: dict[Term, Term] = {}

    def of(self, view: View, value: Value, place: Place | None) -> Value:
        """The URLs at a place as operations, with what is known of them on the way from there to the request."""
        value = tuple(self._operation(view, t) for t in value)
        way = _way(place)
        nearer = list(dict.fromkeys(s for n in range(len(way)) for s in self._known.get(way[:n], ())))
        for shape in nearer:
            value = tuple(urls.reshaped(t, shape) for t in value)
        open_ones = [t for t in value if isinstance(t, Template) and Unknown(urls.PATH_PARAMETER) in t.parts]
        self._known.setdefault(way, {}).update(dict.fromkeys(t for t in open_ones if t not in nearer))
        return bounded(value)

    def _operation(self, view: View, term: Term) -> Term:
        if term not in self._operations:
            shape = urls.as_operation(view, term)
            self._operations[term] = term if shape != term and urls.serves_some(self._served, shape) else shape
        return self._operations[term]


def _way(place: Place | None) -> tuple[int, ...]:
    """The calls that lead to the frame of a place, innermost first, by their expressions."""
    found: list[int] = []
    while place is not None and place.frame.link is not None:
        found.append(place.frame.link.key[0] if place.frame.link.key else 0)
        place = place.frame.link.place
    return tuple(found)


def request_drafts(view: View, site: Site, served: Collection[str]) -> Iterator[Draft]:
    """The calls of an HTTP client site, one per context and alternative; `served` are the paths that the scan serves."""
    pattern = site.pattern
    assert isinstance(pattern, api.Requests)
    shapes = Shapes(served)

    def question(place: Place, final: bool) -> tuple[list[Request], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        found = [r for s in there if (r := _request(view, pattern, s, shapes)) is not None]
        return found, (*waiting, *(v for r in found for v in (r.url, r.method)))

    for answer in follow(view, site.caller, question, site.caller.scope.path if pattern.generated else ""):
        for found in answer.content:
            yield from _request_drafts(view, site, pattern, answer, found)


def _request(view: View, pattern: api.Requests, subject: Subject, shapes: Shapes) -> Request | None:
    method: Value = (Literal(pattern.method),) if isinstance(pattern.method, str) else ask(view, pattern.method, subject)
    first = replace(subject, final=False)  # what callers fill a path with is taken out before they are asked
    url, base = ask(view, pattern.url, first), ask(view, pattern.base, first)
    if not url:
        wider = spread_out(subject) if not subject.spread else None
        return _request(view, pattern, wider, shapes) if wider is not None else None
    literal = is_literal(view, pattern.url, subject) and not base
    whole = shapes.of(view, urls.compose(view, filled(base), url, pattern.join), subject.place)
    if not subject.final:
        return Request(whole, method, _headers(view, subject), literal, subject)
    alone = view.close(url)
    missing = alone[0] if len(alone) == 1 and isinstance(alone[0], Unknown) and alone[0].uncalled else None
    whole = view.close(whole) or view.close(shapes.of(view, urls.compose(view, (), url, pattern.join), subject.place))
    return Request(whole, view.close(method), _headers(view, subject), literal, subject, missing)


def _headers(view: View, subject: Subject) -> dict[str, str]:
    """Those headers of a request that name a service to a gateway."""
    wanted = {form.header for form in view.knowledge.addressed if form.header}
    known = {name: view.text(ask(view, api.Entry(api.keyword("headers"), name), subject)) for name in wanted}
    return {name: value for name, value in known.items() if value}


def _sure(site: Site, answer: Answer[Any], *, literal: bool) -> Confidence:
    if site.guessed or site.plugin.fallback:
        return Confidence.GUESS
    return Confidence.CERTAIN if literal and not answer.chain else Confidence.DERIVED


def _request_drafts(
    view: View, site: Site, pattern: api.Requests, answer: Answer[list[Request]], found: Request
) -> Iterator[Draft]:
    methods = [t.text.upper() if t.text else "{}" for t in render(view, found.method)] or ["{}"]
    base = Draft(
        role=Role.CALL,
        transport="http",
        plugin=site.plugin.name,
        confidence=_sure(site, answer, literal=found.literal),
        waits=pattern.waits,
        **enduring(view, site, answer, found.subject),
        **located(view, site, answer),
    )
    known = {urls.parse(t): t for t in found.url}
    useful = {u: t for u, t in known.items() if u.host or u.path not in ("", "/") or u.hint}
    useful = {u: t for u, t in useful.items() if not (_covered(u, useful) or _never(u, useful))}
    if found.missing is not None:
        useful = {urls.parse(found.missing): found.missing}
    for url, term in (useful or known).items():
        for method in methods:
            if (beyond := carried(view.knowledge.addressed, url.host or "", url.path, found.headers)) is not None:
                yield from _carried_draft(view, base, beyond, method, found.subject)
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
                kind=Kind.COMMAND if method in WRITES or not pattern.waits else Kind.QUERY,
            )


def _carried_draft(view: View, base: Draft, beyond: Carried, method: str, subject: Subject) -> Iterator[Draft]:
    """A request to a gateway as what the gateway makes of it."""
    if beyond.channel is not None:
        event = _event(view, beyond.event, subject) if beyond.event else None
        yield replace(base, role=Role.PUBLISH, transport=beyond.transport, channel=beyond.channel, event=event)
    elif beyond.service is not None:
        kind = Kind.COMMAND if method in WRITES else Kind.QUERY
        yield replace(base, endpoint=Endpoint(f"{method} {beyond.path}"), service=beyond.service, kind=kind)


def _event(view: View, header: str, subject: Subject) -> str | None:
    """The type of the event that a request carries: in a header of that name, or in the envelope that headers or body are of."""
    headers = view.close(ask(view, api.keyword("headers"), subject))
    spellings = (header, header.title(), header.upper(), header.replace("-", "_"))
    stated = (view.text(view.close(ask(view, api.Entry(api.keyword("headers"), name), subject))) for name in spellings)
    if (found := next((s for s in stated if s), None)) is not None:
        return found
    bodies = (ask(view, api.keyword(name), subject) for name in ("data", "json", "content"))
    return next((t for value in (headers, *map(view.close, bodies)) if (t := view.text(event_of(view, value)))), None)


def _covered(url: urls.Url, others: Iterable[urls.Url]) -> bool:
    """Whether an alternative adds nothing: an unknown path beside known ones, the root beside an unknown path."""
    same = {o.path for o in others if (o.host, o.port) == (url.host, url.port)}
    return (url.path == "/{}" and bool(same - {"/", "/{}"})) or (url.path == "/" and "/{}" in same)


def _never(url: urls.Url, others: Iterable[urls.Url]) -> bool:
    """Whether an alternative cannot be: nothing stands before its path, or what nobody gives or an attribute of None, and another
    one has a host before the same path."""
    nobody = isinstance(url.hole, Unknown) and url.hole.uncalled
    nothing = isinstance(url.hole, Member) and url.hole.owner == Literal(None)
    return (
        url.host is None and (url.hole is None or nobody or nothing) and any(o.host and o.path.endswith(url.path) for o in others)
    )


def _no_host(view: View, term: Term) -> str:
    return "a path without a host" if isinstance(term, Literal | Template) else reason(view, term)


@dataclass(frozen=True, slots=True)
class Remote:
    """The values of a remote-call pattern in one context; `subject` is the call."""

    operation: Value
    service: Value
    address: Value
    channel: Value
    document: Value
    literal: bool
    subject: Subject = field(compare=False)


def remote_drafts(view: View, site: Site) -> Iterator[Draft]:
    """The calls of an RPC client site."""
    pattern = site.pattern
    assert isinstance(pattern, api.RemoteCalls)

    def question(place: Place, final: bool) -> tuple[list[Remote], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        found = [_remote(view, pattern, s) for s in there]
        return found, (*waiting, *(v for r in found for v in (r.operation, r.service, r.address, r.channel, r.document)))

    for answer in follow(view, site.caller, question):
        for found in answer.content:
            yield from _remote_drafts(view, site, pattern, answer, found)


def _remote(view: View, pattern: api.RemoteCalls, subject: Subject) -> Remote:
    refs = (pattern.operation, pattern.service, pattern.address, pattern.channel, pattern.document)
    values = [ask(view, r, subject) for r in refs]
    operation, service, address, channel, document = (view.close(v) for v in values) if subject.final else values
    return Remote(operation, service, address, channel, document, is_literal(view, pattern.service, subject), subject)


def _remote_drafts(
    view: View, site: Site, pattern: api.RemoteCalls, answer: Answer[list[Remote]], found: Remote
) -> Iterator[Draft]:
    base = Draft(
        role=Role.CALL,
        transport=pattern.transport,
        plugin=site.plugin.name,
        confidence=_sure(site, answer, literal=found.literal),
        kind=pattern.kind,
        waits=pattern.waits,
        planned=pattern.planned,
        **enduring(view, site, answer, found.subject),
        **located(view, site, answer),
    )
    services = render(view, found.service)
    channels = render(view, found.channel)
    address = next((urls.parse(t, bare_host=True) for t in view.texts(found.address)), None)
    for operation in render(view, found.operation):
        if requests := requests_of(view.surroundings.documents, found.document, (operation.text or "").rpartition(".")[2]):
            yield from _described_drafts(base, requests, address)
            continue
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


def _described_drafts(base: Draft, requests: Iterable[Endpoint], address: urls.Url | None) -> Iterator[Draft]:
    """A call as the requests that the client's document describes; the address that the client was given counts for more."""
    for request in requests:
        given = replace(request, host=address.host, port=address.port) if address is not None and address.host else request
        write = request.operation.partition(" ")[0] in WRITES
        why = "" if given.host else "the document names no host"
        yield replace(base, transport="http", endpoint=given, reason=why, kind=Kind.COMMAND if write else Kind.QUERY)
