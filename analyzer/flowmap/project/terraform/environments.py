"""What the resources of a configuration run, and the settings that they give to it.

A resource that says of which folder it is made is a process of that folder, one that names an image a process of that image; a
machine gives the settings of its start files to the folder that it is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DeclaredProcess, FolderSettings, Location, Setting
from flowmap.project.paths import base, parent
from flowmap.project.programs import GENERIC_FOLDERS
from flowmap.project.terraform import expressions as ir
from flowmap.project.terraform.cloud_init import env_files
from flowmap.project.terraform.code import code_folder, home_of
from flowmap.project.terraform.evaluating import evaluate, scope_of
from flowmap.project.terraform.functions import called
from flowmap.project.terraform.images import Image, image_in, images_in, known_part
from flowmap.project.terraform.resources import below, given, place, titles, value_in
from flowmap.project.terraform.stores import taken
from flowmap.project.terraform.values import HOLE, Resource, Value, elements, entries, text, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.terraform.evaluating import Scope

_MAPS = ("app_settings", "environment_variables", "runtime_environment_variables", "variables", "environment")
_CONTAINERS = ("container", "containers", "image_repository")
_STACKS = ("application_stack", "docker")
_PROGRAMS = ("custom_data", "user_data", "user_data_base64", "metadata_startup_script")
_GENERAL = GENERIC_FOLDERS | {"function", "resources"}
_RANK = 5
_HOSTS = {
    "google_cloud_run_service": "{}.run.app",
    "google_cloud_run_v2_service": "{}.run.app",
    "azurerm_linux_web_app": "{}.azurewebsites.net",
    "azurerm_linux_function_app": "{}.azurewebsites.net",
    "azurerm_function_app": "{}.azurewebsites.net",
    "azurerm_app_service": "{}.azurewebsites.net",
}
_RUNNING = frozenset({
    *_HOSTS, "aws_apprunner_service", "aws_ecs_task_definition", "aws_lambda_function", "azurerm_container_app",
    "azurerm_container_group", "azurerm_windows_function_app", "azurerm_windows_web_app", "google_cloud_run_v2_job",
    "google_cloudfunctions2_function", "google_cloudfunctions_function", "kubernetes_cron_job", "kubernetes_cron_job_v1",
    "kubernetes_daemonset", "kubernetes_deployment", "kubernetes_deployment_v1", "kubernetes_job", "kubernetes_job_v1",
    "kubernetes_pod", "kubernetes_pod_v1", "kubernetes_stateful_set", "kubernetes_stateful_set_v1",
})  # fmt: skip


def declared(resource: Resource, folders: frozenset[str]) -> Declarations:
    """The processes and settings that a resource states."""
    if resource.type not in _RUNNING:
        return _of_machine(resource, folders)
    settings = tuple(_settings(resource))
    containers = [*_containers(resource), *_container_definitions(resource), *_stacks(resource)]
    folder = home_of(resource, folders)
    if folder is not None:
        return Declarations(processes=(_in_folder(resource, folder, settings, containers),))
    if resource.each is None and "for_each" in resource.block.body.attributes:
        return Declarations()  # nobody can tell whether there is any
    if containers:
        shared = tuple(_with(c, resource, settings, alone=len(containers) == 1) for c in containers)
        return Declarations(processes=shared)
    image = image_in(resource.block.body, scope_of(resource))
    return Declarations(processes=(_with(_process(resource, "", image), resource, settings, alone=True),))


def _in_folder(
    resource: Resource, folder: str, settings: tuple[Setting, ...], containers: list[DeclaredProcess]
) -> DeclaredProcess:
    """What is made of a folder: a process that is called by it, if it says anything, several functions of one folder being one."""
    where, names = place(resource, "name"), titles(resource)
    return DeclaredProcess(
        name=base(folder) if folder != "." and base(folder).lower() not in _GENERAL else names[0],
        system="terraform",
        scope=folder,
        location=where,
        folder=folder,
        environment=(*settings, *(s for c in containers for s in c.environment)),
        addresses=_addresses(resource, where),
        aliases=names,
    )


def _of_machine(resource: Resource, folders: frozenset[str]) -> Declarations:
    """A virtual machine whose start files hold the variables of what it runs."""
    found = [s for name in _PROGRAMS if (t := text(given(resource, name))) for s in env_files(t, place(resource, name))]
    folder = code_folder(resource, folders) if found else None
    return Declarations(settings=(FolderSettings(folder, _RANK, tuple(found)),)) if folder is not None else Declarations()


def _with(process: DeclaredProcess, resource: Resource, settings: tuple[Setting, ...], *, alone: bool) -> DeclaredProcess:
    """A process with what its resource as a whole says of it."""
    name, *others = titles(resource)
    name = name if alone or not process.name else process.name
    return DeclaredProcess(
        name=name,
        system="terraform",
        scope=parent(process.location.path),
        location=process.location,
        rank=10,
        image=process.image,
        placeholder=process.placeholder,
        entrypoint=process.entrypoint,
        command=process.command,
        environment=(*process.environment, *settings),
        addresses=_addresses(resource, process.location) if alone else (),
        aliases=tuple(dict.fromkeys(a for a in (*others, process.name) if alone and a and a != name)),
        handler=told(text(given(resource, "handler")) or "") if alone else "",
    )


def _addresses(resource: Resource, where: Location) -> tuple[Address, ...]:
    """The host name that the platform gives to a web app."""
    host = _HOSTS.get(resource.type)
    return (Address(host.format(resource.name).lower(), None, where),) if host is not None else ()


def _process(
    resource: Resource, name: str, image: Image, words: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()), *given_to: Setting
) -> DeclaredProcess:
    where = place(resource, "name")
    return DeclaredProcess(
        name=name,
        system="terraform",
        scope=parent(where.path),
        location=where,
        image=image.name,
        placeholder=image.asked_as,
        entrypoint=words[0],
        command=words[1],
        environment=given_to,
    )


def _settings(resource: Resource) -> Iterator[Setting]:
    """What the resource gives outside of its containers."""
    yield from _mapped(resource.block.body, scope_of(resource), resource.block.path)
    for block, scope in below(resource.block.body, scope_of(resource)):
        if block.kind not in _CONTAINERS:
            yield from _mapped(block.body, scope, resource.block.path)


def _mapped(body: ir.Body, scope: Scope, path: str) -> Iterator[Setting]:
    for name in _MAPS:
        assigned = body.attributes.get(name)
        if assigned is not None:
            lines = dict(_lines(assigned.value, scope))
            for key, value in entries(evaluate(assigned.value, scope)).items():
                if (known := _worth(value)) is not None:
                    line = lines.get(key, assigned.line)
                    yield Setting(key, known, Location(path, line, line))


def _worth(value: Value) -> str | None:
    """A setting of which something is known."""
    found = text(value)
    return found if found is not None and (told(found) or HOLE not in found) else None


def _lines(expression: ir.Expression, scope: Scope) -> Iterator[tuple[str, int]]:
    """The lines of the keys that are written in an expression itself."""
    if isinstance(expression, ir.Call):
        for argument in expression.arguments:
            yield from _lines(argument, scope)
    for item in expression.items if isinstance(expression, ir.Mapping) else ():
        key = item.key.id if isinstance(item.key, ir.Name) else text(evaluate(item.key, scope))
        if key is not None:
            yield key, item.line


def _containers(resource: Resource) -> Iterator[DeclaredProcess]:
    """The containers that stand in blocks."""
    for block, scope in below(resource.block.body, scope_of(resource)):
        if block.kind not in _CONTAINERS:
            continue
        image = image_in(block.body, scope)
        words = (_words(value_in(block.body, "command", scope)), _words(value_in(block.body, "args", scope)))
        found = [*_mapped(block.body, scope, block.path), *_variables(block, scope)]
        found += [s for b, inner in below(block.body, scope) for s in _mapped(b.body, inner, block.path)]
        yield _process(resource, text(value_in(block.body, "name", scope)) or "", image, words, *found)


def _stacks(resource: Resource) -> Iterator[DeclaredProcess]:
    """The image that a web app runs, which is no container of its own there."""
    for block, scope in below(resource.block.body, scope_of(resource)):
        if block.kind in _STACKS and (image := image_in(block.body, scope)) != Image():
            yield _process(resource, "", image)


def _variables(container: ir.Block, scope: Scope) -> Iterator[Setting]:
    for block, around in below(container.body, scope):
        name, value = text(value_in(block.body, "name", around)), _worth(value_in(block.body, "value", around))
        if block.kind == "env" and name and value is not None:
            yield Setting(name, value, Location(container.path, block.line, block.line))


def _container_definitions(resource: Resource) -> Iterator[DeclaredProcess]:
    """The containers of an ECS task, which are a JSON text or the call that makes one."""
    written = given(resource, "container_definitions")
    rows = elements(called("jsondecode", [written], resource.module))
    where = place(resource, "container_definitions")
    stated = resource.block.body.attributes.get("container_definitions")
    images = images_in(stated.value, scope_of(resource)) if stated is not None else ()
    for number, row in enumerate(map(entries, rows)):
        pairs = [(entries(e).get("name"), entries(e).get("value")) for e in elements(row.get("environment"))]
        found = [Setting(n, v, where) for name, value in pairs if (n := text(name)) and (v := _worth(value)) is not None]
        found += taken(row.get("secrets"), where)
        words = (_words(row.get("entryPoint")), _words(row.get("command")))
        image = Image(known_part(text(row.get("image")) or "")) if number >= len(images) else images[number]
        yield _process(resource, text(row.get("name")) or "", image, words, *found)


def _words(value: Value | None) -> tuple[str, ...]:
    return tuple(t for v in elements(value) if (t := text(v)) is not None)
