"""What is inside an image: the steps of a Dockerfile carried out on paths, up to where each file of the scan comes to stand.

Nothing is built and no base image is fetched: what a base image holds is unknown, and RUN changes nothing here.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Build, Setting
from flowmap.model.location import Location
from flowmap.project.dockerfile import command_words, json_words, shell_words, written_files
from flowmap.project.index import beside, exists
from flowmap.project.interpolation import interpolate
from flowmap.project.paths import join, parent, relative, within

if TYPE_CHECKING:
    from flowmap.descriptor_api import Instruction, Recipe
    from flowmap.project.index import Index

_INSTALLS_PYTHON = re.compile(r"\b(pip3?|poetry|uv|pipenv|pdm|conda|mamba|python3?)\b")
_STAGE = re.compile(r"(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?", re.IGNORECASE)
# What the build tool itself gives to a recipe; the architecture does not matter here.
_PLATFORM = {"TARGETARCH": "amd64", "TARGETOS": "linux", "TARGETPLATFORM": "linux/amd64", "BUILDPLATFORM": "linux/amd64"}
_TITLE = re.compile(r"""org\.opencontainers\.image\.title["']?=["']?([\w.-]+)""")
_ABOVE = re.compile(r"^(\.\./?)+")
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Place:
    """A file or folder of the scan and the path at which it stands in a container."""

    container: str
    source: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image as far as its recipe tells. Of several `places` for one path the first holds. `base` is the image it starts from;
    `title` is what it is labelled; `written` are files whose text stands in the recipe, (path, text), the last one first;
    `assembled` says that it takes over what an earlier stage has built."""

    recipe: str = ""
    base: str = ""
    working_dir: str = "/"
    places: tuple[Place, ...] = ()
    environment: tuple[Setting, ...] = ()
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    title: str = ""
    written: tuple[tuple[str, str], ...] = ()
    installs_python: bool = False
    assembled: bool = False


def image_of(recipe: Recipe, build: Build, index: Index) -> Image:
    """Carry out the recipe with the arguments, and up to the target, of `build`."""
    state = _State(index, build, {**_PLATFORM, **dict(build.args)})
    for instruction in recipe.instructions:
        if instruction.keyword == "FROM" and build.target and state.name == build.target.lower():
            break
        state.take(instruction, recipe.path)
    return replace(state.image, recipe=recipe.path)


@dataclass(slots=True)
class _State:
    """The stage that is being made, and those before it."""

    index: Index
    build: Build
    arguments: dict[str, str]
    name: str = ""
    image: Image = field(default_factory=Image)
    stages: dict[str, Image] = field(default_factory=dict)
    count: int = 0
    made: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.made = dict(self.build.made)

    def variables(self) -> dict[str, str]:
        return {**self.arguments, **{s.name: s.value for s in reversed(self.image.environment)}}

    def expand(self, text: str) -> str:
        return interpolate(text, self.variables()).text

    def take(self, step: Instruction, path: str) -> None:
        image = self.image
        match step.keyword:
            case "FROM":
                self.begin(step.text)
                return
            case "ARG":
                self.argument(step.text)
            case "WORKDIR":
                image = replace(image, working_dir=_joined(image.working_dir, self.expand(step.text)))
            case "ENV":
                image = replace(image, environment=(*self.settings(step, path), *image.environment))
            case "COPY" | "ADD":
                assembled = image.assembled or "--from=" in step.text
                places = () if step.documents else self.copied(step.text)
                image = replace(self.written(step), places=(*places, *image.places), assembled=assembled)
            case "ENTRYPOINT":
                image = replace(image, entrypoint=command_words(step.text), command=())
            case "CMD":
                image = replace(image, command=command_words(step.text))
            case "LABEL":
                title = _TITLE.search(step.text)
                image = replace(image, title=self.expand(title[1])) if title is not None else image
            case "RUN":
                installs = image.installs_python or bool(_INSTALLS_PYTHON.search("\n".join((step.text, *step.documents))))
                image = replace(self.written(step), installs_python=installs)
        self.image = image

    def written(self, step: Instruction) -> Image:
        """The image with the files that a step writes."""
        image = self.image
        new = tuple((_joined(image.working_dir, self.expand(path)), text) for path, text in written_files(step))
        return replace(image, written=(*new, *image.written))

    def begin(self, text: str) -> None:
        if self.count:
            self.stages[str(self.count - 1)] = self.image
            if self.name:
                self.stages[self.name] = self.image
        self.count += 1
        match = _STAGE.match(text)
        source = self.expand(match[1]) if match else ""
        self.name = (match[2] or "").lower() if match else ""
        self.image = self.stages.get(source.lower(), Image(base=source))

    def argument(self, text: str) -> None:
        for word in shell_words(text):
            name, given, default = word.partition("=")
            if given and name not in self.arguments:
                self.arguments[name] = self.expand(default)

    def settings(self, step: Instruction, path: str) -> tuple[Setting, ...]:
        """`ENV NAME=value ...` or `ENV NAME the whole rest`; the last one first."""
        words = shell_words(step.text)
        if words and "=" not in words[0]:
            name, _, value = step.text.partition(" ")
            words = [f"{name}={value.strip()}"]
        pairs = [word.partition("=") for word in words if "=" in word]
        where = Location(path, step.line, step.line)
        return tuple(Setting(name, self.expand(value), where) for name, _, value in reversed(pairs))

    def copied(self, text: str) -> tuple[Place, ...]:
        words = list(json_words(text) or shell_words(text))
        options = [w for w in words if w.startswith("--")]
        operands = [self.expand(w) for w in words if not w.startswith("--")]
        if len(operands) < 2:
            return ()
        stage = next((w.partition("=")[2] for w in options if w.startswith("--from=")), "")
        target = _joined(self.image.working_dir, operands[-1])
        into = operands[-1].endswith(("/", ".")) or len(operands) > 2
        found: list[Place] = []
        for source in operands[:-1]:
            if stage:
                found += self.from_stage(self.stages.get(stage.lower()), source, target)
            else:
                found += self.from_context(source, target, into=into)
        return tuple(found)

    def from_context(self, source: str, target: str, *, into: bool) -> list[Place]:
        # Nothing lies above the context: the way up ends at its top.
        path = join(self.build.context, _ABOVE.sub("", posixpath.normpath(source.lstrip("/"))))
        if path is None:
            return []
        if (program := self.made.get(posixpath.normpath(source.lstrip("/")))) is not None:
            # Whether the target is a folder that is there already, nobody knows.
            return [Place(target, program), Place(posixpath.join(target, posixpath.basename(source)), program)]
        if _GLOB.search(source):
            return [Place(target, parent(path))]
        if exists(self.index, path):
            return [Place(posixpath.join(target, posixpath.basename(path)) if into else target, path)]
        return [Place(target, path)] if path in self.index.all_folders else []

    def from_stage(self, stage: Image | None, source: str, target: str) -> list[Place]:
        if stage is None:
            return []
        found: list[Place] = []
        wanted = posixpath.normpath(posixpath.join("/", source))
        for place in stage.places:
            if _inside(wanted, place.container):
                inner = _seen_from(wanted, place.container)
                path = place.source if inner == "." else beside(place.source, inner)
                found.append(Place(target, path))
            elif _inside(place.container, wanted):
                found.append(Place(posixpath.join(target, _seen_from(place.container, wanted)), place.source))
        return found


def _joined(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def _inside(path: str, folder: str) -> bool:
    return folder in ("/", path) or path.startswith(folder + "/")


def _seen_from(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder)


def in_scan(path: str, places: tuple[Place, ...], index: Index) -> str | None:
    """The file or folder of the scan that stands at the container path `path`."""
    for place in places:
        if not _inside(path, place.container):
            continue
        inner = _seen_from(path, place.container)
        source = place.source if inner == "." else join(place.source, inner)
        if source is not None and (exists(index, source) or source in index.all_folders):
            return source
    return None


def copied_folders(image: Image, context: str, index: Index) -> tuple[str, ...]:
    """Folders with Python, below the build context, that the recipe copies by name."""
    found = {p.source for p in image.places if p.source in index.folders and p.source != context and within(p.source, context)}
    return tuple(sorted(found, key=lambda f: (len(relative(f, context)), f)))
