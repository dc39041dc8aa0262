"""The bindings between queues and exchanges, out of the plugins' patterns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.contexts import follow
from flowmap.linker.drafts import Position, located
from flowmap.linker.messages import channels_of, closed, elements, object_of
from flowmap.linker.rendering import KEYLESS, Text, render
from flowmap.linker.sites import Site, conditions, subjects_of
from flowmap.linker.slots import ask
from flowmap.linker.terms import Place, Symbol, Term, Value

if TYPE_CHECKING:
    from flowmap.linker.view import View


@dataclass(frozen=True, slots=True)
class Binding:
    """A queue that gets what is published to an exchange under a routing key; anonymous queues are known by their term. Elsewhere
    a queue is called a subscription, and the key is the topic that feeds it. `where` is the place that decides; `unread` says why
    a key that is given is not known; `carries` as for the pattern."""

    transport: str
    queue: str
    anonymous: Term | None
    exchange: str | None
    key: str | None
    where: Position
    unread: str = ""
    carries: bool = False

    @property
    def feed(self) -> str | None:
        """What the queue is fed under: its key, or its exchange where none is given; None if there is one that is not known."""
        return self.key or (self.exchange if not self.unread else None)


def bindings(view: View, site: Site) -> Iterator[Binding]:
    """The queue bindings that a site declares."""
    pattern = site.pattern
    assert isinstance(pattern, api.Binds)

    refs = (pattern.queue, pattern.exchange, pattern.key, pattern.identity)

    def question(place: Place, final: bool) -> tuple[list[tuple[Value, ...]], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        through = elements(view, pattern.each, there)
        found = [tuple(closed(view, ask(view, r, subject), subject) for r in refs) for subject in through]
        return found, (*waiting, *(value for values in found for value in values[:3]))

    for answer in follow(view, site.caller, question):
        for queue, exchange, key, identity in answer.content:
            source, where = _first(render(view, exchange)), located(view, site, answer)
            for name in channels_of(view, queue, queue=True):
                nameless = object_of(identity) if not name.text else None
                for text in render(view, key) or (Text(None),):
                    unread = text.reason if text.text is None and text.reason not in KEYLESS else ""
                    yield Binding(
                        site.plugin.transport, name.text or "", nameless, source, text.text, where, unread, pattern.carries
                    )


def exchange_types(view: View, site: Site) -> set[tuple[str, str]]:
    """The exchanges that a site declares, each with its type in small letters; one that is not known is empty."""
    pattern = site.pattern
    assert isinstance(pattern, api.Declares)

    def question(place: Place, final: bool) -> tuple[list[tuple[Value, ...]], tuple[Value, ...]]:
        there, waiting = conditions(view, site, subjects_of(view, site, place, final))
        found = [tuple(closed(view, ask(view, r, s), s) for r in (pattern.exchange, pattern.type)) for s in there]
        return found, (*waiting, *(value for values in found for value in values))

    answers = follow(view, site.caller, question)
    return {(t.text, _type_of(view, kind)) for a in answers for name, kind in a.content for t in render(view, name) if t.text}


def _type_of(view: View, kind: Value) -> str:
    """All that a type can be: the text, or a library's name for it."""
    names = {t.name.removesuffix(".value").rpartition(".")[2] if isinstance(t, Symbol) else view.text((t,)) or "" for t in kind}
    return names.pop().lower() if len(names) == 1 else ""


def _first(texts: tuple[Text, ...]) -> str | None:
    return next((t.text for t in texts if t.text is not None), None)
