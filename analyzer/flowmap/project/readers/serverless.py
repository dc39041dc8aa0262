"""serverless.yml: one service with its functions, what they are told, what wakes them; resources in CloudFormation beside them.

Only what is deployed to AWS is looked at. Of the plugins, those for state machines and for constructs are known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Conduit, Declarations, DescriptorReader, Diagnostic, Setting
from flowmap.project.aws.functions import Function, Group, handler_at
from flowmap.project.aws.names import conduit, named
from flowmap.project.aws.patterns import events_of, filtered
from flowmap.project.aws.stack import Stack, declared
from flowmap.project.aws.template import Resource, Template, resources_of
from flowmap.project.aws.variables import expanded
from flowmap.project.paths import base, parent
from flowmap.project.yaml_nodes import Items, Table, Text, YamlError, documents, items, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile, Location
    from flowmap.project.aws.wiring import Wiring
    from flowmap.project.yaml_nodes import Node

_NAME = re.compile(r"serverless[\w.-]*\.ya?ml")


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    try:
        root = next((table(d) for d in documents(file.content, tagged=True)), Table({}, {}, 0))
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"serverless.yml cannot be read: {error}", file.at(1)),))
    if not text(root.get("service")) and not root.get("service", "name"):
        return Declarations()
    if (text(root.get("provider", "name")) or text(root.get("provider")) or "aws") != "aws":
        return Declarations()
    return _declared(file, expanded(file, root))


def _declared(file: DescriptorFile, root: Table) -> Declarations:
    name = text(root.get("service")) or text(root.get("service", "name"))
    stage = text(root.get("provider", "stage")) or "dev"
    listed = [(_logical(key), key, node, line) for key, node, line in _functions(root)]
    functions: dict[str, Function] = {}
    resources = {**_resources(root), **_machines(root)}
    for logical, key, node, line in listed:
        own = text(node.get("name")) or f"{name}-{stage}-{key}"
        resources[logical] = Resource(
            logical, "AWS::Lambda::Function", Table({"FunctionName": Text(own, line)}, {}, line), line
        )  # fmt: skip
    template = Template(file, root, resources)
    for logical, key, node, line in listed:
        handler = handler_at(file, parent(file.path), text(node.get("handler")))
        if handler:
            told = (*_told(template, node), *_told(template, table(root.get("provider"))))
            names = (key, template.physical(resources[logical]), logical)
            functions[logical] = Function(line, names, parent(handler.rpartition(":")[0]), handler, told)
    groups = [Group(name, parent(file.path), tuple(functions.values()))] if functions else []
    stack = Stack(template, functions, groups, "serverless")
    for logical, _, node, _ in listed:
        for event in items(node.get("events")):
            _wire(stack.wiring, logical, event, file.at(event.line))
    return declared(stack)


def _logical(key: str) -> str:
    """The name that the framework gives a function's resource."""
    return f"{key[:1].upper()}{key[1:]}LambdaFunction".replace("-", "Dash").replace("_", "Underscore")


def _functions(root: Table) -> list[tuple[str, Table, int]]:
    """The functions by their keys, with the lines of these."""
    stated = root.get("functions")
    holders = [table(n) for n in items(stated)] if isinstance(stated, Items) else [table(stated)]
    found = [(k, table(n), h.at(k)) for h in holders for k, n in h.entries.items()]
    constructs = table(root.get("constructs"))
    workers = [(k, table(n), constructs.at(k)) for k, n in constructs.entries.items() if text(table(n).get("type")) == "queue"]
    return [*found, *((f"{k}Worker", _worker(k, table(n.get("worker")), line), line) for k, n, line in workers)]


def _worker(queue: str, stated: Table, line: int) -> Table:
    """The function that a queue of the plugin for constructs comes with."""
    event = Table({"sqs": Text(f"arn:aws:sqs:{{}}:{{}}:{queue}", line)}, {"sqs": line}, line)
    return Table({**stated.entries, "events": Items((event,), line)}, stated.lines, line)


def _resources(root: Table) -> dict[str, Resource]:
    stated = root.get("resources")
    holders = [table(n) for n in items(stated)] if isinstance(stated, Items) else [table(stated)]
    return {name: resource for holder in holders for name, resource in resources_of(holder).items()}


def _machines(root: Table) -> dict[str, Resource]:
    """The state machines of the plugin that deploys them."""
    holder = table(root.get("stepFunctions", "stateMachines"))
    found = {}
    for name, node in holder.entries.items():
        stated = table(node)
        entries = {"Definition": stated.get("definition"), "StateMachineName": stated.get("name")}
        found[name] = Resource(name, "AWS::StepFunctions::StateMachine", Table(entries, {}, stated.line), holder.at(name))
    return found


def _told(template: Template, holder: Table) -> Iterator[Setting]:
    variables = table(holder.get("environment"))
    for name, node in variables.entries.items():
        for value in template.texts(node):
            yield Setting(name, value, template.file.at(variables.at(name)))


def _wire(wiring: Wiring, logical: str, event: Node, where: Location) -> None:
    """What one entry of `events` brings to a function."""
    if not isinstance(event, Table) or logical not in wiring.functions:
        return
    for kind, stated in event.entries.items():
        if kind in ("http", "httpApi"):
            wiring.serves(_operation(stated), wiring.functions[logical], where)
        else:
            wiring.listens(_sources(wiring.template, kind, stated), logical, where)


def _operation(stated: Node) -> str:
    written = text(stated) or f"{text(table(stated).get('method')) or '*'} {text(table(stated).get('path'))}"
    method, _, path = written.strip().partition(" ")
    verb = "{}" if method in ("*", "any", "ANY") else method.upper()
    return f"{verb} /{path.strip().strip('/') or ('{proxy+}' if method == '*' else '')}"


def _sources(template: Template, kind: str, stated: Node) -> list[Conduit]:
    own = table(stated)
    match kind:
        case "eventBridge":
            bus = template.text(own.get("eventBus"))
            found = named(bus)
            name = found.name if found is not None else bus or "default"
            return events_of(template, own.get("pattern"), name) if "pattern" in own.entries else []
        case "cloudwatchEvent":
            return events_of(template, own.get("event"), "default")
        case "kafka" | "msk":
            return [Conduit("kafka", t) for t in (*template.texts(own.get("topic")), *template.texts(own.get("topics")))]
        case "rabbitmq" | "activemq":
            return [Conduit("amqp", t) for t in template.texts(own.get("queue"))]
        case "sqs" | "sns" | "stream":
            given = own.get("arn") if "arn" in own.entries else own.get("topicName") if "topicName" in own.entries else stated
            stream = text(own.get("type")) or "kinesis"
            sources = [c for t in template.texts(given) if (c := conduit(t, stream if kind == "stream" else kind)) is not None]
            return [f for c in sources for f in filtered(template, c, own.get("filterPolicy"))] if kind == "sns" else sources
    return []


READER = DescriptorReader("serverless", _matches, _read)
