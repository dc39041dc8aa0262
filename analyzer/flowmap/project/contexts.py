"""From which folder a recipe is built where nothing says so: its own, unless what it copies lies below a folder above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build
from flowmap.project.dockerfile import copied
from flowmap.project.index import beside, exists
from flowmap.project.paths import above, join

if TYPE_CHECKING:
    from flowmap.descriptor_api import Recipe
    from flowmap.project.index import Index
    from flowmap.project.world import World


def undeclared_build(folder: str, dockerfile: str | None, world: World) -> Build:
    """How the image of a folder is made by a recipe whose context no deployment file names."""
    recipe = world.recipes.get(dockerfile or beside(folder, "Dockerfile"))
    if recipe is None:
        return Build(folder, dockerfile)
    context = context_of(recipe, folder, world.index)
    return Build(folder, dockerfile) if context == folder else Build(context, recipe.path)


def context_of(recipe: Recipe, folder: str, index: Index) -> str:
    """The folder itself where anything that the recipe copies lies there or nothing can be told; else the nearest folder above
    that has all of it."""
    sources = tuple(dict.fromkeys(s for s in copied(recipe.instructions) if "/" in s))
    if not sources or any(_has(folder, s, index) for s in sources):
        return folder
    return next((f for f in above(folder) if all(_has(f, s, index) for s in sources)), folder)


def _has(folder: str, source: str, index: Index) -> bool:
    path = join(folder, source)
    return path is not None and (exists(index, path) or path in index.all_folders)
