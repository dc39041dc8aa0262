"""How images are made and what they are called, as deployment files and recipes state it."""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.model.location import Location


@dataclass(frozen=True, slots=True)
class Build:
    """How an image is made: from `context` with the recipe at the path `dockerfile` (None: `Dockerfile` in the context). `made` are
    programs that a build tool puts into the context, (path from there, file that they start)."""

    context: str
    dockerfile: str | None = None
    args: tuple[tuple[str, str], ...] = ()
    target: str = ""
    made: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mount:
    """A file or folder of the scan that stands at `target` inside the container."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class DeclaredImage:
    """An image name and what it is built from."""

    reference: str
    build: Build
    location: Location


@dataclass(frozen=True, slots=True)
class RenamedImage:
    """The image that manifests in the files `paths` ask for by the name `reference` is really called `image`; of several names the
    one of the highest `rank` holds."""

    reference: str
    image: str
    paths: tuple[str, ...]
    rank: int
    location: Location


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a recipe, its keyword in capitals, continuation lines joined; `documents` are the texts of the
    here-documents that it opens."""

    keyword: str
    text: str
    line: int
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A file that says how an image is made, in the instructions of a Dockerfile."""

    path: str
    instructions: tuple[Instruction, ...]
