"""What is another thing in one report than in an earlier one, and which of it breaks what two services have agreed on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flowmap.model.coupling import Change
from flowmap.model.flow import Finding
from flowmap.model.gate import EdgeIdentity
from flowmap.model.location import Evidence


class How(StrEnum):
    """What has become of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Side(StrEnum):
    """Which end of a channel a field belongs to: who publishes sets it, who subscribes reads it."""

    SET = "set"
    READ = "read"


class Break(StrEnum):
    """What is no longer as others rely on it."""

    FIELD_GONE = "field-gone"
    FIELD_TYPE = "field-type"
    FIELD_SOMETIMES = "field-sometimes"
    CHANNEL_SILENT = "channel-silent"
    ENDPOINT_GONE = "endpoint-gone"


@dataclass(frozen=True, slots=True)
class Shift:
    """Names that came and names that went."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True, slots=True)
class Proof:
    """The places that show something, as they are in the earlier report and in the later one."""

    before: tuple[Evidence, ...] = ()
    after: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Conduit:
    """What messages go over: the channel, and the type of the messages where it carries several."""

    transport: str
    name: str
    exchange: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """A property by its name, and what it was and is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """A service; of a changed one, its properties, which its name may be one of."""

    how: How
    name: str
    details: tuple[Detail, ...] = ()
    proof: Proof = Proof()


@dataclass(frozen=True, slots=True)
class ChannelChange:
    """A channel, with the services (and `external:<name>`) that came to and left its two ends."""

    how: How
    conduit: Conduit
    publishers: Shift
    subscribers: Shift
    proof: Proof = Proof()


@dataclass(frozen=True, slots=True)
class EndpointChange:
    """An operation that a service serves."""

    how: How
    service: str
    transport: str
    operation: str
    proof: Proof = Proof()


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """An edge; of calls, with the operations that came and went."""

    how: How
    identity: EdgeIdentity
    transport: str
    operations: Shift = Shift()
    proof: Proof = Proof()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the messages of a channel, which `services` set or read. `details` say what its type and how often it is set were
    and are; it is not `sure` where the other report does not know everything about the messages."""

    how: How
    conduit: Conduit
    side: Side
    name: str
    services: tuple[str, ...]
    type: str = ""
    sure: bool = True
    details: tuple[Detail, ...] = ()
    proof: Proof = Proof()


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding by its identity, as often as it was and is there; `finding` is one of them. A changed one has another number, or
    other `services` have a part in it."""

    how: How
    finding: Finding
    before: int
    after: int
    services: Shift = Shift()


@dataclass(frozen=True, slots=True)
class Breaking:
    """Something that others rely on and that is no longer so; not `sure` where a blind spot, or what is not understood, may still
    make it good. `services` are those that rely on it, `keepers` those who kept it."""

    kind: Break
    sure: bool
    subject: str
    message: str
    services: tuple[str, ...]
    keepers: tuple[str, ...]
    proof: Proof
    conduit: Conduit | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference between two reports, which go by the names `before` and `after`. `blind` counts the blind spots of a service
    by role and transport; `remarks` say what could not be compared."""

    before: str
    after: str
    root: str
    breaking: tuple[Breaking, ...] = ()
    services: tuple[ServiceChange, ...] = ()
    channels: tuple[ChannelChange, ...] = ()
    endpoints: tuple[EndpointChange, ...] = ()
    edges: tuple[EdgeChange, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    numbers: tuple[Change, ...] = ()
    blind: tuple[Change, ...] = ()
    remarks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything has changed."""
        parts = (self.services, self.channels, self.endpoints, self.edges, self.fields, self.findings, self.numbers, self.blind)
        return any((self.breaking, *parts))

    @property
    def breaks(self) -> bool:
        """Whether something breaks for sure."""
        return any(b.sure for b in self.breaking)
