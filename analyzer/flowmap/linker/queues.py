"""Messages on the way through a queue of the program itself, or through a list or stream of a broker that both ends of are in the
code: what a place takes out of it is one of those that others put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker import collections, slots
from flowmap.linker.activations import Caller
from flowmap.linker.making import create, passed
from flowmap.linker.payloads import PARSERS, SERIALISERS
from flowmap.linker.subjects import Subject, argument
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import Column, Element, Instance, Literal, Made, Member, Place, Queue, Symbol, Term, Value
from flowmap.linker.texts import bounded
from flowmap.model.interaction import Role

if TYPE_CHECKING:
    from flowmap.linker.view import View

QUEUES = {
    *(f"asyncio.{n}" for n in ("Queue", "LifoQueue", "PriorityQueue", "queues.Queue")),
    *(f"queue.{n}" for n in ("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue")),
    *(f"multiprocessing.{n}" for n in ("Queue", "SimpleQueue", "JoinableQueue")),
}
"""Queues of the standard library; what they are given comes out as it is."""
PUTTING = ("put", "put_nowait")
TAKING = {"get", "get_nowait"}
SPACES = {"list", "stream"}
"""What brokers have that keeps each message until one taker has it."""
LOOKUPS = {"get", "pop"}
MAX_STEPS = 24
MAX_PUTS = 200


def taken(view: View, term: Term) -> Column | None:
    """The term as an entry of what is taken out of a queue; None if it is none."""
    queue, path = _origin(view, term)
    if queue is not None and queue.made is None:
        path = _behind_numbers(path)
    return Column(queue, path) if queue is not None and path else None


def _origin(view: View, term: Term) -> tuple[Queue | None, tuple[str | int, ...]]:
    """The queue out of which a term comes, and the attributes and keys that lead to it from there."""
    path: tuple[str | int, ...] = ()
    for _ in range(MAX_STEPS):
        match term:
            case Element(owner=owner, key=key):
                path = (key, *path) if key is not None else path
                term = owner
            case Member(owner=owner, name=name):
                path, term = (name, *path), owner
            case Made(callee=Member(owner=owner, name=name), creation=creation) if creation is not None:
                queue = _queue(view, term, owner, name)
                if queue is not None:
                    return queue, path
                if name in LOOKUPS and (key := _first_key(view, term)) is not None:
                    path = (key, *path)
                elif name not in PARSERS:
                    break
                term = owner
            case Made(callee=Symbol(name=name)) if name.rpartition(".")[2] in PARSERS and len(inner := _first(view, term)) == 1:
                term = inner[0]
            case _:
                break
    return None, ()


def _behind_numbers(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Brokers give names and numbers along with a message; its own keys are texts."""
    start = next((n for n, key in enumerate(path) if isinstance(key, str)), len(path))
    return path[start:]


def _first(view: View, term: Made) -> Value:
    if term.creation is None:
        return ()
    return next((view.force(a.value) for a in passed(term.creation.call.arguments, term.creation.place)), ())


def _first_key(view: View, term: Made) -> str | int | None:
    value = _first(view, term)
    key = value[0].value if len(value) == 1 and isinstance(value[0], Literal) else None
    return key if isinstance(key, str | int) else None


def _queue(view: View, call: Made, owner: Term, method: str) -> Queue | None:
    """The queue out of which a call takes something."""
    if method in TAKING and _is_queue(owner):
        return Queue(owner)
    return _named(view, call, Role.SUBSCRIBE)


def _is_queue(term: Term) -> bool:
    return isinstance(term, Made) and isinstance(term.callee, Symbol) and term.callee.name in QUEUES


def _named(view: View, call: Made, role: Role) -> Queue | None:
    """The list or stream that a plugin knows a call to read or write, by its name."""
    pattern = _pattern(view, call, role)
    if pattern is None or call.creation is None:
        return None
    subject = Subject(passed(call.creation.call.arguments, call.creation.place), call.callee, call.creation.place)
    name = view.text(view.close(slots.ask(view, pattern.channel, subject)))
    return Queue(None, pattern.space, name) if name else None


def _pattern(view: View, call: Made, role: Role) -> api.Messages | None:
    for name in view.plain_names_of(call.callee):
        for _, pattern in view.knowledge.matching(name):
            if isinstance(pattern, api.Messages) and pattern.role is role and pattern.space in SPACES:
                return pattern
    return None


def puts(view: View, queue: Queue) -> list[Caller]:
    """The calls that put something new into a queue: what is put back is there already."""
    return view.guarded(("puts", queue), lambda: _puts(view, queue), [])


def _puts(view: View, queue: Queue) -> list[Caller]:
    if queue.made is not None:
        found = [Caller(at, site) for name in PUTTING for at, site in view.callers.named(name)[:MAX_PUTS]]
        into = [c for c in found if _is_into(view, c, queue)]
    else:
        patterns = (p for known in view.knowledge.patterns.values() for _, p in known if isinstance(p, api.Messages))
        names = {p.target.rpartition(".")[2] for p in patterns if p.role is Role.PUBLISH and p.space == queue.space}
        found = [Caller(at, site) for name in sorted(names) for at, site in view.callers.named(name)[:MAX_PUTS]]
        into = [c for c in found if any(_named(view, m, Role.PUBLISH) == queue for m in _made(view, c))]
    return [c for c in into if not any(_origin(view, t)[0] == queue for t in _item(view, queue, c, _place(view, c)))]


def _is_into(view: View, caller: Caller, queue: Queue) -> bool:
    terms = (m.callee for m in _made(view, caller))
    owners = view.close(tuple(t.owner for t in terms if isinstance(t, Member)))
    return queue.made in owners


def _place(view: View, caller: Caller) -> Place:
    site: CallSite | None = caller.site
    assert site is not None
    return Place(view.symbolic_place(caller.scope).frame, caller.scope, site.position)


def _made(view: View, caller: Caller, place: Place | None = None) -> list[Made]:
    """The call at a place, once for each meaning of what is called."""
    assert caller.site is not None
    call, at = caller.site.call, place or _place(view, caller)
    return [Made(t, create(call, at)) for t in view.values(call.callee, at)]


def _item(view: View, queue: Queue, caller: Caller, place: Place) -> Value:
    """What a call puts into a queue, as it was before it was written down."""
    assert caller.site is not None
    arguments = passed(caller.site.call.arguments, place)
    if queue.made is not None:
        given = argument(view, arguments, 0, "item")
        value = view.force(given) if given is not None else ()
    else:
        patterns = [p for m in _made(view, caller, place) if (p := _pattern(view, m, Role.PUBLISH)) is not None]
        subject = Subject(arguments, None, place)
        value = bounded(t for p in patterns for t in slots.ask(view, p.payload, subject))
    return bounded(t for term in value for t in _unwritten(view, term, 0))


def put_in(view: View, column: Column, caller: Caller, place: Place) -> Value:
    """What a call puts in for an entry of what is taken out."""
    assert isinstance(column.source, Queue)
    value = _item(view, column.source, caller, place)
    for key in column.path:
        value = bounded(t for term in value for t in _entry(view, term, key))
    return value


def _entry(view: View, term: Term, key: str | int) -> Value:
    if isinstance(term, Instance) and isinstance(key, str):
        return view.attribute(term, key)
    return collections.item(view, (term,), (Literal(key),))


def _unwritten(view: View, term: Term, depth: int) -> Value:
    """What was written down: the argument of `json.dumps`, the owner of `.encode()`; the fields of a stream may hold one such."""
    if depth > MAX_STEPS or not isinstance(term, Made):
        return (term,)
    callee = term.callee
    last = callee.name.rpartition(".")[2] if isinstance(callee, Symbol | Member) else ""
    if last not in SERIALISERS:
        return (term,)
    inner = (callee.owner,) if isinstance(callee, Member) and not isinstance(callee.owner, Symbol) else _first(view, term)
    return bounded(t for i in inner for t in _unwritten(view, i, depth + 1))
