"""What subscriptions read from their messages, as far as their handlers and the functions behind these are understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from flowmap.linker import promises
from flowmap.linker.by_type import Step, start
from flowmap.linker.drafts import Draft
from flowmap.linker.modelled import modelled
from flowmap.linker.reading import Reader
from flowmap.linker.reads import Held, Reads
from flowmap.linker.tasks import taken
from flowmap.linker.terms import Instance
from flowmap.linker.units import ScopeRef
from flowmap.model.interaction import Kind, Role
from flowmap.model.payload import Payload

if TYPE_CHECKING:
    from flowmap.linker.view import View

WRAPPED = {"lambda", "sns", "sqs", "eventbridge", "kinesis", "dynamodb", "s3", "redis", "dapr", "http", "eventgrid"}
"""Transports that hand messages over in mappings of their own."""


def with_reads(view: View, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts; subscriptions with what they read."""
    known: dict[object, Payload | None] = {}
    for draft in drafts:
        if draft.role is not Role.SUBSCRIBE or draft.handler is None or draft.actor or draft.channel is None:
            yield draft
            continue
        key = (draft.handler, draft.scope, draft.asked, draft.kind, draft.transport)
        if key not in known:
            view.ask(draft.location.path, draft.location.line)
            known[key] = view.apart(partial(_read, view, draft))
        yield replace(draft, payload=known[key])


def _read(view: View, draft: Draft) -> Payload | None:
    assert draft.handler is not None
    if draft.kind is Kind.TASK:
        path, _, index = draft.handler.key.rpartition(":")
        return taken(view, ScopeRef(path, int(index)), draft.transport)
    step = start(view, draft)
    if step is None or _is_fed(view, draft, step.place.scope):
        return None
    found = Reads(plain=draft.transport not in WRAPPED)
    reader = Reader(view, step.place, {}, found)
    reader.sure = True
    reader.take(_names(view, step, reader))
    reader.leak(reader.run())
    payload = found.payload()
    return payload if payload.fields or payload.open else None  # a message that nothing is read of may not have been met


def _is_fed(view: View, draft: Draft, handler: ScopeRef) -> bool:
    """Whether the function around the site yields what it takes, so that the handler, which goes through that, is not given it."""
    around = {draft.scope, *({draft.asked.caller.scope} if draft.asked is not None else ())}
    code = (ref for ref in around if ref.path in view.units.by_path)  # a deployment file may declare the subscription
    return handler not in around and any(view.unit(ref.path).table(ref.index).yields for ref in code)


def _names(view: View, step: Step, reader: Reader) -> dict[str, Held]:
    """The names of the message in its handler. The one parameter whose class describes messages is made of it."""
    ref = step.place.scope
    models = {name: cls for name in sorted(step.messages) if (cls := _model(view, ref, name)) is not None}
    if len(models) == 1:
        name, cls = next(iter(models.items()))
        return {name: reader.made(Held(), cls)}
    return {name: Held(raw=True) for name in step.messages}


def _model(view: View, ref: ScopeRef, name: str) -> ScopeRef | None:
    parameter = next((p for p in view.scope(ref).parameters if p.name == name and p.annotation is not None), None)
    if parameter is None:
        return None
    place = view.definition_place(view.frame(ref, None))
    classes = [t.scope for t in promises.instance_of(view, parameter.annotation, place) if isinstance(t, Instance)]
    return classes[0] if len(classes) == 1 and modelled(view, classes[0]) is not None else None
