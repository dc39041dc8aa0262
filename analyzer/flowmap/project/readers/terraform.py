"""Terraform configurations (`*.tf`, `*.tf.json`, `*.tfvars`): what they run with which settings, and how resources carry messages.

Read by an own parser: the expressions have to be followed anyhow, and the packages for it are slow and give them as texts.
Nothing is looked up: registries, state and providers are not asked, so that what they would fill in stays a hole.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic, Disposal, External, Forward, Setting, Wire
from flowmap.project.paths import base, parent
from flowmap.project.terraform.disposals import disposals_of
from flowmap.project.terraform.environments import declared
from flowmap.project.terraform.json_form import parsed_json
from flowmap.project.terraform.modules import Bounds, Module, roots_of, source_of
from flowmap.project.terraform.parsing import parsed
from flowmap.project.terraform.platform import senders
from flowmap.project.terraform.resources import resources
from flowmap.project.terraform.scanning import HclError
from flowmap.project.terraform.stores import stored
from flowmap.project.terraform.wiring import wiring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.terraform.expressions import Body, Expression
    from flowmap.project.terraform.modules import Source


def _matches(path: str) -> bool:
    return path.endswith((".tf", ".tf.json", ".tfvars"))


def _read(files: tuple[DescriptorFile, ...]) -> Declarations:
    sources, diagnostics = _sources(files)
    folders, bounds = frozenset(sources), Bounds()
    found: list[Declarations] = []
    wires: list[Wire | Forward] = []
    disposals: list[Disposal] = []
    exports: list[Setting] = []
    externals: list[External] = []
    for source in roots_of(sources):
        for resource in resources(Module(source, sources, files[0].look, bounds)):
            found.append(declared(resource, folders))
            wires += wiring(resource, folders)
            externals += senders(resource)
            disposals += disposals_of(resource)
            exports += stored(resource)
    if bounds.spent:
        where = files[0].at(1)
        diagnostics.append(Diagnostic("the Terraform configurations are too large to be followed to their end", where))
    return Declarations(
        processes=tuple(p for d in found for p in d.processes),
        groups=tuple(g for d in found for g in d.groups),
        settings=tuple(s for d in found for s in d.settings),
        wires=tuple(dict.fromkeys(w for w in wires if isinstance(w, Wire))),
        forwards=tuple(dict.fromkeys(w for w in wires if isinstance(w, Forward))),
        disposals=tuple(dict.fromkeys(disposals)),
        exports=tuple(exports),
        externals=tuple(dict.fromkeys(externals)),
        diagnostics=tuple(diagnostics),
    )


def _sources(files: tuple[DescriptorFile, ...]) -> tuple[dict[str, Source], list[Diagnostic]]:
    """The folders with their files taken together, and what could not be read."""
    bodies: dict[str, list[Body]] = defaultdict(list)
    variables: dict[str, dict[str, Body]] = defaultdict(dict)
    diagnostics: list[Diagnostic] = []
    for file in files:
        try:
            body = parsed_json(file.content, file.path) if file.path.endswith(".json") else parsed(file.text, file.path)
        except HclError as error:
            diagnostics.append(Diagnostic(f"Terraform file cannot be read: {error}", file.at(error.line)))
            continue
        if file.path.endswith(".tfvars"):
            variables[parent(file.path)][base(file.path)] = body
        else:
            bodies[parent(file.path)].append(body)
    return {folder: source_of(folder, found, _given(variables[folder])) for folder, found in bodies.items()}, diagnostics


def _given(files: Mapping[str, Body]) -> dict[str, Expression]:
    """The values of variables: of the files that Terraform takes by itself, else of the only one there is."""
    taken = [b for name, b in sorted(files.items()) if name == "terraform.tfvars" or name.endswith(".auto.tfvars")]
    if not taken and len(files) == 1:
        taken = list(files.values())
    return {name: assigned.value for body in taken for name, assigned in body.attributes.items()}


READER = DescriptorReader("terraform", _matches, read_all=_read)
