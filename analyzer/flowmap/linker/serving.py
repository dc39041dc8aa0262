"""Endpoints: what a service answers, with the prefixes of the routers and blueprints it is mounted under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker import urls
from flowmap.linker.contexts import Answer, follow
from flowmap.linker.drafts import Draft, as_handler, handler_of, located
from flowmap.linker.messages import elements
from flowmap.linker.mounts import Mount, joined, prefixes, router_of
from flowmap.linker.rendering import render
from flowmap.linker.sites import Site, conditions, subjects_of
from flowmap.linker.slots import ask
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Class, Function, Instance, Module, Place, Term, Value
from flowmap.model.interaction import Confidence, Endpoint, Handler, Kind, Role

if TYPE_CHECKING:
    from flowmap.linker.view import View


VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
"""What methods of a view class are named after."""


@dataclass(frozen=True, slots=True)
class Served:
    """The values of a serving pattern in one context."""

    path: Value
    methods: tuple[str, ...]
    operation: Value
    handler: Value
    names: tuple[str, ...]
    router: Term | None


def serve_drafts(view: View, site: Site, table: list[Mount]) -> Iterator[Draft]:
    """The endpoints of a serving site."""
    pattern = site.pattern
    assert isinstance(pattern, api.Serves)

    def question(place: Place, final: bool) -> tuple[list[Served], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        found = [_served(view, pattern, s) for s in elements(view, pattern.each, there)]
        return found, (*waiting, *(v for s in found for v in (s.path, s.operation, s.handler)))

    for answer in follow(view, site.caller, question):
        for found in answer.content:
            yield from _serve_drafts(view, site, pattern, answer, found, table)


def _served(view: View, pattern: api.Serves, subject: Subject) -> Served:
    if isinstance(pattern.methods, tuple):
        methods = pattern.methods
    else:
        texts = render(view, ask(view, api.Each(pattern.methods), subject))
        methods = tuple(m.strip().upper() for t in texts if t.text for m in t.text.split(",")) or ("GET",)
    values = [ask(view, r, subject) for r in (pattern.path, pattern.operation, pattern.handler)]
    path, operation, handler = (view.close(v) for v in values) if subject.final else values
    names = tuple(t.text for t in render(view, ask(view, pattern.named, subject)) if t.text) or ("{}",)
    router = ask(view, pattern.router, subject) if pattern.router is not None else ()
    return Served(path, methods, operation, handler, names, router[0] if router else router_of(subject))


def _serve_drafts(
    view: View, site: Site, pattern: api.Serves, answer: Answer[list[Served]], found: Served, table: list[Mount]
) -> Iterator[Draft]:
    base = Draft(
        role=Role.SERVE,
        transport=pattern.transport,
        plugin=site.plugin.name,
        confidence=Confidence.DERIVED if answer.chain else Confidence.CERTAIN,
        kind=Kind.QUERY,
        handler=handler_of(view, found.handler, site, answer.place),
        **located(view, site, answer),
    )
    for operation in render(view, found.operation):
        yield replace(base, endpoint=Endpoint(operation.text or "{}"), reason=operation.reason if operation.text is None else "")
    objects = _objects(view, site, found) if pattern.views else []
    answering = _views(view, objects, found.names)
    if not answering and (not objects or any(_is_called(view, t) for t in found.handler)):
        answering = dict.fromkeys(found.methods, base.handler)
    for path in render(view, found.path):
        reason = path.reason if path.text is None else ""
        for prefix in prefixes(view, found.router, table):
            full = urls.template(joined(prefix, path.text or "").replace(api.FRONT, ""))
            for method, handler in answering.items():
                yield replace(base, endpoint=Endpoint(f"{method} {full}"), handler=handler, reason=reason)


def _objects(view: View, site: Site, found: Served) -> list[Term]:
    """The classes, and modules in the place of objects, that a site makes answer."""
    decorated = site.caller.decorated
    if decorated is not None:
        return [Class(decorated)] if view.scope(decorated).kind == "class" else []
    return [Class(t.scope) if isinstance(t, Instance) else t for t in found.handler if isinstance(t, Class | Instance | Module)]


def _is_called(view: View, term: Term) -> bool:
    """Whether it is an object that answers as a function does."""
    return isinstance(term, Instance) and any(isinstance(t, Function) for t in view.attribute(term, "__call__"))


def _views(view: View, objects: list[Term], names: tuple[str, ...]) -> dict[str, Handler | None]:
    """The methods that answer, by what they answer to."""
    answers = ((verb, view.attribute(o, n.replace("{}", verb.lower()))) for o in objects for verb in VERBS for n in names)
    return {verb: as_handler(view, f.scope) for verb, functions in answers for f in functions if isinstance(f, Function)}
