"""From a declared process to the Python it runs: the folder of the scan, the file it starts with, the environment it gets."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build, Setting
from flowmap.project.homes import build_of, home_of_handler
from flowmap.project.images import Image, Place, copied_folders
from flowmap.project.index import below
from flowmap.project.locate import Layout, host_layout
from flowmap.project.marked import nearest_marked
from flowmap.project.merging import first_of_each
from flowmap.project.options import telling
from flowmap.project.paths import above, common_folder, parent, within
from flowmap.project.pod_variables import with_references
from flowmap.project.products import default_command, is_product, looks_python, speaks_another_language
from flowmap.project.programs import may_not_run
from flowmap.project.servers import WORKERS
from flowmap.project.starting import Course, Program, course_of
from flowmap.project.world import World, built_image, units_below

if TYPE_CHECKING:
    from flowmap.descriptor_api import DeclaredProcess, NamedSettings


@dataclass(frozen=True, slots=True)
class Running:
    """A process that runs Python of the scan. `arguments` tell it from others with the same entry; without an entry the process
    may run anything in `root`; one that is `idle` runs nothing but tools, a `worker` whatever tasks are declared there.
    `environment` has the strongest setting first, `places` the strongest of several for one path."""

    process: DeclaredProcess
    root: str
    entry: str | None = None
    command: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    port: int | None = None
    environment: tuple[Setting, ...] = ()
    idle: bool = False
    places: tuple[Place, ...] = ()
    worker: bool = False


@dataclass(frozen=True, slots=True)
class Foreign:
    """A process without Python of the scan; `image` is what it runs, as far as known."""

    process: DeclaredProcess
    image: str
    environment: tuple[Setting, ...] = ()


def placed(process: DeclaredProcess, world: World) -> Running | Foreign:
    """Where in the scan the process has its code."""
    if process.definition and process.folder is not None:
        return Running(process, process.folder, entry=process.definition, arguments=(process.name,))
    if process.folder is not None:
        return _on_host(process, process.folder, world)
    if (home := home_of_handler(process, world)) is not None:
        return _on_host(process, home, world)
    build = build_of(process, world)
    near = build.context if build is not None else _mounted_folder(process, world)
    if near is not None:
        return _in_container(process, build, near, world)
    whole = _in_container(process, Build("."), ".", world) if _may_be_whole(process, world) else None
    if isinstance(whole, Running) and whole.entry is not None:
        return whole
    return Foreign(process, process.image, _environment(process, Image(base=process.image), world))


def _may_be_whole(process: DeclaredProcess, world: World) -> bool:
    """Whether an image that nothing in the scan is said to build may be that of the recipe at its top."""
    words = process.entrypoint + process.command
    return bool(words) and not is_product(process.image) and built_image(Build("."), world) is not None


def _mounted_folder(process: DeclaredProcess, world: World) -> str | None:
    """The mounted folder that holds the most Python."""
    sources = [parent(m.source) if m.source in world.index.contents else m.source for m in process.mounts]
    folders = sorted(f for f in sources if f in world.index.folders)
    return max(folders, key=lambda f: len(below(world.index, f)), default=None)


def _on_host(process: DeclaredProcess, folder: str, world: World) -> Running | Foreign:
    environment = _environment(process, Image(), world)
    words = process.entrypoint + process.command
    course = _course_on_host(process, folder, environment, world) if folder in world.index.folders else None
    if course is None:  # what starts programs may lie in folders of its own
        around = ((f, _course_on_host(process, f, environment, world)) for f in above(folder) if f in world.index.folders)
        folder, course = next(((f, c) for f, c in around if c.program is not None and c.program.paths), (folder, None))
    if course is None:
        return Foreign(process, process.image)
    program = course.program
    if program is None:
        return Running(process, folder, command=words, environment=environment, idle=course.idle)
    homes = {nearest_marked(path, world.marked, folder) or folder for path in program.paths}
    return _running(process, reduce(common_folder, sorted(homes)) if homes else folder, program, environment)


def _course_on_host(process: DeclaredProcess, folder: str, environment: tuple[Setting, ...], world: World) -> Course:
    layout = replace(host_layout(folder), working_dir=posixpath.join("/", process.working_dir))
    return course_of(process.entrypoint + process.command, layout, environment, world, process.location)


def _in_container(process: DeclaredProcess, build: Build | None, near: str, world: World) -> Running | Foreign:
    image = built_image(build, world) if build is not None else None
    if image is not None and image.title:
        process = replace(process, aliases=(*process.aliases, image.title))
    made = image or Image(base=process.image, places=(Place("/", near),) if build is not None else ())
    environment = _environment(process, made, world)
    paths = next((s.value for s in environment if s.name == "PYTHONPATH"), "").split(":")
    mounts = tuple(Place(m.target, m.source) for m in process.mounts)
    layout = Layout(process.working_dir or made.working_dir, mounts + made.places, tuple(p for p in paths if p), near, made.written)
    words = process.entrypoint + process.command if process.entrypoint else made.entrypoint + (process.command or made.command)
    course = course_of(default_command(made.base, words) or words, layout, environment, world, process.location)
    program = course.program
    entry = program.entry if program is not None else None
    possible = program.paths if program is not None else ()
    roots = {_root(build, image, path, world) for path in possible or (None,)} if build is not None else {near}
    root = reduce(common_folder, sorted(roots))
    if entry is not None and not within(entry, root):
        root = max(
            (m.source for m in process.mounts if within(entry, m.source) and m.source != entry), key=len, default=parent(entry)
        )
    if entry is None and not _looks_python(build, image, made.base, root, world, understood=program is not None):
        product = image is not None and not image.assembled and is_product(image.base)
        return Foreign(process, image.base if image is not None and product else process.image, environment)
    unknown = Running(process, root, command=words, environment=environment, idle=course.idle)
    return replace(unknown if program is None else _running(process, root, program, environment), places=layout.places)


def _environment(process: DeclaredProcess, image: Image, world: World) -> tuple[Setting, ...]:
    """Highest first: what the process is given, what it refers to, what its image holds."""
    referred: list[Setting] = []
    for reference in process.references:
        for setting in _nearest(world.groups.get(reference.group, ()), process.location.path):
            if not reference.key:
                referred.append(replace(setting, name=reference.prefix + setting.name))
            elif reference.key == setting.name:
                referred.append(replace(setting, name=reference.variable))
    found = first_of_each((*process.environment, *referred, *process.fallbacks, *image.environment))
    return with_references(found, world.declared.hosts) if process.system == "kubernetes" else found


def _nearest(groups: tuple[NamedSettings, ...], path: str) -> tuple[Setting, ...]:
    """Of several groups of one name, the settings of the one whose file is meant: beside the file that refers to it, else with
    the most folders in common, else the one nearest to the top."""
    filled = [g.settings for g in groups if g.settings]
    return min(filled, key=lambda settings: _distance(settings[0].location.path, path), default=())


def _distance(one: str, other: str) -> tuple[bool, int, int]:
    here, there = parent(one).split("/"), parent(other).split("/")
    shared = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there)))
    return here != there, -shared, len(here)


def _running(process: DeclaredProcess, root: str, program: Program, environment: tuple[Setting, ...]) -> Running:
    own = tuple(Setting(name, value, process.location) for name, value in reversed(program.command.settings))
    arguments = telling(program.start.arguments) if program.start.console else program.start.arguments
    return Running(
        process,
        root,
        program.entry,
        program.command.words,
        arguments,
        program.start.port,
        first_of_each((*own, *environment)),
        worker=program.start.program in WORKERS and program.entry is None,
    )


def _root(build: Build, image: Image | None, entry: str | None, world: World) -> str:
    """The folder that is the unit: the context, or the part of a shared context that this process has its code in."""
    context = build.context
    recipe = image.recipe if image is not None else build.dockerfile
    recipe_folder = parent(recipe) if recipe is not None else context
    own_recipe = recipe_folder != context and within(recipe_folder, context) and _has_programs(recipe_folder, world)
    if context != "." and not own_recipe and len(units_below(context, world)) < 2:
        return context
    copied = copied_folders(image, context, world.index) if image is not None else ()
    if entry is None:
        return recipe_folder if own_recipe else (copied[0] if len(copied) == 1 else context)
    if own_recipe and within(entry, recipe_folder):
        return recipe_folder
    marked = nearest_marked(entry, world.marked, context)
    if marked is None and entry in {file for _, file in build.made}:
        return parent(entry)
    return marked or max((f for f in copied if within(entry, f)), key=len, default=context)


def _has_programs(folder: str, world: World) -> bool:
    """Whether there is Python in a folder that is more than the configuration of tools (`docker/gunicorn_config.py`)."""
    return any(not may_not_run(path) for path in below(world.index, folder))


def _looks_python(build: Build | None, image: Image | None, base_image: str, root: str, world: World, *, understood: bool) -> bool:
    """Whether a process whose entry is not known runs Python of `root`."""
    if root not in world.index.folders:
        return False
    if understood or looks_python(base_image) or (image is not None and image.installs_python):
        return True
    # An image of one's own that others start from: the folder has to tell.
    if build is None or is_product(base_image) or speaks_another_language(base_image):
        return False
    lost = image is None and build.dockerfile is not None  # its folder is known, but the recipe is not in the scan
    return root in world.marked or (lost and build.context in world.marked)
