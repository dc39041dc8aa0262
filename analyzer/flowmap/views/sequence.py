"""Who talks to whom from one trigger on, in order of time: first all that the trigger waits for, then what reacts to it.

Reactions are drawn after the waiting is over, generation by generation: nobody can rely on them being done earlier.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from flowmap.graph.channels import message_name
from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.trace import Ending, Trace, trace
from flowmap.model.flow import Finding
from flowmap.model.interaction import OUTSIDE, Interaction, Role
from flowmap.model.picture import Message, MessageKind, Node, NodeKind, Sequence
from flowmap.model.project import ExternalKind
from flowmap.views.badges import Badges, badges
from flowmap.views.identifiers import identifiers
from flowmap.visible import named

MAX_ROWS = 300
CALLER = "caller"
AGAIN = ", then as above"


@dataclass(slots=True)
class _Score:
    """The rows so far, with names for participants, and what was published but not yet delivered. `known` is what handlers do,
    by their sites; `begun` are the handlers that are drawn already, with what they do."""

    graph: FlowGraph
    marks: Badges
    known: dict[tuple[Interaction, ...], tuple[Trace, ...]]
    rows: list[Message] = field(default_factory=list)
    waiting: deque[Trace] = field(default_factory=deque)
    begun: set[tuple[str, ...]] = field(default_factory=set)


def sequence(graph: FlowGraph, starts: Iterable[Interaction], findings: Iterable[Finding], title: str) -> Sequence:
    """The sequence from some sites on."""
    marks = badges(graph, findings)
    trees = trace(graph, starts)
    score = _Score(graph, marks, {step.sites: step.children for tree in trees for step in _all(tree) if step.children})
    for tree in trees:
        _begin(score, tree)
        while score.waiting and len(score.rows) < MAX_ROWS:
            _deliver(score, score.waiting.popleft())
    names = dict.fromkeys(name for row in score.rows for name in (row.source, row.target))
    ids = identifiers((name, "party", name) for name in names)
    nodes = tuple(_participant(graph, name, ids[name], marks) for name in names)
    return Sequence(title, nodes, tuple(replace(r, source=ids[r.source], target=ids[r.target]) for r in score.rows))


def _all(tree: Trace) -> Iterator[Trace]:
    yield tree
    for child in tree.children:
        yield from _all(child)


def _participant(graph: FlowGraph, name: str, identifier: str, marks: Badges) -> Node:
    if name == CALLER and CALLER not in {s.name for s in graph.flow.services}:
        return Node(identifier, NodeKind.EXTERNAL, CALLER)
    if not name.startswith(OUTSIDE):
        return Node(identifier, NodeKind.SERVICE, name, badges=marks.of_service(name))
    plain = name.removeprefix(OUTSIDE)
    product = any(e.name == plain and e.kind is ExternalKind.PRODUCT for e in graph.flow.externals)
    return Node(identifier, NodeKind.PRODUCT if product else NodeKind.EXTERNAL, plain)


def _begin(score: _Score, tree: Trace) -> None:
    """The trigger itself: a request from outside, or what is published, or what a subscription is given by nobody known."""
    site = tree.site
    if site.role is Role.SERVE:
        _ask(score, (CALLER, site.service), site.operation or "", (), (tree,))
    elif site.role is Role.SUBSCRIBE:
        _note(score, site.service, f"{name_of(site)} arrives", tree)
        _enter(score, tree)
    else:
        _go_on(score, (tree,))


def _enter(score: _Score, handler: Trace) -> None:
    """What a handler does, in full the first time. The order of the rows decides which time is the first, not that of the tree."""
    site = handler.site
    steps = handler.children or score.known.get(handler.sites, ())
    key = (site.service, site.handler.key if site.handler else site.id, *(s.id for step in steps for s in step.sites))
    if handler.ending in (Ending.LOOP, Ending.CUT):
        _remark(score, handler, site.service)
    elif key not in score.begun:
        score.begun.add(key)
        _go_on(score, steps)
    elif steps:
        score.rows[-1] = replace(score.rows[-1], label=f"{score.rows[-1].label}{AGAIN}")


def _go_on(score: _Score, steps: tuple[Trace, ...]) -> None:
    """What a handler does: calls are waited for at once, what is handed on is kept for later."""
    for step in steps:
        site = step.site
        if (at := len(score.rows)) >= MAX_ROWS:
            return
        if site.role is Role.PUBLISH and (consumer := score.graph.declared_consumer(site)) and not step.children:
            ends = site.service, f"{OUTSIDE}{consumer.name}"
            score.rows.append(Message(MessageKind.COLLABORATION, *ends, name_of(site), at, score.marks.of_sites(step.sites)))
        elif site.target is None and not step.children:
            does = f"publishes {name_of(site)}" if site.role is Role.PUBLISH else f"calls {site.operation or '?'}"
            _note(score, site.service, f"{does}: {site.unresolved or step.ending.value}", step)
        elif site.role is Role.PUBLISH or not site.waits:
            score.waiting.append(step)
        else:
            _ask(score, (site.service, site.target or ""), site.operation or "", step.sites, step.children)
            _remark(score, step, site.target or "")


def _ask(score: _Score, ends: tuple[str, str], label: str, calls: tuple[Interaction, ...], handlers: tuple[Trace, ...]) -> None:
    """A request, and everything that its handlers do before the answer."""
    at = len(score.rows)
    score.rows.append(Message(MessageKind.COORDINATION, *ends, label, at, score.marks.of_sites(calls)))
    for handler in handlers:
        _enter(score, handler)
    score.rows[at] = replace(score.rows[at], until=len(score.rows) - 1)


def _deliver(score: _Score, sent: Trace) -> None:
    """A message, or a call that nobody waits for, to one receiver after the other, each with what its handler does."""
    site = sent.site
    label = name_of(site) if site.role is Role.PUBLISH else site.operation or ""
    kind = MessageKind.COLLABORATION
    for child in sent.children:
        marks = score.marks.of_sites((*sent.sites, *child.sites))
        score.rows.append(Message(kind, site.service, child.site.service, label, len(score.rows), marks))
        _enter(score, child)
    if not sent.children:
        score.rows.append(Message(kind, site.service, site.target or "", label, len(score.rows), score.marks.of_sites(sent.sites)))
        _remark(score, sent, site.target or "")


def _remark(score: _Score, step: Trace, party: str) -> None:
    """Why a step is not followed, if it is not; what lies outside looks like it."""
    if step.ending not in (Ending.OPEN, Ending.OUTSIDE):
        _note(score, party, step.ending.value, step)


def _note(score: _Score, service: str, text: str, about: Trace) -> None:
    score.rows.append(Message(MessageKind.NOTE, service, service, text, len(score.rows), score.marks.of_sites(about.sites)))


def name_of(site: Interaction) -> str:
    """The name under which a message is known: its channel, with the event type where that says more."""
    if site.channel and site.event and site.event != site.channel:
        return f"{site.channel} ({site.event})"
    name = message_name(site)
    return "?" if name is None else named(name)
