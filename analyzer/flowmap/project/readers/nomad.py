"""Jobs of Nomad: the tasks that they run, with their image or command, what these are told, and the names of services.

Read with the parser of Terraform's language, one file by itself; what only the command line gives is a hole. Of templates those for
variables count, with the services that they look up by their names. Constraints, volumes and scaling are not looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Address, Declarations, DeclaredProcess, DescriptorReader, Diagnostic, Setting
from flowmap.project.paths import parent, spoken_of
from flowmap.project.readers.kubernetes_resources import rank_of
from flowmap.project.terraform.evaluating import Scope, evaluate
from flowmap.project.terraform.modules import Bounds, Module, source_of
from flowmap.project.terraform.parsing import parsed
from flowmap.project.terraform.resources import below, inner, value_in
from flowmap.project.terraform.scanning import HclError
from flowmap.project.terraform.values import HOLE, elements, entries, filled, text, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.terraform.expressions import Block
    from flowmap.project.terraform.values import Value

_JOB = re.compile(rb"^[ \t]*job[ \t]+[\"']?[\w\"{}.$-]+[ \t]*\{", re.MULTILINE)
_LOOKED_UP = re.compile(
    r"\{\{-?\s*(?:range|with)\s+(?:\$\w+\s*:?=\s*)?(?:nomadService|service)\s+[\"'](?P<name>[\w.-]+)[\"'][^}]*\}\}(?P<each>.*?)\{\{-?\s*end\s*-?\}\}",
    re.DOTALL,
)
_ADDRESS = re.compile(r"\{\{-?\s*\.Address\s*-?\}\}")
_PORT = re.compile(r":?\{\{-?\s*\.Port\s*-?\}\}")
_LINE = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)")


def _matches(path: str) -> bool:
    return path.endswith((".nomad", ".nomad.hcl", ".hcl"))


def _read(file: DescriptorFile) -> Declarations:
    if not _JOB.search(file.content):
        return Declarations()
    try:
        body = parsed(file.text, file.path)
    except HclError as error:
        templated = "[[" in file.text or "{%" in file.text
        said = Diagnostic(f"job of Nomad cannot be read: {error}", file.at(error.line))
        return Declarations(diagnostics=() if templated else (said,))
    folder, bounds = parent(file.path), Bounds()
    source = source_of(folder, [body], {})
    scope = Scope(Module(source, {folder: source}, file.look, bounds))
    jobs = [b for b in body.blocks if b.kind == "job" and b.labels]
    processes = tuple(p for job in jobs for p in _processes(file, job, scope))
    said = Diagnostic("the job is too large to be followed to its end", file.at(1))
    return Declarations(processes=processes, diagnostics=(said,) if bounds.spent else ())


def _processes(file: DescriptorFile, job: Block, scope: Scope) -> Iterator[DeclaredProcess]:
    """The tasks of a job; what only prepares others is none."""
    tasks = [
        (group, task, around.inside(_upstreams(group, around)))
        for group, outer in inner(job.body, scope)
        if group.kind in ("group", "task")
        for task, around in ([(group, outer)] if group.kind == "task" else inner(group.body, outer))
        if task.kind == "task" and task.labels and not _prepares(task, around)
    ]
    for group, task, around in tasks:
        beside = [t for g, t, _ in tasks if g is group]
        own = task.labels[0]
        names = (*_services(task, around, own, alone=True), *_services(group, around, own, alone=task is beside[0]))
        shown = (len(tasks) == 1 and job.labels[0]) or own
        others = (own, *(group.labels[:1] if len(beside) == 1 else ()), *names)
        yield _process(file, task, around, shown, tuple(dict.fromkeys(n for n in others if n and n != shown)), names)


def _process(
    file: DescriptorFile, task: Block, scope: Scope, name: str, aliases: tuple[str, ...], services: tuple[str, ...]
) -> DeclaredProcess:
    where = file.at(task.line)
    config: dict[str, Value] = {}
    for block, around in inner(task.body, scope):
        if block.kind == "config":
            config |= {key: evaluate(assigned.value, around) for key, assigned in block.body.attributes.items()}
    image = told(config.get("image", ""))
    contained = "image" in config or text(value_in(task.body, "driver", scope)) in ("docker", "podman", "containerd-driver")
    command = told(config.get("command", ""))
    return DeclaredProcess(
        name=name,
        system="nomad",
        scope=parent(file.path),
        location=where,
        rank=rank_of(file.path),
        folder=None if contained else spoken_of(file.path),
        image=image if HOLE not in image.rpartition("/")[2].partition(":")[0] else "",
        entrypoint=_words(config.get("entrypoint", ())),
        command=(*((command,) if command else ()), *_words(config.get("args", ()))),
        working_dir=told(config.get("work_dir", "")),
        environment=tuple(_variables(file, task, scope)),
        addresses=tuple(Address(n.lower(), None, where) for n in services),
        aliases=aliases,
    )


def _words(value: Value) -> tuple[str, ...]:
    return tuple(filled(e) for e in elements(value))


def _prepares(task: Block, scope: Scope) -> bool:
    hooks = [b for b, _ in inner(task.body, scope) if b.kind == "lifecycle"]
    return any(
        text(value_in(b.body, "hook", scope)) == "prestart" and text(value_in(b.body, "sidecar", scope)) != "true" for b in hooks
    )


def _services(holder: Block, scope: Scope, task: str, *, alone: bool) -> Iterator[str]:
    """The names under which a group or a task is registered, as far as they are those of a task: of that which they name, else of
    the first."""
    for block, around in inner(holder.body, scope):
        name, meant = (told(value_in(block.body, key, around)) for key in ("name", "task"))
        if block.kind == "service" and name and HOLE not in name and (meant == task if meant else alone):
            yield name


def _upstreams(group: Block, scope: Scope) -> dict[str, Value]:
    """What the variables of a mesh hold: the address of a proxy, which is as good as that of the service behind it."""
    found: dict[str, Value] = {}
    for block, around in below(group.body, scope):
        name = told(value_in(block.body, "destination_name", around)) if block.kind == "upstreams" else ""
        if name:
            for spelt in (name, name.replace("-", "_")):
                found |= {f"NOMAD_UPSTREAM_ADDR_{spelt}": name, f"NOMAD_UPSTREAM_IP_{spelt}": name}
    return found


def _variables(file: DescriptorFile, task: Block, scope: Scope) -> Iterator[Setting]:
    for block, around in inner(task.body, scope):
        if block.kind == "env":
            for name, assigned in block.body.attributes.items():
                yield from _variable(file, name, evaluate(assigned.value, around), assigned.line)
        elif block.kind == "template" and text(value_in(block.body, "env", around)) == "true":
            yield from _templated(file, told(value_in(block.body, "data", around)), block.line)
    stated = task.body.attributes.get("env")
    for name, value in entries(evaluate(stated.value, scope)).items() if stated is not None else ():
        yield from _variable(file, name, value, stated.line if stated is not None else task.line)


def _variable(file: DescriptorFile, name: str, value: Value, line: int) -> Iterator[Setting]:
    if known := told(value):
        yield Setting(name, known, file.at(line))


def _templated(file: DescriptorFile, data: str, line: int) -> Iterator[Setting]:
    """The variables of a template; one that asks for more than the address of a service is left out."""
    asked = _LOOKED_UP.sub(lambda m: _PORT.sub("", _ADDRESS.sub(m["name"], m["each"])).strip(), data)
    for written in asked.splitlines():
        found = _LINE.fullmatch(written.strip())
        if found is not None and "{{" not in found[2]:
            yield Setting(found[1], found[2].strip().strip("\"'"), file.at(line))


READER = DescriptorReader("nomad", _matches, _read)
