"""What the image of a process is made from, where the process does not say: by the names of images, folders and recipes, and by
the project in whose folder the deployment file lies."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build
from flowmap.project.contexts import undeclared_build
from flowmap.project.index import beside
from flowmap.project.paths import above, base, parent, relative, within
from flowmap.project.products import is_product
from flowmap.project.world import built_image, folded, image_name, units_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DeclaredProcess
    from flowmap.project.world import World

# Words of names that do not tell one service from another.
_EMPTY_WORDS = frozenset(
    {"", "service", "svc", "api", "app", "server", "ms", "microservice", "backend", "deployment", "lambda", "function", "func"}
)
# Formats that people write for what they deploy, not for what they need beside them while they develop.
_OF_PRODUCTION = ("copilot", "kubernetes", "nomad")
_MODULE = re.compile(r"\bpython[\d.]*\s+(?:-[a-zA-Z]+\s+)*?-m\s+([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(?=[\s\"';&|]|$)")
_RECIPE = re.compile(r"(?:docker|container)file[._-]?|[._-]?(?:docker|container)file", re.IGNORECASE)


def build_of(process: DeclaredProcess, world: World) -> Build | None:
    """What the image of a process is built from: as declared for it or elsewhere, else the one folder or recipe of the same name,
    else the project that holds the deployment file."""
    if process.build is not None:
        beside_it = process.build.context == parent(process.location.path)
        return _with_recipe(process.build, world) if beside_it else _of_a_checkout(process.build, world)
    names = [image_name(n) for n in (process.image, process.placeholder)]
    spelled = (process.image, *(form for n in names if n for form in (n, base(n))))
    build = next((b for n in spelled if (b := world.images.get(n)) is not None), None) or _namesake(process, world)
    if build is not None:
        return build
    mounted = _mounts_code(process, world)
    if folded(base(names[0])) in _titles(world) and not mounted and (recipe := _recipe_of(".", world)) is not None:
        return Build(".", recipe)
    of_the_process = () if is_product(process.image) else (process.name, *process.aliases)
    for candidate in (*map(base, names), *_without_title(base(names[0]), world), *of_the_process):
        folders = world.named.get(folded(candidate), ())
        if candidate and len(folders) == 1 and not mounted:
            return undeclared_build(folders[0], _recipe_of(folders[0], world), world)
    if is_product(process.image):
        return None
    if (module := _by_module(process, world)) is not None:
        return module
    if process.mounts:
        return None
    similar = _similar_folders(process.name, world)
    if len(similar) == 1:
        return undeclared_build(similar[0], _recipe_of(similar[0], world), world)
    return _by_recipe(process, world) or _by_command(process, world) or _of_the_project_around(process, world)


def home_of_handler(process: DeclaredProcess, world: World) -> str | None:
    """The folder of the one file of the scan that has the handler of a function whose package something else makes."""
    module, _, name = process.handler.rpartition(".")
    inner = module.replace(".", "/")
    paths = [p for p in world.index.paths if f"/{p}".endswith(f"/{inner}.py")] if inner else []
    stated = re.compile(rb"^(async )?def %s\(" % re.escape(name).encode(), re.MULTILINE)
    found = [p for p in paths if stated.search(world.index.contents[p])]
    return found[0].removesuffix(f"{inner}.py").rstrip("/") or "." if len(found) == 1 else None


def _by_command(process: DeclaredProcess, world: World) -> Build | None:
    """The one project that installs the command that a container is given."""
    words = process.entrypoint + process.command
    name = base(words[0]) if words else ""
    folders = {d.folder for d in world.declared.distributions if any(script == name for script, _ in d.scripts)}
    folder = next(iter(folders)) if len(folders) == 1 else None
    return undeclared_build(folder, _recipe_of(folder, world), world) if folder is not None else None


def _by_module(process: DeclaredProcess, world: World) -> Build | None:
    """The folder from which a container runs `python -m package.module`, where the scan has just one module of that name."""
    found = _MODULE.search(" ".join((*process.entrypoint, *process.command)))
    if found is None:
        return None
    inner = found[1].replace(".", "/")
    paths = [p for p in world.index.paths if f"/{p}".endswith((f"/{inner}.py", f"/{inner}/__main__.py"))]
    if len(paths) != 1:
        return None
    ending = paths[0].removesuffix(".py").removesuffix("/__main__")
    return Build(ending.removesuffix(inner).rstrip("/") or ".")


def _mounts_code(process: DeclaredProcess, world: World) -> bool:
    """Whether a folder of the scan stands in the container for what the process runs; single files only configure it, except for
    the one that it starts with."""
    started = {base(word) for word in (*process.entrypoint, *process.command)}
    return any(m.source in world.index.folders or (m.source.endswith(".py") and base(m.target) in started) for m in process.mounts)


def _namesake(process: DeclaredProcess, world: World) -> Build | None:
    """What a process of the same name, with an image of the same name, is built from elsewhere: several share that one."""
    name = image_name(process.image)
    others = (p for p in world.declared.processes if p.build is not None and folded(p.name) == folded(process.name))
    return next((p.build for p in others if name and image_name(p.image) == name), None)


def _with_recipe(build: Build, world: World) -> Build:
    """The build; where there is no recipe and no Python, from the folder above that has the recipe: an overlay in a folder of its
    own speaks of the folder of the file that it is laid over."""
    context = build.context
    if built_image(build, world) is not None or context in world.index.folders:
        return build
    for folder in above(context):
        recipe = (
            beside(folder, relative(build.dockerfile, context)) if build.dockerfile and within(build.dockerfile, context) else None
        )
        moved = replace(build, context=folder, dockerfile=recipe)
        if built_image(moved, world) is not None:
            return moved
    return build


def _of_a_checkout(build: Build, world: World) -> Build:
    """The build; where its folder is not in the scan, from the one that is called so, or from the scan itself: a file that is used
    from a folder in which the checkouts of several repositories lie."""
    name = base(build.context)
    if build.context in world.index.all_folders or built_image(build, world) is not None:
        return build
    if folded(name) in _titles(world) and (recipe := _recipe_of(".", world)) is not None:
        return replace(build, context=".", dockerfile=recipe)
    folders = world.named.get(folded(name), ())
    return undeclared_build(folders[0], _recipe_of(folders[0], world), world) if len(folders) == 1 else build


def _titles(world: World) -> frozenset[str]:
    """What the scan is called, folded: by its folder, of `owner+name` the last part, and by the project at its top."""
    top = (d.name for d in world.declared.distributions if d.folder == ".")
    return frozenset(folded(name) for name in (world.index.title.rpartition("+")[2], *top) if name)


def _without_title(image: str, world: World) -> Iterator[str]:
    """The name of an image without that of the whole system in front (`shop-mailer`)."""
    words = re.split(r"[-_.]", image)
    yield from ("-".join(words[n:]) for n in range(1, len(words)) if folded("-".join(words[:n])) in _titles(world))


def _similar_folders(name: str, world: World) -> list[str]:
    """Projects that nothing builds and whose name holds all the words of `name` that say something."""
    words = _words(name)
    built = {b.context for b in world.images.values()} | {p.build.context for p in world.declared.processes if p.build is not None}
    return [f for f in sorted(world.marked - built) if words and f != "." and words <= _words(base(f))]


def _words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return set(re.split(r"[^a-z0-9]+", spaced.lower())) - _EMPTY_WORDS


def _projects_around(process: DeclaredProcess, world: World) -> list[str]:
    """The projects in whose folder the deployment file lies, the nearest first."""
    return [f for f in above(parent(process.location.path)) if f in world.marked]


def _by_recipe(process: DeclaredProcess, world: World) -> Build | None:
    """The recipe in the same project that the image is called after: `worker.Dockerfile` makes `shop-worker`."""
    words = re.split(r"[-_.]", base(image_name(process.image)).lower())
    for project in _projects_around(process, world)[:1]:
        named = {path: re.split(r"[-_.]", stem) for path in world.recipes if (stem := _RECIPE.sub("", base(path)).lower())}
        meant = [path for path, own in sorted(named.items()) if within(path, project) and words[-len(own) :] == own]
        if len(meant) == 1:
            return Build(project, meant[0])
    return None


def _of_the_project_around(process: DeclaredProcess, world: World) -> Build | None:
    """The project that holds the deployment file, if it is one unit with one recipe: by its name, or because it is all that the
    manifests in it run."""
    if process.system not in _OF_PRODUCTION:
        return None
    names = [words for name in (process.name, base(image_name(process.image))) if (words := _words(name))]
    for project in _projects_around(process, world):
        recipe = _recipe_of(project, world) if not units_below(project, world) else None
        title = _words(base(project) if project != "." else world.index.title)
        if recipe is not None and (any(words <= title for words in names) or _runs_alone(process, project, world)):
            return Build(project, recipe)
    return None


def _recipe_of(project: str, world: World) -> str | None:
    """The plain recipe of a project: at its top, else the only one in its folders without Python (`docker/Dockerfile`)."""
    plain = [p for p in sorted(world.recipes) if within(p, project) and not _RECIPE.sub("", base(p))]
    top = [p for p in plain if parent(p) == project]
    aside = [p for p in plain if parent(p) not in world.index.folders]
    return top[0] if top else aside[0] if len(aside) == 1 else None


def _runs_alone(process: DeclaredProcess, project: str, world: World) -> bool:
    """Whether the manifests in a project run one image besides well-known products; a pod without labels is only a template."""
    if process.system == "kubernetes" and not process.labels:
        return False
    own = [p for p in world.declared.processes if p.system == process.system and within(p.location.path, project)]
    return {image_name(p.image) for p in own if not is_product(p.image)} == {image_name(process.image)}
