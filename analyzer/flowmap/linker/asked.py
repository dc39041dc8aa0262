"""What a pattern asked of its call in one context, and the steps to each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flowmap import plugin_api as api
from flowmap.linker.activations import places
from flowmap.linker.derive import Tracer
from flowmap.linker.drafts import Asked
from flowmap.linker.messages import elements
from flowmap.linker.mounted import prefix_sought
from flowmap.linker.mounts import Mount, receiver_of, router_of
from flowmap.linker.observed import Key, Observed
from flowmap.linker.payloads import event_of
from flowmap.linker.rendering import spelled
from flowmap.linker.rows import columns, stored
from flowmap.linker.sites import Site, conditions, subjects_of
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject, spread_out
from flowmap.linker.terms import Term
from flowmap.model.derivation import Sought


def recognised(view: Observed, site: Site, asked: Asked) -> str:
    """The call as plugins know it."""
    place = asked.place if asked.caller == site.caller else places(view, site.caller)[0]
    for subject in subjects_of(view, site, place, asked.final):
        if subject.callee is not None:
            return spelled(view, subject.callee)
    return ""


def contexts(tracer: Tracer, site: Site, asked: Asked, table: Callable[[], list[Mount]]) -> Iterator[tuple[Sought, ...]]:
    """What the pattern asks for in one context; `table` has the mounts of the view, where routers matter."""
    view, pattern = tracer.view, site.pattern
    if asked.caller != site.caller:
        yield _stored(tracer, site, asked)
        return
    there, _ = conditions(view, site, subjects_of(view, site, asked.place, asked.final))
    through: Key = ("each", id(asked))
    with view.opening(through):
        each = pattern.each if isinstance(pattern, api.Messages | api.Binds) else None
        subjects = list(elements(view, each, there))
    for subject in subjects:
        found = [_sought(tracer, name, ref, subject, through) for name, ref in _slots(pattern)]
        if isinstance(pattern, api.Messages) and pattern.event is None and pattern.payload is not None:
            found.append(_sought(tracer, "event", pattern.payload, subject, through, payload=True))
        found += [prefix_sought(view, router, table()) for router in _routers(view, pattern, subject)]
        yield tuple(s for s in found if s is not None)


def _routers(view: Observed, pattern: api.Pattern, subject: Subject) -> Iterator[Term | None]:
    """The router that a route or a subscription is put into."""
    if isinstance(pattern, api.Serves):
        yield next(iter(ask(view, pattern.router, subject)), None) or router_of(subject)
    elif isinstance(pattern, api.Messages) and pattern.prefixed:
        yield receiver_of(subject)


def _stored(tracer: Tracer, site: Site, asked: Asked) -> tuple[Sought, ...]:
    """The same where the destination stands in an object that is made by another call, stored, and sent by this one."""
    view, found = tracer.view, []
    for subject in subjects_of(view, site, places(view, site.caller)[0], final=True):
        for name, ref in _slots(site.pattern):
            key: Key = ("sought", name, id(subject))
            with view.opening(key):
                kept = stored(view, columns(view, ask(view, ref, subject)), asked.caller, asked.place)
                value = view.close(kept) if asked.final else kept
                view.texts(value)
            if value:
                found.append(tracer.sought(name, key, value, waits=asked.final))
            view.asked.pop(key, None)
    return tuple(found)


def _slots(pattern: api.Pattern) -> list[tuple[str, api.Ref | None]]:
    """What decides the destination of a pattern, under the names that people know."""
    match pattern:
        case api.Messages():
            return [("channel", pattern.channel), ("exchange", pattern.exchange), ("event", pattern.event)]
        case api.Requests(method=method):
            named = [] if isinstance(method, str) else [("method", method)]
            return [*named, ("base URL", pattern.base), ("URL", pattern.url)]
        case api.RemoteCalls():
            refs = (pattern.operation, pattern.service, pattern.address, pattern.channel)
            return list(zip(("operation", "service", "address", "channel"), refs, strict=True))
        case api.Serves():
            return [("path", pattern.path), ("operation", pattern.operation)]
        case api.Binds():
            return [("queue", pattern.queue), ("exchange", pattern.exchange), ("key", pattern.key)]
        case api.Declares():
            return [("exchange", pattern.exchange), ("type", pattern.type)]
        case _:
            return []


def _sought(
    tracer: Tracer, name: str, ref: api.Ref | None, subject: Subject, through: Key, *, payload: bool = False
) -> Sought | None:
    """The value of one reference with its steps; None if there is no such thing. `through` is the question for what the pattern
    goes through."""
    view = tracer.view
    key: Key = ("sought", name, id(subject))
    view.asked[key] = dict(view.asked.get(through, {}))
    with view.opening(key):
        value = ask(view, ref, subject)
        wider = spread_out(subject) if not value else None
        value = ask(view, ref, wider) if wider is not None else value
        value = view.close(value) if subject.final else value
        value = event_of(view, value) if payload else value
        view.texts(value)
    found = tracer.sought(name, key, value, waits=subject.final) if value else None
    view.asked.pop(key, None)
    return found
