"""What a template brings from where to whom: events of functions, event source mappings, subscriptions, rules, pipes.

A function or state machine at the end of a wire listens; a queue, topic or stream at its end is filled by what is at the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Conduit, External, ExternalKind, Forward, Kind, Location, Role, Wire
from flowmap.project.aws.names import FUNCTIONS, HOLE, conduit, named
from flowmap.project.aws.patterns import events_of, filtered, senders_of
from flowmap.project.exports import is_marked
from flowmap.project.paths import base
from flowmap.project.yaml_nodes import Table, items, table, tables, text

if TYPE_CHECKING:
    from flowmap.project.aws.functions import Function
    from flowmap.project.aws.template import Resource, Template

_BUS_EVENTS = ("EventBridgeRule", "CloudWatchEvent")
_STREAMS = {"SQS": ("Queue", "sqs"), "Kinesis": ("Stream", "kinesis"), "DynamoDB": ("Stream", "dynamodb"), "SNS": ("Topic", "sns")}
_API_EVENTS = ("Api", "HttpApi")
_TO_QUEUE = re.compile(r"arn:[^:]*:apigateway:[^:]*:sqs:path/[^/]*/([^/]+)")
DEFAULT_BUS = "default"


@dataclass(slots=True)
class Wiring:
    """The wires of one template while they are collected. `functions` and `machines` are what may be at the end of one, by their
    logical names; a machine is known by its service and its actor."""

    template: Template
    functions: Mapping[str, Function]
    machines: Mapping[str, tuple[str, str]]
    wires: list[Wire] = field(default_factory=list)
    forwards: list[Forward] = field(default_factory=list)
    externals: list[External] = field(default_factory=list)
    _by_name: dict[str, Function] = field(default_factory=dict)
    _foreign_names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for function in reversed([*self.functions.values()]):
            self._by_name |= dict.fromkeys(function.names, function)
        self._by_name |= self.functions
        for resource in reversed(self.template.of(*FUNCTIONS)):
            self._foreign_names |= dict.fromkeys((resource.name, self.template.physical(resource)), resource.name)

    def listens(self, sources: Iterable[Conduit], target: str, where: Location, transport: str = "") -> None:
        """What arrives at `sources` is brought to a resource, which is named by its logical name, ARN or URL; one that another
        stack names is a conduit of `transport`."""
        found = list(sources)
        self.externals += senders_of(found)
        for source in found:
            if (function := self._function(target)) is not None:
                self.wires.append(_wire(source, where, handler=function.handler, services=_owner(function)))
            elif (machine := self._machine(target)) is not None:
                self.wires.append(_wire(source, where, services=(machine[0],), actor=machine[1]))
            elif foreign := self._foreign(target):
                self.externals.append(outside(foreign, source))
            elif (fed := conduit(target, transport if is_marked(target) else "")) is not None:
                self.forwards.append(Forward(source, fed, where))
            elif (other := named(target)) is not None and other.service == "events":
                self.forwards.append(Forward(source, Conduit("eventbridge", source.channel, other.name, match=source.match), where))
            elif other is not None and other.service in ("lambda", "states"):
                self.wires.append(_wire(source, where, services=(other.name,)))

    def serves(self, operation: str, function: Function, where: Location) -> None:
        self.wires.append(
            Wire(
                "http", "", where, _owner(function), role=Role.SERVE, operation=operation, handler=function.handler, kind=Kind.QUERY
            )
        )  # fmt: skip

    def _function(self, target: str) -> Function | None:
        return self._by_name.get(_of_service(target, "lambda"))

    def _foreign(self, target: str) -> str:
        """What to call a function of the template that is not Python of the scan: by its stack; empty if the target is none."""
        logical = self._foreign_names.get(_of_service(target, "lambda"), "")
        return base(self.template.folder) if logical and self.template.folder != "." else logical

    def _machine(self, target: str) -> tuple[str, str] | None:
        return self.machines.get(_of_service(target, "states"))


def _of_service(target: str, service: str) -> str:
    """The name of a target that is an ARN of a service of AWS; any other target as it is written."""
    other = named(target)
    return other.name if other is not None and other.service == service else target


def _owner(function: Function) -> tuple[str, ...]:
    """By whom a wire is taken: who has the handler's code, else who is called as the function is."""
    return () if function.handler else function.names


def _wire(source: Conduit, where: Location, *, services: tuple[str, ...], handler: str = "", actor: str = "") -> Wire:
    return Wire(
        source.transport,
        source.channel,
        where,
        services,
        handler=handler,
        actor=actor,
        exchange=source.exchange,
        event=source.event,
        source=source.source,
        match=source.match,
        kind=Kind.COMMAND if source.transport == "sqs" else Kind.EVENT,
    )


def event_wires(wiring: Wiring, resource: Resource) -> None:
    """The events that a function or state machine of SAM lists."""
    events = table(resource.properties.get("Events"))
    for name, node in events.entries.items():
        kind, stated = text(table(node).get("Type")), table(table(node).get("Properties"))
        where = wiring.template.file.at(events.at(name))
        if kind in _API_EVENTS:
            _endpoint(wiring, resource, kind, stated, where)
        else:
            wiring.listens(_sources(wiring.template, kind, stated), resource.name, where)


def _sources(template: Template, kind: str, stated: Table) -> list[Conduit]:
    if kind in _BUS_EVENTS:
        return events_of(template, stated.get("Pattern"), _bus(template, stated))
    if kind in _STREAMS:
        key, transport = _STREAMS[kind]
        found = [c for t in template.texts(stated.get(key)) if (c := conduit(t, transport)) is not None]
        return [f for c in found for f in filtered(template, c, stated.get("FilterPolicy"))] if kind == "SNS" else found
    if kind in ("MSK", "SelfManagedKafka"):
        return [Conduit("kafka", t) for t in template.texts(stated.get("Topics"))]
    return [Conduit("amqp", t) for t in template.texts(stated.get("Queues"))] if kind == "MQ" else []


def _bus(template: Template, stated: Table) -> str:
    if "EventBusName" not in stated.entries:
        return DEFAULT_BUS
    name = template.text(stated.get("EventBusName"))
    bus = named(name)
    return bus.name if bus is not None else name


def _endpoint(wiring: Wiring, resource: Resource, kind: str, stated: Table, where: Location) -> None:
    path, method = wiring.template.text(stated.get("Path")) or "/{proxy+}", wiring.template.text(stated.get("Method")) or "any"
    function = wiring.functions.get(resource.name)
    if function is not None and (kind == "Api" or path):
        verb = "{}" if method.lower() in ("any", "x-amazon-apigateway-any-method") else method.upper()
        wiring.serves(f"{verb} {path}", function, where)


def mapping_wires(wiring: Wiring) -> None:
    """Event source mappings, subscriptions, rules and pipes that are resources of their own."""
    template = wiring.template
    for resource in template.resources.values():
        own, where = resource.properties, template.file.at(resource.line)
        wiring.externals += _straight(template, resource)
        match resource.kind:
            case "AWS::Lambda::EventSourceMapping":
                sources = [c for t in template.texts(own.get("EventSourceArn")) if (c := conduit(t)) is not None]
                sources += [Conduit("kafka", t) for t in template.texts(own.get("Topics"))]
                wiring.listens(sources, template.text(own.get("FunctionName")), where)
            case "AWS::SNS::Subscription":
                topics = [c for t in template.texts(own.get("TopicArn")) if (c := conduit(t, "sns")) is not None]
                sources = [f for c in topics for f in filtered(template, c, own.get("FilterPolicy"))]
                _subscribed(wiring, sources, own, where)
            case "AWS::SNS::Topic":
                topic = Conduit("sns", template.physical(resource))
                for stated in tables(own.get("Subscription")):
                    _subscribed(wiring, [topic], stated, template.file.at(stated.line))
            case "AWS::SQS::Queue":
                dead = template.text(own.get("RedrivePolicy", "deadLetterTargetArn"))
                wiring.listens([Conduit("sqs", template.physical(resource))], dead, where)
            case "AWS::Events::Rule":
                _rule(wiring, own, where)
            case "AWS::Pipes::Pipe":
                sources = [c for t in template.texts(own.get("Source")) if (c := conduit(t)) is not None]
                wiring.listens(sources, template.text(own.get("Target")), where)


def _subscribed(wiring: Wiring, topics: list[Conduit], stated: Table, where: Location) -> None:
    protocol, endpoint = wiring.template.text(stated.get("Protocol")), wiring.template.text(stated.get("Endpoint"))
    if protocol in ("sqs", "lambda", "firehose"):
        wiring.listens(topics, endpoint, where, protocol if protocol == "sqs" else "")
    elif protocol:
        wiring.externals += (outside(f"{protocol} subscriber", t) for t in topics)


def _rule(wiring: Wiring, own: Table, where: Location) -> None:
    template = wiring.template
    if "EventPattern" not in own.entries:
        return
    found = events_of(template, own.get("EventPattern"), _bus(template, own))
    for target in tables(own.get("Targets")):
        for arn in template.texts(target.get("Arn")):
            wiring.listens(found, arn, where)


def _straight(template: Template, resource: Resource) -> Iterator[External]:
    """Parts of AWS itself that a resource has send messages without any code: a gateway to a queue, a bucket, a schedule."""
    own = resource.properties
    match resource.kind:
        case "AWS::ApiGateway::Method":
            uris = (_TO_QUEUE.fullmatch(t) for t in template.texts(own.get("Integration", "Uri")))
            yield from _senders("aws.apigateway", (f"arn:aws:sqs:{HOLE}:{HOLE}:{m[1]}" for m in uris if m is not None))
        case "AWS::S3::Bucket":
            told = table(own.get("NotificationConfiguration"))
            held = [t.get("Queue") for t in tables(told.get("QueueConfigurations"))]
            held += [t.get("Topic") for t in tables(told.get("TopicConfigurations"))]
            yield from _senders("aws.s3", (t for n in held for t in template.texts(n)))
        case "AWS::CloudWatch::Alarm" | "AWS::CloudWatch::CompositeAlarm":
            actions = ("AlarmActions", "OKActions", "InsufficientDataActions")
            yield from _senders("aws.cloudwatch", (t for a in actions for n in items(own.get(a)) for t in template.texts(n)))
        case "AWS::Events::Rule" if "EventPattern" not in own.entries:
            arns = (a for t in tables(own.get("Targets")) for a in template.texts(t.get("Arn")))
            yield from _senders("aws.scheduler", arns)


def _senders(name: str, targets: Iterable[str]) -> Iterator[External]:
    """A part of AWS itself that sends messages to queues and topics."""
    found = (conduit(t) for t in targets)
    return (External(name, ExternalKind.PRODUCT, publishes=(c.channel,)) for c in found if c is not None)


def outside(name: str, source: Conduit) -> External:
    """Somebody without code in the scan who listens."""
    return External(name, ExternalKind.DECLARED, subscribes=(source.channel,))
