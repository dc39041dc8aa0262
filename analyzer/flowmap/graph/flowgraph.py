"""Questions about the graph in the words of the domain. What rules and commands are given; nothing can be changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from flowmap.graph.contracts import Unmet, unmet
from flowmap.graph.courses import Taken
from flowmap.graph.endings import Ending, Endings
from flowmap.graph.endpoints import NOTHING, Served, by_service, operations
from flowmap.graph.existing import Inventory, Standing
from flowmap.graph.matching import FAMILIES, MATCHERS, arrives, delivers, family, may_deliver, same_text
from flowmap.graph.meeting import Ends
from flowmap.graph.waiting import Waiting
from flowmap.model.effect import Effect
from flowmap.model.flow import Flow
from flowmap.model.interaction import Interaction, Match, Role
from flowmap.model.location import Location
from flowmap.model.project import External
from flowmap.naming import takes_dead_letters

T = TypeVar("T")
UNKNOWN = "broker"
"""The transport of libraries that nobody knows: how the other end of such a channel looks, nobody knows either."""
QUEUES = {"sqs", "celery", "rq", "dramatiq", "huey", "arq", "lambda"}
"""Transports on which every channel is a queue of work."""
BROKERS_THAT_REFUSE = {"amqp", "azure", "pubsub", "sns", "sqs"}
"""Families of transports whose brokers themselves send to another queue what could not be handled."""
STOMP_QUEUES = ("/queue/", "/amq/queue/")
"""How the STOMP destinations begin from which each message goes to one reader."""


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """A channel that has one end only, and the sites (`blind`) of which one may be the other: those that are not resolved, and
    those on the other side of a binding that the scan does not see."""

    channel: str
    sites: tuple[Interaction, ...]
    blind: tuple[Interaction, ...]

    def covers(self, other: LooseEnd) -> bool:
        """Whether another end is one way of spelling out this one, at the same places."""
        if other.channel.count("{}") >= self.channel.count("{}") or not same_text(other.channel, self.channel):
            return False
        return {s.location for s in other.sites} <= {s.location for s in self.sites}


class FlowGraph:
    """A read-only view of a `Flow` with its indexes."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._answers: dict[Callable[[FlowGraph], object], object] = {}

    def once(self, question: Callable[[FlowGraph], T]) -> T:
        """The answer to a question about the whole graph, which is worked out when it is asked first."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("T", self._answers[question])

    @cached_property
    def by_id(self) -> dict[str, Interaction]:
        """Interactions by id."""
        return {i.id: i for i in self.flow.interactions}

    @cached_property
    def alone(self) -> dict[str, Interaction]:
        """The same as their places alone say them, before it was asked who is at the other end."""
        return {i.id: i for i in self.flow.parts.interactions}

    def role(self, role: Role) -> list[Interaction]:
        """All interactions of a role, those inside one process left out."""
        return [i for i in self._by_role.get(role, ()) if not i.local]

    @cached_property
    def _by_role(self) -> dict[Role, list[Interaction]]:
        found: dict[Role, list[Interaction]] = defaultdict(list)
        for i in self.flow.interactions:
            found[i.role].append(i)
        return found

    def subscribers_of(self, published: Interaction) -> list[Interaction]:
        """Who can receive what this site publishes."""
        return [s for s in self._listening.near(published) if not s.local and delivers(published, s)]

    def receivers_of(self, published: Interaction) -> list[Interaction]:
        """Who receives what this site publishes, those inside its own process included."""
        return [s for s in self._listening.near(published) if arrives(published, s)]

    @cached_property
    def _listening(self) -> Ends:
        return Ends(self._by_role.get(Role.SUBSCRIBE, ()))

    @cached_property
    def _sending(self) -> Ends:
        return Ends(i for i in self.flow.interactions if i.role in (Role.PUBLISH, Role.CALL) and not i.local)

    def publishers_for(self, subscribed: Interaction) -> list[Interaction]:
        """Who can send what this site listens to."""
        return [p for p in self._sending.near(subscribed) if delivers(p, subscribed)]

    def blind(self, role: Role, like: Interaction) -> list[Interaction]:
        """Unresolved sites of a role on the same transport, which could be a missing end; dead wrappers, answers to whoever asked
        and queues that only their makers can name cannot."""
        return self._blind.get((role, family(like)), [])

    @cached_property
    def _blind(self) -> dict[tuple[Role, str], list[Interaction]]:
        found: dict[tuple[Role, str], list[Interaction]] = defaultdict(list)
        for i in self.flow.interactions:
            if i.channel is None and not (i.local or i.unreached or i.answers or i.private):
                found[i.role, family(i)].append(i)
        return found

    def unheard(self) -> list[LooseEnd]:
        """What services of the scan publish and nobody subscribes to, neither there nor declared, and is not for everybody."""
        return self._loose(
            Role.PUBLISH, Role.SUBSCRIBE, lambda p: self._is_heard(p) or bool(self.declared_consumer(p)) or self._is_led_on(p)
        )

    def unsent(self) -> list[LooseEnd]:
        """What they subscribe to and nobody publishes, neither there nor declared, nor the broker itself, and is not open to
        everybody; a task that code calls as a function has its use."""

        def met(s: Interaction) -> bool:
            by_broker = family(s) in BROKERS_THAT_REFUSE and takes_dead_letters(s.channel or "", s.group or "")
            return by_broker or s.called or self._is_sent(s) or bool(self.declared_publisher(s))

        return self._loose(Role.SUBSCRIBE, Role.PUBLISH, met)

    def _is_heard(self, published: Interaction) -> bool:
        return any(may_deliver(published, s) for s in self._listening.near(published) if not s.local)

    def _is_led_on(self, published: Interaction) -> bool:
        """Whether a deployment file leads it into a queue: somebody outside the scan reads that, or it would not be there."""
        ways = (f.source for f in self.flow.parts.forwards if f.source.transport == published.transport)
        same = (w for w in ways if not published.exchange or w.exchange in ("", published.exchange))
        return any(MATCHERS[way.match](published.channel or "", way.channel) for way in same)

    def _is_sent(self, subscribed: Interaction) -> bool:
        return any(may_deliver(p, subscribed) for p in self._sending.near(subscribed))

    def _is_open(self, site: Interaction) -> bool:
        """Whether anybody may be at the other end: the world, who speaks by a broker that nobody knows, or a program in another
        language, which names the channel."""
        return site.public or site.outside or site.transport == UNKNOWN or (family(site), site.channel) in self._elsewhere

    @cached_property
    def _elsewhere(self) -> frozenset[tuple[str, str]]:
        return frozenset((FAMILIES.get(e.transport, e.transport), e.channel) for e in self.flow.parts.elsewhere)

    def _loose(self, role: Role, other: Role, met: Callable[[Interaction], bool]) -> list[LooseEnd]:
        groups: dict[tuple[str, str, str | None], list[Interaction]] = defaultdict(list)
        for site in self.role(role):
            if site.channel is not None and not (self._is_open(site) or met(site)):
                groups[site.transport, site.channel, site.exchange].append(site)
        ends = [
            LooseEnd(name, tuple(found), (*self.blind(other, found[0]), *self._unbound(other, found[0])))
            for (_, name, _), found in groups.items()
        ]
        at: dict[Location, list[LooseEnd]] = defaultdict(list)
        for end in ends:
            if "{}" in end.channel:
                for place in dict.fromkeys(s.location for s in end.sites):
                    at[place].append(end)
        return [e for e in ends if not any(other.covers(e) for other in at.get(e.sites[0].location, ()))]

    def _unbound(self, role: Role, like: Interaction) -> list[Interaction]:
        """What may be bound to a loose end of AMQP outside the scan: to what goes into an exchange, queues that nothing is seen to
        fill; to such a queue, what goes into an exchange and is not heard."""
        if family(like) != "amqp" or bool(like.exchange) is (role is Role.PUBLISH):
            return []
        return self._binding_missing[role]

    @cached_property
    def _binding_missing(self) -> dict[Role, list[Interaction]]:
        amqp = [i for i in self.flow.interactions if family(i) == "amqp" and i.channel is not None and not i.local]
        return {
            Role.SUBSCRIBE: [i for i in amqp if i.role is Role.SUBSCRIBE and not i.exchange and not self._is_sent(i)],
            Role.PUBLISH: [i for i in amqp if i.role is Role.PUBLISH and i.exchange and not self._is_heard(i)],
        }

    def unmet(self) -> list[Unmet]:
        """What handlers read and nobody sets who sends to them."""
        return list(unmet(self))

    def standing(self, site: Interaction) -> Standing | None:
        """What deployment files and listings of the broker say of a site's channel; None where they say nothing of such ones."""
        return self._there.standing(site)

    @cached_property
    def _there(self) -> Inventory:
        return Inventory(self.flow.parts.existing)

    def ending(self, site: Interaction) -> Ending | None:
        """What is said of messages of a subscription's queue that nobody can handle; None where nothing makes the queue."""
        return self._endings.of(site)

    @cached_property
    def _endings(self) -> Endings:
        return Endings(self.flow.parts.effects, self.flow.parts.disposals)

    def endpoints_of(self, call: Interaction) -> list[Interaction]:
        """The endpoints that a call meets."""
        if call.id not in self._answering:
            self._answering[call.id] = self._served.get(call.target or "", NOTHING).answering(call, self._operations)
        return self._answering[call.id]

    @cached_property
    def _answering(self) -> dict[str, list[Interaction]]:
        return {}

    @cached_property
    def _operations(self) -> dict[str, str]:
        return operations(self.flow.interactions)

    @cached_property
    def _served(self) -> dict[str, Served]:
        return by_service(self.flow.interactions)

    def triggered_by(self, start: Interaction) -> list[Interaction]:
        """What the handler of an endpoint or subscription goes on to publish and call, in source order."""
        return self._following.get(start.id, [])

    @cached_property
    def _following(self) -> dict[str, list[Interaction]]:
        found: dict[str, list[Interaction]] = defaultdict(list)
        for i in self.flow.interactions:
            for trigger in dict.fromkeys(i.triggers):
                found[trigger].append(i)
        return found

    def course_of(self, start: Interaction) -> list[Taken]:
        """The sites that the handler of an endpoint or subscription comes to, in order, each as often as it does."""
        return self._courses.get(start.id, [])

    @cached_property
    def _courses(self) -> dict[str, list[Taken]]:
        found: dict[str, list[tuple[int, Taken]]] = defaultdict(list)
        for i in self.flow.interactions:
            for step in i.steps:
                found[step.trigger].append((step.number, Taken(i, step.around)))
        return {trigger: [t for _, t in sorted(taken, key=lambda pair: pair[0])] for trigger, taken in found.items()}

    @cached_property
    def starts(self) -> list[Interaction]:
        """The endpoints and subscriptions of services whose handlers go on to something, in their order; what a browser asks before
        it asks (OPTIONS) comes last."""
        found = [i for i in self.flow.interactions if i.id in self._courses]
        return sorted(found, key=lambda i: (i.operation or "").startswith("OPTIONS "))

    @cached_property
    def waiting(self) -> Waiting:
        """Who waits for whom, endpoint by endpoint."""
        return Waiting(self.course_of, self.endpoints_of)

    def is_queue(self, site: Interaction) -> bool:
        """Whether the channel is a queue with one owner, on which commands are honest."""
        by_name = site.match is Match.STOMP and (site.channel or "").startswith(STOMP_QUEUES)
        return by_name or family(site) in QUEUES or (family(site) == "amqp" and not site.exchange)

    def declared_consumer(self, published: Interaction) -> External | None:
        """The declared external that listens to what this site publishes."""
        return next((e for e in self.flow.externals if any(same_text(published.channel or "", c) for c in e.subscribes)), None)

    def declared_publisher(self, subscribed: Interaction) -> External | None:
        """The declared external that publishes what this site listens to."""
        return next((e for e in self.flow.externals if any(same_text(c, subscribed.channel or "") for c in e.publishes)), None)

    def same_code(self, one: str, other: str) -> bool:
        """Whether two services are processes of the same code: of one folder, or of folders inside one another."""
        if one == other or not {one, other} <= self._folders.keys():
            return one == other
        first, second = sorted((self._folders[one], self._folders[other]))
        return second.startswith(first)

    @cached_property
    def _folders(self) -> dict[str, str]:
        return {s.name: f"{s.root}/" if s.root not in ("", ".") else "" for s in self.flow.services}

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the services do with what they keep, by service and place."""
        return self.flow.parts.effects

    @property
    def blind_spots(self) -> list[Interaction]:
        """Sites whose destination could not be resolved."""
        return self.flow.blind_spots
