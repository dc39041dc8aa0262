"""A template as a whole: the services that its functions are, everything that wakes them, what its machines do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, Kind, Role, Wire
from flowmap.project.aws.functions import functions_of, groups_of, process_of
from flowmap.project.aws.machines import machine_of, wires_of
from flowmap.project.aws.names import FUNCTIONS, MACHINES
from flowmap.project.aws.template import api_host, nested, without_stage
from flowmap.project.aws.wiring import Wiring, event_wires, mapping_wires
from flowmap.project.paths import base
from flowmap.project.yaml_nodes import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DeclaredProcess
    from flowmap.project.aws.functions import Function, Group
    from flowmap.project.aws.template import Template

_STACKS = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_APIS = ("AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")


def declared(template: Template) -> Declarations:
    """Everything that a template states."""
    functions = functions_of(template)
    groups = groups_of(template.file, functions.values())
    owner = groups[0].name or base(template.folder) if len(groups) == 1 else ""
    machines = {r.name: (owner, f"{template.file.path}:{r.name}") for r in template.of(*MACHINES) if owner}
    wiring = Wiring(template, functions, machines)
    for name in (*(r.name for r in template.of(*FUNCTIONS)), *machines):
        event_wires(wiring, template.resources[name])
    mapping_wires(wiring)
    for resource in template.of(*MACHINES):
        machine = machine_of(template, resource)
        if machine is not None and owner:
            wiring.wires += wires_of(machine, machines[resource.name][1], (owner,))
    wiring.wires += _invoked(template, functions, wiring)
    return Declarations(
        processes=tuple(_process(template, group, groups) for group in groups),
        externals=tuple(wiring.externals),
        wires=tuple(wiring.wires),
        forwards=tuple(wiring.forwards),
        exports=tuple(_exports(template)),
    )


def _process(template: Template, group: Group, groups: list[Group]) -> DeclaredProcess:
    process = process_of(template.file, "cloudformation", group)
    machines = tuple(r.name for r in template.of(*MACHINES)) if len(groups) == 1 else ()
    own = {r.name for r in template.of(*_APIS)} if len(groups) == 1 else set()
    hosts = tuple(
        Address(f"{api_host(template.folder, r)}.execute-api.{{}}.amazonaws.com", None, template.file.at(r.line))
        for r in template.of(*_APIS)
        if r.name in own
    )
    return replace(process, aliases=(*process.aliases, *machines), addresses=hosts)


def _invoked(template: Template, functions: dict[str, Function], wiring: Wiring) -> Iterator[Wire]:
    """Functions that nothing of the template wakes are there to be called."""
    woken = {w.handler for w in wiring.wires}
    for function in functions.values():
        if function.handler and function.handler not in woken:
            where = template.file.at(function.line)
            yield Wire("rpc", "", where, role=Role.SERVE, operation=function.names[-1], handler=function.handler, kind=Kind.COMMAND)


def _exports(template: Template) -> Iterator[tuple[str, str]]:
    """What other templates can refer to: outputs, entries of the parameter store, parameters of nested stacks."""
    outputs = table(template.root.get("Outputs"))
    for name, node in outputs.entries.items():
        value = without_stage(template, template.text(table(node).get("Value")))
        yield f"output:{template.file.path}#{name}", value
        for exported in template.texts(table(node).get("Export", "Name")):
            yield f"export:{exported}", value
    for resource in template.of("AWS::SSM::Parameter"):
        for name in template.texts(resource.properties.get("Name")):
            yield f"ssm:{name}", without_stage(template, template.text(resource.properties.get("Value")))
    for resource in template.of(*_STACKS):
        child = nested(template, resource)
        for name, node in table(resource.properties.get("Parameters")).entries.items() if child is not None else ():
            if value := template.text(node) or text(node):
                yield f"parameter:{child}#{name}", value
