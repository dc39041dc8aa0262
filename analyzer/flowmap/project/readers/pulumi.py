"""Pulumi in Python, from its `Pulumi.yaml`: the program is followed, and the queues, topics, rules and functions of AWS that it
makes are read as a template. Other clouds, and what is only known once something is deployed (`apply`), are not looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic
from flowmap.project.aws.stack import declared, stack_of
from flowmap.project.aws.template import Template, resources_of
from flowmap.project.infrapy.faults import diagnostics_of
from flowmap.project.infrapy.lines import as_one
from flowmap.project.infrapy.running import Program
from flowmap.project.paths import base, join, parent
from flowmap.project.pulumi.resources import Labels, Synthesis
from flowmap.project.yaml_nodes import YamlError, documents, table, text

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile


def _matches(path: str) -> bool:
    return base(path) in ("Pulumi.yaml", "Pulumi.yml")


def _read(file: DescriptorFile) -> Declarations:
    try:
        root = next((table(d) for d in documents(file.content)), None)
    except YamlError as error:
        return Declarations(diagnostics=(Diagnostic(f"Pulumi.yaml cannot be read: {error}", file.at(1)),))
    if root is None or "python" not in (text(root.get("runtime")), text(root.get("runtime", "name"))):
        return Declarations()
    main = join(parent(file.path), text(root.get("main")) or ".")
    path = None if main is None else main if main.endswith(".py") else join(main, "__main__.py")
    if path is None:
        return Declarations()
    labels = Labels()
    program = Program(file.look, (parent(path),), labels.attribute)
    if not program.run(path):
        return Declarations(diagnostics=(Diagnostic(f"the program of this app, {path}, is not there", file.at(1)),))
    modules = as_one(file, program)
    made = Synthesis(program.things, labels, modules)
    root = made.template()
    found = declared(stack_of(Template(modules, root, resources_of(root))))
    # Of a queue it says the name and no more: nobody can tell whether it has dead letters.
    return replace(found, disposals=(), diagnostics=tuple(diagnostics_of(file, program, made.faults)))


READER = DescriptorReader("pulumi", _matches, _read)
