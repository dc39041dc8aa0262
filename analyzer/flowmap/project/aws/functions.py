"""Functions of a template: where their code lies, what they are told, and which of them are one service.

The functions of a template that lies beside its code are one service, as they are deployed and owned together. Where one template
at the top stands for the whole system, the folders that its functions' code lies in are the services.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from flowmap.descriptor_api import DeclaredProcess, Setting
from flowmap.project.aws.names import FUNCTIONS
from flowmap.project.aws.template import without_stage
from flowmap.project.dockerfile import copied, instructions
from flowmap.project.exports import is_marked
from flowmap.project.index import beside
from flowmap.project.paths import above, base, common_folder, join, parent, parts, relative, within
from flowmap.project.yaml_nodes import Table, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.aws.template import Resource, Template

# Folders that say that each folder in them is something of its own, and those that say nothing.
_CONTAINERS = frozenset({"services", "apps", "microservices", "functions", "lambdas", "applications", "lambda"})
_SAYING_NOTHING = frozenset({"src", "app", "code", "handlers", "handler", "source", "python", "backend", "api", "lambda_function"})
_PLAIN = re.compile(r"(sam|cfn|aws|cloudformation|serverless|main|root|app)?[-_.]?(template|stack|resources|infra)?s?")
_INFRASTRUCTURE = re.compile(r"(cloudformation|cfn|infra(structure)?|deploy(ment)?|iac|templates?|sam|aws|stacks?|provision(ing)?)")
_COMMAND = re.compile(r"^\s*CMD\s*\[\s*[\"']([\w./]+)[\"']", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Function:
    """A function. `code` is the folder that is packaged, `handler` the function in it (`folder/file.py:name`, empty if it was not
    found), `names` what it is known by, `environment` what it is told."""

    line: int
    names: tuple[str, ...]
    code: str
    handler: str
    environment: tuple[Setting, ...] = ()

    @property
    def file(self) -> str:
        return self.handler.rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class Group:
    """Functions that are one service, with the folder of its code."""

    name: str
    root: str
    functions: tuple[Function, ...]


def functions_of(template: Template) -> dict[str, Function]:
    """The Python functions of a template, by their logical names."""
    found = {}
    for resource in template.of(*FUNCTIONS):
        shared = table(template.root.get("Globals", "Function")) if resource.kind == FUNCTIONS[0] else Table({}, {}, 0)
        function = _function(template, resource, shared)
        if function is not None:
            found[resource.name] = function
    return found


def _function(template: Template, resource: Resource, shared: Table) -> Function | None:
    own = resource.properties
    runtime = template.text(own.get("Runtime")) or template.text(shared.get("Runtime"))
    if runtime and not runtime.startswith(("python", "provided")) and not is_marked(runtime):
        return None
    code, handler = _packaged(template, resource, shared)
    of_image = _copied(template) if not code and not runtime else ()
    places = [
        c for c in dict.fromkeys((join(template.folder, code or "."), join(template.folder, "."), *of_image)) if c is not None
    ]
    found = next(((c, h) for c in places if (h := handler_at(template.file, c, handler))), None)
    if found is None and not runtime.startswith("python"):
        return None
    name = template.physical(resource)
    short = re.sub(r"(Function|Lambda)$", "", resource.name)
    names = dict.fromkeys((resource.name, name, short, f"{short}Function"))
    environment = (*_variables(template, own), *_variables(template, shared))
    return Function(resource.line, tuple(n for n in names if n), *(found or (places[0] if places else ".", "")), environment)


def _packaged(template: Template, resource: Resource, shared: Table) -> tuple[str, str]:
    """The folder of a function's code as seen from its template, and its handler."""
    own = resource.properties
    handler = template.text(own.get("Handler")) or template.text(shared.get("Handler"))
    code = template.text(own.get("CodeUri")) or template.text(own.get("Code")) or template.text(shared.get("CodeUri"))
    metadata = table(table(template.root.get("Resources", resource.name)).get("Metadata"))
    if context := template.text(metadata.get("DockerContext")):
        command = template.texts(own.get("ImageConfig", "Command")) or _of_image(template, metadata, context)
        return context, next(iter(command), handler)
    handler = handler or template.text(own.get("ImageConfig", "Command"))
    return ("." if "://" in code or code.startswith("{") else code), handler


def _copied(template: Template) -> tuple[str | None, ...]:
    """What the recipe nearest to a template copies: the code of functions whose image a parameter names."""
    for folder in dict.fromkeys((template.folder, *above(template.folder))):
        content = template.file.look(beside(folder, "Dockerfile"))
        if content is not None:
            return tuple(join(folder, s) for s in copied(instructions(content.decode("utf-8", errors="replace"))))
    return ()


def _of_image(template: Template, metadata: Table, context: str) -> tuple[str, ...]:
    path = join(template.folder, posixpath.join(context, template.text(metadata.get("Dockerfile")) or "Dockerfile"))
    content = template.file.look(path) if path is not None else None
    found = _COMMAND.search(content.decode("utf-8", errors="replace")) if content is not None else None
    return (found[1],) if found else ()


def handler_at(file: DescriptorFile, folder: str, handler: str) -> str:
    """The file and function that `pkg/module.function` is in a folder; empty if there is no such file."""
    module, _, name = handler.replace("/", ".").rpartition(".")
    if not module:
        return ""
    for stem in dict.fromkeys((handler.rpartition(".")[0], module.replace(".", "/"))):
        path = join(folder, f"{stem}.py")
        if path is not None and file.look(path) is not None:
            return f"{path}:{name}"
    return ""


def _variables(template: Template, holder: Table) -> Iterator[Setting]:
    variables = table(holder.get("Environment", "Variables"))
    for name, node in variables.entries.items():
        for value in template.texts(node):
            yield Setting(name, without_stage(template, value), template.file.at(variables.at(name)))


def groups_of(file: DescriptorFile, functions: Iterable[Function]) -> list[Group]:
    """The services that the functions of a file are."""
    found = [f for f in functions if f.handler]
    if not found:
        return []
    folder = parent(file.path)
    while folder != "." and _INFRASTRUCTURE.fullmatch(base(folder).lower()):
        folder = parent(folder)
    if folder != "." and all(within(f.file, folder) for f in found):
        own = _code_of_its_own(file, folder, found)
        return [Group(_name(own), own, tuple(found))] if own else [Group(base(folder), folder, tuple(found))]
    by_root: dict[str, list[Function]] = {}
    top = reduce(common_folder, (_place(f) for f in found))
    for function in found:
        by_root.setdefault(_root(function, top), []).append(function)
    if len(by_root) > 1 and top in by_root:
        by_root = {top: found}
    return [Group(_name(root), root, tuple(own)) for root, own in by_root.items()]


def _code_of_its_own(file: DescriptorFile, folder: str, functions: list[Function]) -> str:
    """The one folder beside a template that holds its code, where the template's name says that it is one of several there; else
    an empty text."""
    tops = {parts(relative(_place(f), folder))[:1] for f in functions}
    name = "".join(next(iter(tops))) if len(tops) == 1 else ""
    if not name or name.lower() in _SAYING_NOTHING | _CONTAINERS or not file.path.endswith((".yaml", ".yml")):
        return ""
    plain = _PLAIN.fullmatch(base(file.path).partition(".")[0].lower())
    beside = any(file.look(f"{folder}/{other}") is not None for other in ("template.yaml", "template.yml"))
    return "" if plain or beside else f"{folder}/{name}"


def _place(function: Function) -> str:
    """The folder whose contents are a function: what is packaged for it, or where its handler lies in that."""
    return parent(function.file)


def _root(function: Function, top: str) -> str:
    """The folder below `top` that a function lies in; the one in it if that only holds others."""
    root = top
    for part in parts(relative(_place(function), top)) if _place(function) != top else ():
        root = join(root, part) or root
        if part.lower() not in _CONTAINERS:
            break
    return root


def _name(root: str) -> str:
    """The last part of a folder's path that says something."""
    telling = [p for p in parts(root) if p.lower() not in _SAYING_NOTHING | _CONTAINERS]
    return telling[-1] if telling else ""


def title_of(group: Group) -> str:
    """What a service is called: by its folder; failing that, by its first function."""
    return group.name or group.functions[0].names[0]


def process_of(file: DescriptorFile, system: str, group: Group) -> DeclaredProcess:
    """A service as a process that runs in the folder of its code; a setting that only some functions have says whose it is."""
    named = dict.fromkeys(n for f in group.functions for n in f.names)
    return DeclaredProcess(
        name=title_of(group),
        system=system,
        scope=parent(file.path),
        location=file.at(group.functions[0].line),
        rank=10,
        folder=group.root,
        environment=tuple(_told(group)),
        aliases=tuple(named),
    )


def _told(group: Group) -> Iterator[Setting]:
    """What the functions of a service are told. What is not the same for all of them is given to the code of one."""
    values: dict[str, set[str]] = {}
    for function in group.functions:
        for setting in function.environment:
            values.setdefault(setting.name, set()).add(setting.value)
    for function in group.functions:
        for setting in function.environment:
            alone = len(values[setting.name]) > 1
            yield replace(setting, within=_scope(function, group)) if alone else setting


def _scope(function: Function, group: Group) -> str:
    """The folder or file that only this function runs."""
    shared = any(f is not function and f.code == function.code for f in group.functions)
    return function.file if shared else function.code
