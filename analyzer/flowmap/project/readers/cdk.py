"""The AWS CDK in Python, from its `cdk.json`: the program that this names is followed, and what it synthesises to is read as a
template. Stacks in other languages, and what only a deployment can tell, are not looked at; what is not understood of a construct
is a diagnostic at its line."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic
from flowmap.project.aws.stack import declared, stack_of
from flowmap.project.aws.template import Template, resources_of
from flowmap.project.cdk.constructs import Labels
from flowmap.project.cdk.containers import processes_of
from flowmap.project.cdk.synthesis import Synthesis
from flowmap.project.infrapy.faults import diagnostics_of
from flowmap.project.infrapy.lines import as_one
from flowmap.project.infrapy.running import Program
from flowmap.project.paths import base, join, parent

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile


_LONGEST_COMMAND = 2_000


def _matches(path: str) -> bool:
    return base(path) == "cdk.json"


def _read(file: DescriptorFile) -> Declarations:
    try:
        about = json.loads(file.content)
    except (ValueError, RecursionError) as error:
        return Declarations(diagnostics=(Diagnostic(f"cdk.json cannot be read: {error}", file.at(1)),))
    command = about.get("app") if isinstance(about, dict) else None
    entry = _entry(command) if isinstance(command, str) else None
    path = join(parent(file.path), entry) if entry is not None else None
    if path is None:
        return Declarations()
    labels = Labels()
    program = Program(file.look, tuple(dict.fromkeys((parent(path), parent(file.path)))), labels.attribute)
    if not program.run(path):
        return Declarations(diagnostics=(Diagnostic(f"the program of this app, {entry}, is not there", file.at(1)),))
    return _declared(file, program, labels)


def _entry(command: str) -> str | None:
    """The file that a command starts: `python3 app.py`, `uv run app.py`, `python -m infra.app`; None if it is no Python."""
    try:
        words = shlex.split(command) if len(command) <= _LONGEST_COMMAND else []
    except ValueError:
        return None
    for before, word in zip(("", *words), words, strict=False):
        if word.endswith(".py"):
            return word
        if before == "-m" and re.fullmatch(r"[\w.]+", word) and any("python" in w for w in words):
            return f"{word.replace('.', '/')}.py"
    return None


def _declared(file: DescriptorFile, program: Program, labels: Labels) -> Declarations:
    modules = as_one(file, program)
    made = Synthesis(program, labels, modules)
    root = made.template()
    template = Template(modules, root, resources_of(root))
    found = declared(stack_of(template))
    containers = tuple(processes_of(((t, made.line(t)) for t in program.things), template))
    diagnostics = tuple(diagnostics_of(file, program, made.faults))
    return replace(found, processes=(*found.processes, *containers), diagnostics=diagnostics)


READER = DescriptorReader("cdk", _matches, _read)
