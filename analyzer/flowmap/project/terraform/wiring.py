"""What resources say about the way of messages: from a channel into a queue, to a function, to a route of a service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from flowmap.descriptor_api import Conduit, Forward, Wire
from flowmap.project.terraform.code import handler_of
from flowmap.project.terraform.evaluating import made
from flowmap.project.terraform.functions import called
from flowmap.project.terraform.resources import channel_of, given, named_blocks, place, titles, value_in
from flowmap.project.terraform.values import Resource, Value, elements, entries, resource_of, text, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flowmap.descriptor_api import Location

Source: TypeAlias = tuple[str, str, str]
"""Transport, channel and exchange."""
_ENDPOINTS = {
    "eventhub_endpoint_id": "eventhub",
    "service_bus_queue_endpoint_id": "servicebus",
    "service_bus_topic_endpoint_id": "servicebus",
}


def wiring(resource: Resource, folders: frozenset[str]) -> Iterator[Wire | Forward]:
    """The ways between brokers and the subscriptions that a resource states."""
    stated = _STATED.get(resource.type)
    if stated is not None:
        yield from stated(resource, folders)


def _delivered(
    source: Source, target: Value, beside: Resource, where: Location, folders: frozenset[str]
) -> Iterator[Wire | Forward]:
    """From a channel to the queue, topic or function that a resource names."""
    transport, channel, exchange = source
    queue = channel_of(target)
    function = _function_of(target, beside)
    if queue is not None:
        yield _led((transport, channel, exchange), queue, where)
    elif function is not None:
        yield Wire(transport, channel, where, titles(function), handler=handler_of(function, folders), exchange=exchange)


def _led(source: Source, queue: tuple[str, str], where: Location) -> Forward:
    return Forward(Conduit(*source), Conduit(*queue), where)


def _function_of(target: Value, beside: Resource) -> Resource | None:
    """The function that an ARN or name leads to, straight or by an alias of it."""
    found = resource_of(target)
    if found is not None and found.type == "aws_lambda_alias":
        return _function_of(given(found, "function_name"), found)
    return meant(target, "aws_lambda_function", beside)


def meant(value: Value, kind: str, beside: Resource) -> Resource | None:
    """The resource of a type that a reference means, or that a text names in the module of another one."""
    found = resource_of(value)
    if found is not None:
        return found if found.type == kind else None
    module = beside.module
    if kind not in module.by_name:
        blocks = [b for b in module.source.resources if b.labels[0] == kind and b.kind == "resource"]
        module.by_name[kind] = {r.name: r for b in reversed(blocks) for r in reversed(made(b, module))}
    return module.by_name[kind].get(text(value) or "")


def _source_mapping(resource: Resource, folders: frozenset[str]) -> Iterator[Wire | Forward]:
    where, target = place(resource, "event_source_arn"), given(resource, "function_name")
    named = [("kafka", t) for t in elements(given(resource, "topics"))]
    named += [("amqp", q) for q in elements(given(resource, "queues"))]
    source = channel_of(given(resource, "event_source_arn"))
    found = [source] if source is not None else [(transport, told(value)) for transport, value in named if told(value)]
    for transport, channel in found:
        yield from _delivered((transport, channel, ""), target, resource, where, folders)


def _pipe(resource: Resource, folders: frozenset[str]) -> Iterator[Wire | Forward]:
    """A pipe of EventBridge: from a queue or stream to a queue, a function or the task that it starts."""
    source, where = channel_of(given(resource, "source")), place(resource, "source")
    tasks = [value_in(b.body, "task_definition_arn", s) for b, s in named_blocks(resource, "ecs_task_parameters")]
    started = [task for value in tasks if (task := meant(value, "aws_ecs_task_definition", resource)) is not None]
    if source is None:
        return
    for task in started:
        yield Wire(*source, where, titles(task))
    if not started:
        yield from _delivered((*source, ""), given(resource, "target"), resource, where, folders)


def _sns_subscription(resource: Resource, folders: frozenset[str]) -> Iterator[Wire | Forward]:
    topic, endpoint = channel_of(given(resource, "topic_arn")), given(resource, "endpoint")
    where = place(resource, "topic_arn")
    if topic is None:
        return
    if text(given(resource, "protocol")) in {"http", "https"}:
        yield from _pushed(topic, text(endpoint) or "", where)
    else:
        yield from _delivered((*topic, ""), endpoint, resource, where, folders)


def _pushed(source: tuple[str, str], url: str, where: Location) -> Iterator[Wire]:
    """To the route of an address; a service is named by the first label of the host."""
    parts = urlsplit(url) if re.fullmatch(r"https?://[\w.:{}-]+(/[^\s]*)?", url) else None
    if parts is not None and told(url):
        label = parts.netloc.partition(".")[0]
        yield Wire(*source, where, (label,) if told(label) else (), parts.path or "/")


def _event_target(resource: Resource, folders: frozenset[str]) -> Iterator[Wire | Forward]:
    """A rule of EventBridge and what it leads to: the types of its pattern, on its bus."""
    rule = meant(given(resource, "rule"), "aws_cloudwatch_event_rule", resource)
    if rule is None:
        return
    pattern = entries(called("jsondecode", [given(rule, "event_pattern")], rule.module))
    bus = resource_of(given(rule, "event_bus_name"))
    exchange = bus.name if bus is not None else told(given(rule, "event_bus_name")) or "default"
    for kind in elements(pattern.get("detail-type")):
        if told(kind):
            source = ("eventbridge", told(kind), exchange.rpartition("/")[2])
            yield from _delivered(source, given(resource, "arn"), resource, place(resource, "arn"), folders)


def _grid_subscription(resource: Resource, _: frozenset[str]) -> Iterator[Wire | Forward]:
    source = channel_of(given(resource, "scope")) or _system_topic(resource)
    if source is None:
        return
    for name, transport in _ENDPOINTS.items():
        queue = channel_of(given(resource, name))
        if queue is not None and queue[0] == transport:
            yield _led((*source, ""), queue, place(resource, name))
    for block, scope in named_blocks(resource, "storage_queue_endpoint", "webhook_endpoint", "azure_function_endpoint"):
        queue_name = told(value_in(block.body, "queue_name", scope))
        if queue_name:
            yield _led((*source, ""), ("storagequeue", queue_name), place(resource))
        yield from _pushed(source, text(value_in(block.body, "url", scope)) or "", place(resource))


def _system_topic(resource: Resource) -> tuple[str, str] | None:
    name = told(given(resource, "system_topic"))
    return ("eventgrid", name) if name else None


def _forwarding(resource: Resource, _: frozenset[str]) -> Iterator[Wire | Forward]:
    """A queue or subscription of Service Bus that hands on what it gets."""
    target = given(resource, "forward_to")
    queue = channel_of(target) or (("servicebus", told(target)) if told(target) else None)
    source = channel_of(given(resource, "topic_id")) if resource.type.endswith("subscription") else channel_of(resource)
    if queue is not None and source is not None:
        yield _led((*source, ""), queue, place(resource, "forward_to"))


def _pubsub_subscription(resource: Resource, _: frozenset[str]) -> Iterator[Wire | Forward]:
    topic = _pubsub_topic(given(resource, "topic"))
    if topic is None:
        return
    pushed = [text(value_in(b.body, "push_endpoint", s)) or "" for b, s in named_blocks(resource, "push_config")]
    for url in pushed:
        yield from _pushed(topic, url, place(resource, "topic"))
    if not pushed:
        yield _led((*topic, ""), ("pubsub", resource.name), place(resource, "topic"))


def _pubsub_topic(value: Value) -> tuple[str, str] | None:
    named = told(value).rpartition("/")[2]
    return channel_of(value) or (("pubsub", named) if told(named) else None)


def _trigger(resource: Resource, _: frozenset[str]) -> Iterator[Wire | Forward]:
    """A trigger of Eventarc: a topic and the service that it is brought to."""
    topics = [_pubsub_topic(value_in(b.body, "topic", s)) for b, s in named_blocks(resource, "pubsub")]
    for block, scope in named_blocks(resource, "cloud_run_service"):
        service, route = told(value_in(block.body, "service", scope)), text(value_in(block.body, "path", scope)) or "/"
        for topic in topics:
            if topic is not None and service:
                yield Wire(*topic, place(resource), (service,), route)


def _binding(resource: Resource, _: frozenset[str]) -> Iterator[Wire | Forward]:
    """A queue that is bound to an exchange of RabbitMQ."""
    exchange, queue = told(given(resource, "source")), told(given(resource, "destination"))
    if exchange and queue and text(given(resource, "destination_type")) != "exchange":
        key = text(given(resource, "routing_key")) or ""
        yield _led(("amqp", key or exchange, exchange), ("amqp", queue), place(resource, "source"))


_STATED: dict[str, Callable[[Resource, frozenset[str]], Iterator[Wire | Forward]]] = {
    "aws_cloudwatch_event_target": _event_target,
    "aws_lambda_event_source_mapping": _source_mapping,
    "aws_pipes_pipe": _pipe,
    "aws_sns_topic_subscription": _sns_subscription,
    "azurerm_eventgrid_event_subscription": _grid_subscription,
    "azurerm_eventgrid_system_topic_event_subscription": _grid_subscription,
    "azurerm_servicebus_queue": _forwarding,
    "azurerm_servicebus_subscription": _forwarding,
    "google_eventarc_trigger": _trigger,
    "google_pubsub_subscription": _pubsub_subscription,
    "rabbitmq_binding": _binding,
}
