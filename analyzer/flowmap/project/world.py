"""Everything that is known before processes are looked at: the files, the statements of all descriptors, the marked folders."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowmap.project.images import Image, image_of
from flowmap.project.index import beside
from flowmap.project.marked import function_projects, marked_folders
from flowmap.project.paths import base, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowmap.descriptor_api import Build, Declarations, Diagnostic, NamedSettings, Recipe
    from flowmap.project.index import Index


@dataclass(frozen=True, slots=True)
class World:
    """`marked` are folders with Python and a project's files, `named` the same by their name (of `owner+name` the last part),
    `functions` those of serverless functions; `images` are builds by the image's name, full and short,
    `talking` libraries by which programs talk to others. `faults` grow with what cannot be followed to its end."""

    index: Index
    declared: Declarations
    marked: frozenset[str]
    functions: frozenset[str]
    recipes: Mapping[str, Recipe]
    images: Mapping[str, Build]
    groups: Mapping[str, tuple[NamedSettings, ...]]
    named: Mapping[str, tuple[str, ...]]
    talking: frozenset[str]
    faults: list[Diagnostic] = field(default_factory=list)


def world_of(index: Index, declared: Declarations, talking: frozenset[str]) -> World:
    functions = function_projects(index)
    marked = marked_folders(index, functions)
    named: dict[str, list[str]] = {}
    for folder in sorted(marked):
        named.setdefault(folded(base(folder).rpartition("+")[2]), []).append(folder)
    groups: dict[str, tuple[NamedSettings, ...]] = {}
    for group in declared.groups:
        groups[group.name] = (*groups.get(group.name, ()), group)
    return World(
        index,
        declared,
        marked,
        functions,
        {recipe.path: recipe for recipe in declared.recipes},
        _images(declared),
        groups,
        {name: tuple(folders) for name, folders in named.items()},
        talking,
    )


def folded(name: str) -> str:
    """A name without what people write differently in different files."""
    return re.sub(r"[\s\-_.]+", "", name).lower()


def image_name(reference: str) -> str:
    """An image reference without tag and digest."""
    name = reference.partition("@")[0]
    head, slash, tail = name.rpartition("/")
    return head + slash + tail.partition(":")[0]


def _images(declared: Declarations) -> dict[str, Build]:
    """What images are built from, by their references and by their names alone; a name that several programs of one file share,
    told apart by tags, says nothing."""
    found: dict[str, Build] = {}
    pairs = [(image.reference, image.build) for image in declared.images]
    pairs += [(p.image, p.build) for p in declared.processes if p.build is not None and p.image]
    shared = _shared_names(declared)
    for name in (str, image_name, lambda reference: base(image_name(reference))):
        for reference, build in pairs:
            if name(reference) not in shared:
                found.setdefault(name(reference), build)
    return found


def _shared_names(declared: Declarations) -> set[str]:
    """The names of images of which one file builds several, each with its tag."""
    tags: dict[tuple[str, str], dict[str, Build]] = {}
    for p in declared.processes:
        if p.build is not None and p.image:
            tags.setdefault((p.location.path, image_name(p.image)), {})[p.image] = p.build
    names = {name for (_, name), builds in tags.items() if len(set(builds.values())) > 1 and len(builds) > 1}
    return names | {base(name) for name in names}


def built_image(build: Build, world: World) -> Image | None:
    """The image that a build gives; None if its recipe is not in the scan."""
    recipe = world.recipes.get(build.dockerfile or beside(build.context, "Dockerfile"))
    if recipe is None and build.dockerfile is None:
        recipe = world.recipes.get(beside(build.context, "dockerfile")) or world.recipes.get(beside(build.context, "Containerfile"))
    return image_of(recipe, build, world.index) if recipe is not None else None


def units_below(folder: str, world: World) -> tuple[str, ...]:
    """Marked folders strictly below `folder`."""
    return tuple(sorted(f for f in world.marked if f != folder and within(f, folder)))
