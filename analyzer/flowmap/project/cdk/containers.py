"""Containers of ECS: the processes that tasks and the patterns for services run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build, DeclaredProcess, Setting
from flowmap.project.cdk.constructs import plain, thing_of
from flowmap.project.infrapy.data import in_scan
from flowmap.project.infrapy.nodes import Nodes
from flowmap.project.infrapy.values import Thing, Value, piece
from flowmap.project.paths import base, join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowmap.project.aws.template import Template


def processes_of(things: Iterable[tuple[Thing, int]], template: Template) -> Iterator[DeclaredProcess]:
    """The processes that things run, each with its line in the template."""
    nodes = Nodes()
    for thing, line in things:
        kind = plain(thing.name)
        if kind.endswith(".add_container") or kind == "aws_ecs.ContainerDefinition":
            yield from _process(thing, thing, line, template, nodes)
        elif kind.startswith("aws_ecs_patterns.") and kind.endswith(("Service", "Task")):
            stated = thing.given("task_image_options")
            options = thing_of(stated)
            if options is None and isinstance(stated, dict):
                options = Thing("", [], stated, thing.path, thing.line)
            yield from _process(thing, options or thing, line, template, nodes)


def _process(thing: Thing, stated: Thing, line: int, template: Template, nodes: Nodes) -> Iterator[DeclaredProcess]:
    """The process of a container; none if nothing says what it is made of."""
    image = thing_of(stated.given("image"))
    if image is None:
        return
    build = _build(image, template.folder)
    name = plain(thing.name)
    place = 0 if name.endswith(".add_container") else 1
    own = piece(stated.given("container_name")) if stated.given("container_name") else piece(thing.given("id", place))
    title = base(build.context) if build is not None and build.context != "." and name.endswith(".add_container") else own
    environment = stated.given("environment")
    where = template.file.at(line)
    yield DeclaredProcess(
        name=title,
        system="cdk",
        scope=template.folder,
        location=where,
        rank=10,
        build=build,
        image="" if build is not None else piece(image.given("", 0)),
        entrypoint=_words(stated.given("entry_point")),
        command=_words(stated.given("command")),
        environment=tuple(
            Setting(key, text, where)
            for key, value in (environment.items() if isinstance(environment, dict) else ())
            for text in template.texts(nodes.of(value, line))
        ),
        aliases=(own,) if own != title else (),
    )


def _build(image: Thing, folder: str) -> Build | None:
    """How an image is made of a folder of the scan; None if it is taken from elsewhere."""
    inner = thing_of(image.given("asset", 0))
    source = inner if inner is not None and plain(inner.name).endswith("DockerImageAsset") else image
    if "asset" not in plain(source.name).lower():
        return None
    directory = source.given("directory", 0 if source is image else 2)
    context = in_scan(piece(directory), folder)
    recipe = source.given("file")
    if context is None:
        return None
    return Build(context, join(context, piece(recipe)) if recipe else None, target=piece(source.given("target") or ""))


def _words(value: Value) -> tuple[str, ...]:
    return tuple(piece(v) for v in value) if isinstance(value, list) else ()
