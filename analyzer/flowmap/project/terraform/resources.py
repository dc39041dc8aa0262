"""The resources of a whole configuration, and questions about one of them: attributes, inner blocks, places, channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Location
from flowmap.project.terraform.evaluating import Scope, called_modules, evaluate, is_off, made, scope_of
from flowmap.project.terraform.values import HOLE, UNKNOWN, Resource, entries, resource_of, text, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.terraform.expressions import Block, Body
    from flowmap.project.terraform.modules import Module
    from flowmap.project.terraform.values import Value

CHANNELS = {
    "aws_dynamodb_table": "dynamodb",
    "aws_kinesis_stream": "kinesis",
    "aws_sns_topic": "sns",
    "aws_sqs_queue": "sqs",
    "azurerm_eventgrid_domain_topic": "eventgrid",
    "azurerm_eventgrid_system_topic": "eventgrid",
    "azurerm_eventgrid_topic": "eventgrid",
    "azurerm_eventhub": "eventhub",
    "azurerm_servicebus_queue": "servicebus",
    "azurerm_servicebus_topic": "servicebus",
    "azurerm_storage_queue": "storagequeue",
    "google_pubsub_subscription": "pubsub",
    "google_pubsub_topic": "pubsub",
}
"""Resources that messages go through, each with its transport."""
_ARN_SERVICES = {"sqs": "sqs", "sns": "sns", "kinesis": "kinesis"}
_DEEPEST = 8
_MOST_ROWS = 200


def modules(root: Module) -> Iterator[Module]:
    """A module and all that it calls."""
    yield root
    for child in called_modules(root):
        yield from modules(child)


def resources(root: Module) -> Iterator[Resource]:
    """The resources of a module and all that it calls; what it only looks up is none of them."""
    for module in modules(root):
        for block in module.source.resources:
            if block.kind == "resource" and not is_off(block):
                yield from made(block, module)


def given(resource: Resource, name: str) -> Value:
    """An attribute that is written in the resource."""
    return value_in(resource.block.body, name, scope_of(resource))


def value_in(body: Body, name: str, scope: Scope) -> Value:
    """An attribute of a block; unknown where it is not written."""
    found = body.attributes.get(name)
    return evaluate(found.value, scope) if found is not None else UNKNOWN


def inner(body: Body, scope: Scope) -> Iterator[tuple[Block, Scope]]:
    """The blocks in a body, those that `dynamic` makes among them, each with the scope of its attributes."""
    for block in body.blocks:
        if block.kind != "dynamic" or not block.labels:
            yield block, scope
            continue
        content = next((b for b in block.body.blocks if b.kind == "content"), None)
        kind = block.labels[0]
        iterator = text(value_in(block.body, "iterator", scope)) or kind
        for key, value in _rows(value_in(block.body, "for_each", scope)):
            if content is None or not scope.module.bounds.step():
                break
            named = type(content)(kind, (), content.body, content.path, content.line, content.end_line)
            yield named, scope.inside({iterator: {"key": key, "value": value}})


def _rows(value: Value) -> list[tuple[Value, Value]]:
    found: list[tuple[Value, Value]] = list(entries(value).items())
    if isinstance(value, tuple):
        found = [(v if isinstance(v, str) else n, v) for n, v in enumerate(value)]
    return found[:_MOST_ROWS]


def below(body: Body, scope: Scope, depth: int = 0) -> Iterator[tuple[Block, Scope]]:
    """The blocks in a body at any depth, the outer ones first."""
    for block, around in inner(body, scope) if depth < _DEEPEST else ():
        yield block, around
        yield from below(block.body, around, depth + 1)


def named_blocks(resource: Resource, *kinds: str) -> Iterator[tuple[Block, Scope]]:
    """The blocks of these kinds in a resource, at any depth."""
    return (found for found in below(resource.block.body, scope_of(resource)) if found[0].kind in kinds)


def titles(resource: Resource) -> tuple[str, ...]:
    """What a resource is called: its name if that is wholly known, what the call of its module is labelled with, where it is the
    only one of its type in there, its label, which says nothing more where several calls of the module make one of it."""
    label, module = resource.block.labels[1], resource.module
    called_as = module.call_name if module.source.counts[resource.type] == 1 else ""
    known = resource.name if HOLE not in resource.name and resource.name != label else ""
    own = "" if called_as and _is_called_again(module) else label
    return tuple(dict.fromkeys(t for t in (known, called_as, own) if t))


def _is_called_again(module: Module) -> bool:
    """Whether there is another call of what a module is made of beside its own."""
    call, caller = module.call, module.caller
    if call is None or caller is None:
        return False
    sources = [c.body.attributes["source"].value for c in caller.source.calls.values() if "source" in c.body.attributes]
    return "source" in call.body.attributes and sources.count(call.body.attributes["source"].value) > 1


def place(resource: Resource, name: str = "") -> Location:
    """The line of an attribute; that of the resource where it has none of the name."""
    assigned = resource.block.body.attributes.get(name)
    line, end = (assigned.line, assigned.end_line) if assigned is not None else (resource.block.line, resource.block.line)
    return Location(resource.block.path, line, end)


def channel_of(value: Value) -> tuple[str, str] | None:
    """The transport and name of the channel that a reference or an ARN means; None if it means none."""
    resource = resource_of(value)
    if resource is not None:
        transport = CHANNELS.get(resource.type)
        return (transport, resource.name) if transport is not None else None
    pieces = (text(value) or "").split(":", 5)
    if len(pieces) == 6 and pieces[0] == "arn" and pieces[2] in _ARN_SERVICES and told(pieces[5]):
        return _ARN_SERVICES[pieces[2]], pieces[5].rpartition("/")[2]
    return None
