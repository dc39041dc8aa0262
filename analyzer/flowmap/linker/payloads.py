"""What a message says it is: the type named in its payload, or the class of the object that is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import subjects
from flowmap.linker.making import passed
from flowmap.linker.terms import Deferred, Element, Entries, Instance, Literal, Made, Member, Symbol, Term, Value
from flowmap.linker.texts import bounded
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View

TYPE_KEYS = ("type", "event_type", "eventType", "event", "event_name", "eventName", "detail-type", "message_type", "messageType")
"""Keys under which payloads name their type, the first that is there counts."""
BINDINGS = {"to_binary", "to_structured", "to_binary_event", "to_structured_event"}
"""Last names of the calls that make a message out of an envelope, whose body is then a part of it."""
SERIALISERS = {
    "dumps", "encode", "model_dump", "model_dump_json", "dict", "json", "asdict", "SerializeToString", "to_json", "to_dict", "dump",
    "serialize", "serialise", "packb", "pack", "bytes", "str", "jsonable_encoder", "MessageToJson", *BINDINGS,
}  # fmt: skip
"""Last names of the calls that write an object down; what they are given is the payload."""
WRAPPERS = {
    **dict.fromkeys(("Message", "EventData", "ServiceBusMessage", "BasicProperties"), ("body", "data", None)),
    **dict.fromkeys(("CloudEvent", "CloudEvent.create"), ("attributes", None)),
}
"""Library envelopes, each with the arguments that say what it is or hold the payload, likeliest first; None is the first one."""
MAX_LAYERS = 6


PARSERS = {"loads", "load", "unpackb", "literal_eval", "decode", "json", "parse_obj", "copy"}
"""Last names of the calls that read an object from what it was written to."""


def is_read(term: Term) -> bool:
    """Whether a value is part of data that somebody else has written, or the address for answers in a message that came in."""
    while True:
        match term:
            case Member(name="reply_to"):
                return True
            case Made(callee=Symbol(name=name)):
                return name.rpartition(".")[2] in PARSERS
            case Made(callee=inner) | Member(owner=inner) | Element(owner=inner):
                term = inner
            case _:
                return False


def event_of(view: View, payload: Value) -> Value:
    """The event names that a payload states; empty if it states none. A type that a parameter gives is left to be decided."""
    return bounded(t for term in payload for t in _named(view, term, 0))


def _named(view: View, term: Term, depth: int) -> Value:
    if depth > MAX_LAYERS:
        return ()
    match term:
        case Entries(items=items):
            return _typed(view, items)
        case Instance(scope=scope):
            return (Literal(view.scope(scope).name),) if not view.is_enum(scope) else ()
        case Made(callee=callee):
            return _written(view, term, callee, depth)
        case Member(owner=Made(callee=Symbol(name=name)) as inner) | Element(owner=Made(callee=Symbol(name=name)) as inner):
            return _named(view, inner, depth + 1) if name.rpartition(".")[2] in BINDINGS else ()
        case _:
            return ()


def _typed(view: View, items: tuple[tuple[Deferred | None, Deferred], ...]) -> Value:
    found: dict[str, Value] = {}
    for key, value in items:
        name = view.text(view.force(key)) if key is not None else None
        if name in TYPE_KEYS:
            before = found.get(name, ()) if key is not None and key.perhaps else ()
            found[name] = bounded((*before, *view.texts(view.force(value))))
    for wanted in TYPE_KEYS:
        if wanted in found:
            return tuple(t for t in found[wanted] if depends(t) or (isinstance(t, Literal) and isinstance(t.value, str)))
    return ()


def _written(view: View, term: Made, callee: Term, depth: int) -> Value:
    last = callee.name.rpartition(".")[2] if isinstance(callee, Symbol | Member) else ""
    if isinstance(callee, Member) and last in SERIALISERS and not isinstance(callee.owner, Symbol):
        return _named(view, callee.owner, depth + 1)
    if term.creation is None:
        return ()
    arguments = passed(term.creation.call.arguments, term.creation.place)
    if last in SERIALISERS:
        return bounded(t for a in arguments[:1] for inner in view.force(a.value) for t in _named(view, inner, depth + 1))
    last = "CloudEvent.create" if isinstance(callee, Symbol) and callee.name.endswith("CloudEvent.create") else last
    if last in WRAPPERS:
        for name in WRAPPERS[last]:
            found = subjects.argument(view, arguments, 0 if name is None else None, name)
            if found is not None:
                return bounded(t for inner in view.force(found) for t in _named(view, inner, depth + 1))
    return ()
