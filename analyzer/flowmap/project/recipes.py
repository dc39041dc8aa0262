"""Dockerfiles that no deployment refers to: each says what its folder runs, and several of one folder are several processes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flowmap.model.location import Evidence, Location
from flowmap.project.contexts import undeclared_build
from flowmap.project.drafts import Draft
from flowmap.project.images import image_of
from flowmap.project.index import beside
from flowmap.project.locate import Layout
from flowmap.project.paths import above, base, parent
from flowmap.project.products import default_command, is_product, looks_python
from flowmap.project.starting import course_of

if TYPE_CHECKING:
    from flowmap.project.world import World

_VARIANT = re.compile(
    r"(^|[._-])(dev|devel|development|test|tests|ci|local|debug|base|builder|lint|docs|dhi)([._-]|$)", re.IGNORECASE
)
_NAME = re.compile(r"(?:docker|container)file|[._-]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipes:
    """The recipes of one folder. `starts` are the services that they start, if they start any file of the scan."""

    paths: tuple[str, ...]
    starts: list[Draft]


def recipes_by_folder(world: World) -> dict[str, Recipes]:
    """The recipes of each marked folder: those in it, and those in folders of it that hold no Python (`docker/Dockerfile`)."""
    homes: dict[str, list[str]] = {}
    for path in sorted(world.recipes.keys() - _deployed(world)):
        home = parent(path)
        if home not in world.index.folders:
            home = next((f for f in above(home) if f in world.marked), home)
        if not _VARIANT.search(base(path)) and _may_run_python(path, home, world):
            homes.setdefault(home, []).append(path)
    return {folder: Recipes(tuple(paths), _starts(folder, paths, world)) for folder, paths in homes.items()}


def _deployed(world: World) -> set[str]:
    """Recipes of images that a deployment runs: what they start is known there."""
    builds = [p.build for p in world.declared.processes if p.build is not None] + [i.build for i in world.declared.images]
    return {b.dockerfile or beside(b.context, "Dockerfile") for b in builds}


def _may_run_python(path: str, folder: str, world: World) -> bool:
    image = image_of(world.recipes[path], undeclared_build(folder, path, world), world.index)
    return not is_product(image.base) and (
        image.installs_python or looks_python(image.base) or bool(image.command + image.entrypoint)
    )


def _starts(folder: str, paths: list[str], world: World) -> list[Draft]:
    """One draft per entry file; the plain Dockerfile names the folder's own service."""
    found: dict[str, Draft] = {}
    for path in sorted(paths, key=lambda p: (base(p).lower() != "dockerfile", p)):
        image = image_of(world.recipes[path], undeclared_build(folder, path, world), world.index)
        layout = Layout(image.working_dir, image.places, (), folder, image.written)
        words = image.entrypoint + image.command
        words = default_command(image.base, words) or words
        program = course_of(words, layout, image.environment, world, Location(path, 1, 1)).program
        if program is None or program.entry is None or program.entry in found:
            continue
        evidence = (Evidence(Location(path, 1, 1), f"an image that runs {program.entry}"),)
        aliases = (image.title,) if image.title else ()
        suffix = "-".join(p for p in _NAME.split(base(path)) if p)
        ports = ((program.start.port, Location(path, 1, 1)),) if program.start.port is not None else ()
        found[program.entry] = Draft(
            folder,
            program.entry,
            aliases=aliases,
            stem=suffix,
            command=program.command.words,
            ports=ports,
            environment=image.environment,
            places=image.places,
            evidence=evidence,
        )
    return _named(folder, list(found.values()))


def _named(folder: str, drafts: list[Draft]) -> list[Draft]:
    """A single service, and the first of several, has the folder's name; the others the folder's with what the recipe adds."""
    if not drafts:
        return []
    name = base(folder)
    rest = [replace(d, stem=f"{name}-{d.stem}" if d.stem and folder != "." else d.stem) for d in drafts[1:]]
    return [replace(drafts[0], stem="", own_folder=not rest), *rest]
