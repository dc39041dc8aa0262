"""State machines in the Amazon States Language: an orchestrator, whose task states call functions and services and send messages.

A machine is done by nobody's code. What it does is said of the service that deploys it, at the lines of its states, and follows
from what starts it. States of services that no other service of a system sees (tables, jobs, models) are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Kind, Location, Role, Wire
from flowmap.project.aws.names import conduit, named
from flowmap.project.aws.template import inside
from flowmap.project.paths import join
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, items, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.aws.template import Resource, Template
    from flowmap.project.yaml_nodes import Node

_INTEGRATION = re.compile(r"arn:[^:]*:states:[^:]*:[^:]*:(?:aws-sdk:)?(\w+):(\w+)(?:\.(sync(?::2)?|waitForTaskToken))?$")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Machine:
    """A state machine: its definition, the file that this stands in, where a line of it is, what the names in it stand for."""

    name: str
    definition: Table
    path: str
    at: Callable[[int], Location]
    text: Callable[[Node], str]
    named: Callable[[str], str]


_IN_FILES = ("DefinitionUri", "DefinitionS3Location")


def machine_of(template: Template, resource: Resource) -> Machine | None:
    """The machine that a resource defines, in itself or in a file beside it; None if there is no definition to read."""
    own = resource.properties
    stated = (own.get("DefinitionSubstitutions"), *items(inside(own.get("DefinitionString"), "Sub"))[1:])
    given = {k: template.text(v) for holder in stated for k, v in table(holder).entries.items()}
    for key in (*_IN_FILES, "Definition", "DefinitionString"):
        node = own.get(key)
        if isinstance(node, Text) and node.null:
            continue
        where = template.text(node) if key in _IN_FILES else ""
        path = join(template.folder, where) if where else None
        content = template.file.look(path) if path is not None else None
        found = _read(content) if content is not None else _inline(template, node)
        if found is not None:
            root, offset = found
            beside = path if content is not None and path is not None else None
            at = partial(_beside, beside) if beside is not None else partial(_inside, template.file, offset)
            return Machine(resource.name, root, beside or template.file.path, at, _filled(template, given), template.physical)  # type: ignore[arg-type]
    return None


def _inside(file: DescriptorFile, offset: int, line: int) -> Location:
    return file.at(line + offset)


def _beside(path: str, line: int) -> Location:
    return Location(path, line, line)


def _filled(template: Template, given: dict[str, str]) -> Callable[[Node], str]:
    """How a text of the definition is read: substitutions put in, `Fn::Sub` as in the rest of the template."""

    def read(node: Node) -> str:
        if isinstance(node, Text) and "${" in node.text:
            known = re.sub(r"\$\{([^}]+)\}", lambda m: given.get(m[1].strip()) or m[0], node.text)
            return template.text(Table({"Fn::Sub": Text(known, node.line)}, {}, node.line))
        return template.text(node)

    return read


def _read(content: bytes) -> tuple[Table, int] | None:
    try:
        root = next(iter(documents(content, tagged=True)), None)
    except YamlError:
        return None
    return (table(root), 0) if root is not None and "States" in table(root).entries else None


def _inline(template: Template, node: Node) -> tuple[Table, int] | None:
    """A definition in the template: a mapping, or JSON in a text."""
    if "States" in table(node).entries:
        return table(node), 0
    inner = inside(node, "Sub")
    body = items(inner)[0] if items(inner) else inner if text(inner) else node
    written = text(body) or template.text(node)
    try:
        root = next(iter(documents(written.encode())), None)
    except YamlError:
        return None
    # The text of a block begins on the line below its key.
    return (table(root), body.line) if root is not None and "States" in table(root).entries else None


def wires_of(machine: Machine, actor: str, services: tuple[str, ...]) -> Iterator[Wire]:
    """What the states of a machine do, and the endpoint by which it is started."""
    start = machine.at(machine.definition.line)
    yield Wire("rpc", "", start, services, role=Role.SERVE, operation=machine.name, actor=actor, kind=Kind.COMMAND)
    for state, own in _states(machine.definition, 0):
        yield from _task(machine, state, machine.at(own), actor, services)


def _states(holder: Table, depth: int) -> Iterator[tuple[Table, int]]:
    """The task states of a machine with the lines of their names, those of branches and iterations included."""
    if depth > _DEEPEST:
        return
    states = table(holder.get("States"))
    for name, node in states.entries.items():
        state = table(node)
        if text(state.get("Type")) == "Task":
            yield state, states.at(name)
        inner = [*tables(state.get("Branches")), table(state.get("Iterator")), table(state.get("ItemProcessor"))]
        for below in inner:
            yield from _states(below, depth + 1)


def _task(machine: Machine, state: Table, where: Location, actor: str, services: tuple[str, ...]) -> Iterator[Wire]:
    resource = machine.text(state.get("Resource"))
    given = table(state.get("Parameters")) if "Parameters" in state.entries else table(state.get("Arguments"))
    direct = named(resource)
    integration = _INTEGRATION.match(resource)
    if integration is None:
        if resource and (direct is None or direct.service == "lambda"):
            yield _call(direct.name if direct is not None else resource, where, actor, services, waits=True)
        return
    service, action, ending = integration[1].lower(), integration[2].lower(), integration[3] or ""
    match service, action:
        case "lambda", "invoke":
            target = _name(machine.text(given.get("FunctionName")))
            waits = machine.text(given.get("InvocationType")) != "Event" or bool(ending)
            if target:
                yield _call(target, where, actor, services, waits=waits)
        case (("states" | "sfn"), ("startexecution" | "startsyncexecution")):
            target = _name(machine.text(given.get("StateMachineArn")))
            if target:
                yield _call(target, where, actor, services, waits=bool(ending) or "sync" in action)
        case "sqs", "sendmessage":
            yield from _sent(machine.text(given.get("QueueUrl")), "sqs", where, actor, services)
        case "sns", "publish":
            yield from _sent(machine.text(given.get("TopicArn")), "sns", where, actor, services)
        case "events", "putevents":
            yield from _events(machine, given, where, actor, services)


def _name(value: str) -> str:
    found = named(value)
    return found.name if found is not None else value


def _call(target: str, where: Location, actor: str, services: tuple[str, ...], *, waits: bool) -> Wire:
    return Wire(
        "rpc", "", where, services, role=Role.CALL, operation=target, target=target, kind=Kind.COMMAND, waits=waits, actor=actor
    )


def _sent(value: str, transport: str, where: Location, actor: str, services: tuple[str, ...]) -> Iterator[Wire]:
    found = conduit(value, transport)
    if found is not None:
        kind = Kind.COMMAND if transport == "sqs" else Kind.EVENT
        yield Wire(transport, found.channel, where, services, role=Role.PUBLISH, kind=kind, actor=actor)


def _events(machine: Machine, given: Table, where: Location, actor: str, services: tuple[str, ...]) -> Iterator[Wire]:
    for entry in tables(given.get("Entries")):
        kind = machine.text(entry.get("DetailType"))
        bus = _name(machine.text(entry.get("EventBusName"))) if "EventBusName" in entry.entries else "default"
        source = machine.text(entry.get("Source"))
        if kind:
            yield Wire("eventbridge", kind, where, services, role=Role.PUBLISH, exchange=bus, source=source, actor=actor)
