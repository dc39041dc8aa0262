"""The graph of coordination and collaboration as plain data, with the findings that stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.disposal import Disposal
from flowmap.model.effect import Effect
from flowmap.model.interaction import Confidence, Interaction
from flowmap.model.location import Evidence
from flowmap.model.project import Diagnostic, Existing, External, Forward, LeftOut, Route, Service
from flowmap.model.suppression import Suppression


class EdgeKind(StrEnum):
    """Nobody waits (collaboration), or the caller does (coordination)."""

    COLLABORATION = "collaboration"
    COORDINATION = "coordination"


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` and `target` are service names or `external:<name>`. `channel` is the published name; None for calls. `local` is
    an edge inside one process of a service."""

    kind: EdgeKind
    source: str
    target: str
    channel: str | None
    interactions: tuple[str, ...]
    confidence: Confidence
    transport: str = ""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Services that wait for one another, endpoint by endpoint; `interactions` are the calls, one per hop."""

    services: tuple[str, ...]
    interactions: tuple[str, ...]

    @property
    def hops(self) -> int:
        """How many service-to-service calls the first one waits for."""
        return len(self.interactions)


class Severity(StrEnum):
    """How bad it is if it is true; confidence says how sure we are."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's verdict. `subject` is the channel or service it is about; the first hop of the evidence is where to look."""

    code: str
    slug: str
    severity: Severity
    confidence: Confidence
    subject: str
    services: tuple[str, ...]
    message: str
    evidence: tuple[Evidence, ...]
    why: str
    instead: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule that was run, for whoever shows its findings: `title` is one line, `page` its documentation."""

    code: str
    slug: str
    severity: Severity
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that a team has decided to live with, and what says so."""

    finding: Finding
    by: Suppression


@dataclass(frozen=True, slots=True)
class Parts:
    """What connecting starts from, so that several systems can be connected anew as one: the interactions as they were recognised,
    what carries messages on (`forwards` of deployment files, `bindings` of queues in the code) and requests (`routes`), which
    channels are there (`existing`) or named by programs in other languages (`elsewhere`), and what becomes of messages that fail
    (`disposals`); and, beside all that, what services do with what they keep (`effects`), which connects nothing."""

    interactions: tuple[Interaction, ...] = ()
    forwards: tuple[Forward, ...] = ()
    bindings: tuple[Forward, ...] = ()
    routes: tuple[Route, ...] = ()
    existing: tuple[Existing, ...] = ()
    effects: tuple[Effect, ...] = ()
    disposals: tuple[Disposal, ...] = ()
    elsewhere: tuple[Existing, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Services, externals, their interactions with targets resolved, and the edges and chains between them. `hidden` is the number
    of interactions inside a process, which are only there if they were asked for; `parts` is what all this was made of."""

    services: tuple[Service, ...]
    externals: tuple[External, ...]
    interactions: tuple[Interaction, ...]
    edges: tuple[Edge, ...]
    chains: tuple[Chain, ...]
    hidden: int = 0
    parts: Parts = Parts()

    @property
    def blind_spots(self) -> list[Interaction]:
        """Sites whose destination could not be resolved."""
        return [i for i in self.interactions if i.unresolved is not None and i.target is None]


@dataclass(frozen=True, slots=True)
class Artefact:
    """The scan of one repository as its report keeps it: enough to connect it with others. `name` is the repository's, `problems`
    say what its scan met."""

    name: str
    services: tuple[Service, ...]
    externals: tuple[External, ...]
    parts: Parts
    problems: tuple[Diagnostic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    files: int = 0
    lines: int = 0
    hidden: int = 0
    suppressions: tuple[Suppression, ...] = ()
