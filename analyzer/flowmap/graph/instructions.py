"""What speaks for a message's being an instruction: its name, who listens, what its publisher waits for, what it carries.

Every piece of evidence has points; how many are enough is for those who ask.
"""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.graph.flowgraph import FlowGraph
from flowmap.graph.matching import family
from flowmap.graph.messages import Message, beyond_family
from flowmap.model.interaction import Interaction, Role
from flowmap.naming import PLAIN, Domain, Mood, is_past, mood, words

ENOUGH = 3
"""The score from which on a message is an instruction."""
SHORT = 2
"""Words of a name that says no more than what is to be done to what."""
DECLARED = {"command", "commands", "cmd", "cmds"}
"""Words of an exchange, or of the channel of messages with types of their own, that says of all its messages what they are."""
WORK = {"queue", "queues", "task", "tasks", "job", "jobs", "work", "todo", "worklist", "workqueue"}
"""Last words of a channel that says that work waits in it."""
OUTCOMES = frozenset(
    "accepted approved cancelled canceled completed confirmed declined done failed finished rejected succeeded".split()
)
"""How the answer to an instruction ends that names none of its own words."""
PAYLOAD_WORDS = {"action", "command", "target", "instruction"}


@dataclass(frozen=True, slots=True)
class Score:
    """The points of a message with what each is for; nothing counts if its name does not instruct."""

    points: int
    reasons: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether it is an instruction."""
        return self.points >= ENOUGH


def scored(graph: FlowGraph, message: Message, domain: Domain = PLAIN) -> Score:
    """The score of a message, its name read with the words of a domain. What only its sender receives is work of its own; what
    goes by a conduit for commands, or waits in a queue of work for one receiver, hides nothing."""
    senders, receivers = {p.service for p in message.published}, {s.service for s in message.received}
    own = len(senders) == 1 and senders == receivers
    if own or all(_is_declared(s) for s in message.own) or (len(receivers) < 2 and _is_work(message)):
        return Score(0, ())
    reading = mood(beyond_family(graph, message), domain)
    if reading.kind == "instruction":
        found = [(_weight(message, reading), f"`{reading.word}` instructs")]
    elif reading.kind == "request":
        found = [(reading.weight, f"`{reading.word}` asks for something")]
    elif reading.kind == "deed":
        found = [(reading.weight, f"`{reading.word}` is something to do")]
    else:
        return Score(0, ())
    found += _receivers(message, reading)
    reply = _reply(graph, message)
    if reply is not None:
        found.append((2, f"{reply.service} waits for `{reply.event or reply.channel}`"))
    if any(f.name in PAYLOAD_WORDS for p in message.published if p.payload is not None for f in p.payload.fields):
        found.append((1, "its payload holds an instruction"))
    return Score(sum(points for points, _ in found), tuple(f"{reason} (+{points})" for points, reason in found))


def _is_declared(site: Interaction) -> bool:
    conduits = (site.exchange or "", site.channel or "" if site.event not in (None, site.channel) else "")
    return any(not DECLARED.isdisjoint(words(conduit)) for conduit in conduits)


def _is_work(message: Message) -> bool:
    """Whether all channels of a message say that they are queues of work, or its routing key is the name of its queue."""
    last = [words(s.channel or "")[-1:] for s in message.own]
    queues = {s.group for s in message.received if family(s) == "amqp"}
    return all(name and name[0] in WORK for name in last) or (bool(message.received) and queues == {message.name})


def _weight(message: Message, reading: Mood) -> int:
    """What the name counts: a verb at the end of a long name (`shop.update.edit`) is as often how somebody writes a fact, unless
    somebody obeys it."""
    name = words(message.name)
    unheard = len(name) > SHORT and name[-1] == reading.word and not message.received
    return reading.weight - 1 if unheard else reading.weight


def _receivers(message: Message, reading: Mood) -> list[tuple[int, str]]:
    """What the receiver says: a single one, other than who sends, may be told what to do."""
    consumers = list(dict.fromkeys(s.service for s in message.received))
    if len(consumers) != 1 or consumers[0] in {p.service for p in message.published}:
        return []
    addressed = words(message.name)[:1] == words(consumers[0])[:1] != [reading.word]
    return [(1, f"only {consumers[0]} consumes it"), *([(1, "it is addressed to its receiver")] if addressed else [])]


def _reply(graph: FlowGraph, message: Message) -> Interaction | None:
    """A subscription of the publisher to what became of it: `order-refunded` for `refund-order`, `payment-failed` for
    `payment-requested`; what it is sent because of came before."""
    causes = {t for p in message.published for t in p.triggers}
    own = set(words(message.name))
    senders = {p.service for p in message.published}
    for site in graph.role(Role.SUBSCRIBE):
        name = set(words(site.event or site.channel or "")) - own
        past = {w for w in name if is_past(w)}
        about = own & set(words(site.event or site.channel or ""))
        if site.service in senders and site.id not in causes and (_stems(own) & _stems(past) or (about and past & OUTCOMES)):
            return site
    return None


def _stems(found: set[str]) -> set[str]:
    return {w[:5] for w in found if len(w) >= 4}
