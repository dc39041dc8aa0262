"""From which folder a recipe is built where nothing says so: its own, unless what it copies lies below a folder above."""

from __future__ import annotations

import posixpath
import re
import shlex
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build
from flowmap.project.dockerfile import json_words
from flowmap.project.index import beside, exists
from flowmap.project.paths import above, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import Recipe
    from flowmap.project.index import Index
    from flowmap.project.world import World

_SAYS_NOTHING = re.compile(r"[\s.$*?\[:<]|^/?$")


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
    sources = tuple(dict.fromkeys(_copied(recipe)))
    if not sources or any(_has(folder, s, index) for s in sources):
        return folder
    return next((f for f in above(folder) if all(_has(f, s, index) for s in sources)), folder)


def _has(folder: str, source: str, index: Index) -> bool:
    path = join(folder, source)
    return path is not None and (exists(index, path) or path in index.all_folders)


def _copied(recipe: Recipe) -> Iterator[str]:
    """The folders and files that are copied by name from the context."""
    for step in recipe.instructions:
        if step.keyword not in ("COPY", "ADD") or step.documents or "--from=" in step.text:
            continue
        for source in [w for w in json_words(step.text) or _words(step.text) if not w.startswith("--")][:-1]:
            plain = posixpath.normpath(source.lstrip("/"))
            if "/" in plain and not _SAYS_NOTHING.search(plain.replace(".", "")):
                yield plain


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
