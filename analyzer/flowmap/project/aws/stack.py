"""A template as a whole: the services that its functions are, everything that wakes them, what its machines do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DeclaredProcess, Disposal, Kind, Role, Setting, Wire
from flowmap.project.aws.functions import functions_of, groups_of, process_of, title_of
from flowmap.project.aws.machines import machine_of, wires_of
from flowmap.project.aws.names import FUNCTIONS, MACHINES, conduit
from flowmap.project.aws.template import api_host, nested, without_stage
from flowmap.project.aws.wiring import Wiring, event_wires, mapping_wires
from flowmap.project.exports import STORED, secret
from flowmap.project.yaml_nodes import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.aws.functions import Function, Group
    from flowmap.project.aws.template import Resource, Template

_STACKS = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_APIS = ("AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")


class Stack:
    """A template with its functions and the services that these are, ready to be wired."""

    def __init__(self, template: Template, functions: dict[str, Function], groups: list[Group], system: str) -> None:
        self.template = template
        self.functions = functions
        self.groups = groups
        self.system = system
        self.owner = title_of(groups[0]) if len(groups) == 1 else ""
        self.machines = {r.name: (self.owner or r.name, f"{template.file.path}:{r.name}") for r in template.of(*MACHINES) if groups}
        self.wiring = Wiring(template, functions, self.machines)


def stack_of(template: Template) -> Stack:
    """A template of CloudFormation or SAM, with the events that its functions and machines list."""
    functions = functions_of(template)
    stack = Stack(template, functions, groups_of(template.file, functions.values()), "cloudformation")
    for resource in template.of(*FUNCTIONS, *MACHINES):
        event_wires(stack.wiring, resource)
    return stack


def declared(stack: Stack) -> Declarations:
    """Everything that a template states."""
    template, wiring = stack.template, stack.wiring
    mapping_wires(wiring)
    processes = [_process(stack, group) for group in stack.groups]
    for resource in template.of(*MACHINES) if stack.groups else ():
        service, actor = stack.machines[resource.name]
        machine = machine_of(template, resource)
        if machine is not None:
            wiring.wires += wires_of(machine, actor, (service,))
        if not stack.owner:
            at = machine.path if machine is not None else template.file.path
            processes.append(_orchestrator(stack, resource, at))
    wiring.wires += _invoked(stack)
    return Declarations(
        processes=tuple(processes),
        externals=tuple(wiring.externals),
        wires=tuple(wiring.wires),
        forwards=tuple(wiring.forwards),
        disposals=tuple(_disposals(template)),
        exports=tuple(_exports(template)),
    )


def _process(stack: Stack, group: Group) -> DeclaredProcess:
    template = stack.template
    process = process_of(template.file, stack.system, group)
    if not stack.owner:
        return process
    hosts = tuple(
        Address(f"{api_host(template.folder, r)}.execute-api.{{}}.amazonaws.com", None, template.file.at(r.line))
        for r in template.of(*_APIS)
    )
    return replace(process, aliases=(*process.aliases, *_machine_names(stack)), addresses=hosts)


def _machine_names(stack: Stack) -> tuple[str, ...]:
    found = stack.template.of(*MACHINES)
    return tuple(dict.fromkeys(n for r in found for n in (r.name, stack.template.physical(r))))


def _orchestrator(stack: Stack, resource: Resource, definition: str) -> DeclaredProcess:
    """A state machine over functions of several services is a service of its own."""
    return DeclaredProcess(
        name=resource.name,
        system=stack.system,
        scope=stack.template.folder,
        location=stack.template.file.at(resource.line),
        rank=10,
        folder=stack.template.folder,
        aliases=tuple(dict.fromkeys((stack.template.physical(resource),))),
        definition=definition,
    )


def _invoked(stack: Stack) -> Iterator[Wire]:
    """Functions that nothing of the template wakes are there to be called."""
    woken = {w.handler for w in stack.wiring.wires}
    for function in stack.functions.values():
        if function.handler and function.handler not in woken:
            where = stack.template.file.at(function.line)
            yield Wire("rpc", "", where, role=Role.SERVE, operation=function.names[1], handler=function.handler, kind=Kind.COMMAND)


def _disposals(template: Template) -> Iterator[Disposal]:
    """The queues, and whether what is received too often leaves them for one of dead letters; these themselves need none."""
    queues = template.of("AWS::SQS::Queue")
    dead = {t for q in queues for t in template.texts(q.properties.get("RedrivePolicy", "deadLetterTargetArn"))}
    ends = {c.channel for t in dead if (c := conduit(t, "sqs")) is not None}
    for queue in queues:
        name = template.physical(queue)
        yield Disposal("sqs", name, template.file.at(queue.line), name in ends or "RedrivePolicy" in queue.properties.entries)


def _exports(template: Template) -> Iterator[Setting]:
    """What other templates can refer to: outputs, entries of the parameter store, parameters of nested stacks."""
    outputs = table(template.root.get("Outputs"))
    for name, node in outputs.entries.items():
        value = without_stage(template, template.text(table(node).get("Value")))
        where = template.file.at(outputs.at(name))
        yield Setting(f"output:{template.file.path}#{name}", value, where)
        yield from (Setting(f"export:{e}", value, where) for e in template.texts(table(node).get("Export", "Name")))
    for resource in template.of("AWS::SSM::Parameter"):
        value = without_stage(template, template.text(resource.properties.get("Value")))
        where = template.file.at(resource.line)
        yield from (Setting(f"{STORED}{n}", value, where) for n in template.texts(resource.properties.get("Name")))
    for resource in template.of("AWS::SecretsManager::Secret"):
        name, spelled = (template.text(resource.properties.get(key)) for key in ("Name", "SecretString"))
        if name and spelled:
            yield from secret(name, spelled, template.file.at(resource.line))
    for resource in template.of(*_STACKS):
        child = nested(template, resource)
        given = table(resource.properties.get("Parameters"))
        for name, node in given.entries.items() if child is not None else ():
            yield Setting(f"parameter:{child}#{name}", template.text(node), template.file.at(given.at(name)))
