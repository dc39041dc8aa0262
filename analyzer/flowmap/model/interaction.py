"""Interactions: one place of one service that publishes, subscribes, calls or serves, with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.location import Evidence, Location
from flowmap.model.patience import Breaker, Retry, Timeout
from flowmap.model.payload import Payload
from flowmap.model.step import Step

OUTSIDE = "external:"
"""What stands before the name of somebody who is no service of the scan, wherever a service may stand."""


class Role(StrEnum):
    """What a site does."""

    PUBLISH = "publish"
    SUBSCRIBE = "subscribe"
    CALL = "call"
    SERVE = "serve"


class Kind(StrEnum):
    """What travels: a fact, an order to one receiver, a unit of work, a question."""

    EVENT = "event"
    COMMAND = "command"
    TASK = "task"
    QUERY = "query"


class Confidence(StrEnum):
    """How it is known: declared literally, followed through the code, or inferred from names."""

    CERTAIN = "certain"
    DERIVED = "derived"
    GUESS = "guess"

    @property
    def rank(self) -> int:
        """0 for a guess, 2 for certain."""
        return ("guess", "derived", "certain").index(self.value)


class Match(StrEnum):
    """How a subscriber's channel is compared with a publisher's; the transport decides."""

    EXACT = "exact"
    AMQP = "amqp"
    NATS = "nats"
    MQTT = "mqtt"
    GLOB = "glob"
    REGEX = "regex"
    STOMP = "stomp"
    PREFIXED = "prefixed"


class Streams(StrEnum):
    """Which side of a remote call sends many messages for one call."""

    REQUEST = "request"
    RESPONSE = "response"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Handler:
    """The function that runs when a message or request arrives; `key` names it within the program."""

    name: str
    location: Location
    key: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a request goes or is served: `host` without port (None: not known or the service's own), the port, the
    method (`{}` if it varies) and the path template; `operation` names RPC methods (`orders.get`, `Service/Method`). Where an
    interface file describes it, `package` is that of the service there, and `streams` who sends many messages for one call."""

    operation: str
    host: str | None = None
    port: int | None = None
    scheme: str | None = None
    hint: str | None = None
    package: str = ""
    streams: Streams | None = None


@dataclass(frozen=True, slots=True)
class Interaction:
    """A site with its role resolved as far as it could be. `service` is `external:<name>` where a document says what somebody
    outside the scan does.

    `channel` is None if it is not known, then `unresolved` says why. `target` is a service name, `external:<name>` or None;
    connect fills it in. `source` is the sender that a message names, or that a subscription asks for. `triggers` are the ids of
    the served and subscribed interactions of the same service whose handlers reach this site, `steps` how they come to it, as
    far as that is followed. `evidence` are the lines of deployment files that decide the destination. `unreached` marks a
    wrapper that nothing calls: it waits for arguments nobody gives. `answers` marks what goes to the queue that an asker names,
    `private` a queue that nothing is bound to and whose name only its maker knows, `public` a channel whose other end may be a
    browser or another program that is in no scan, `planned` a step of a plan that an engine carries out (a workflow's activity,
    a state of a machine, a task of a canvas), `called` a task whose function is also called like any other, `beside` what stands in
    a file of the service's folder that its program does not load. Of a call, `timeout`
    is how long it waits (None where its plugin does not say), `retries` and `breakers` what tries it again and what stops it,
    outermost first: around it on the way from its `location` down to the library, and inside its client. `payload` is what a
    publication puts into its messages, or a subscription reads from them; None where nothing is known of it.
    """

    id: str
    role: Role
    service: str
    transport: str
    location: Location
    confidence: Confidence
    channel: str | None = None
    exchange: str | None = None
    space: str = ""
    broker: str = ""
    event: str | None = None
    source: str | None = None
    target: str | None = None
    endpoint: Endpoint | None = None
    kind: Kind = Kind.EVENT
    match: Match = Match.EXACT
    group: str | None = None
    handler: Handler | None = None
    payload: Payload | None = None
    function: str = ""
    via: tuple[Evidence, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    triggers: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    awaited: bool = False
    waits: bool = True
    speculative: bool = False
    unreached: bool = False
    answers: bool = False
    private: bool = False
    local: bool = False
    public: bool = False
    planned: bool = False
    called: bool = False
    beside: bool = False
    timeout: Timeout | None = None
    retries: tuple[Retry, ...] = ()
    breakers: tuple[Breaker, ...] = ()
    unresolved: str | None = None
    plugin: str = ""

    @property
    def operation(self) -> str | None:
        """`GET /orders/{}`, `orders.get`; None for messages."""
        return self.endpoint.operation if self.endpoint else None

    @property
    def outside(self) -> bool:
        """Whether it is no service of the scan that does it."""
        return self.service.startswith(OUTSIDE)

    @property
    def resolved(self) -> bool:
        """Whether its destination is known."""
        return self.unresolved is None
