"""Runs the readers over the files of the scan and puts their statements side by side.

What the statements mean together is not decided here, except that statements about one process, made by several files of one
deployment, become one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from flowmap.descriptor_api import Declarations, DescriptorFile
from flowmap.errors import ExtensionError
from flowmap.model.location import Location
from flowmap.model.project import Diagnostic
from flowmap.project.bounds import cut
from flowmap.project.files import LARGEST_DESCRIPTOR
from flowmap.project.index import others_below
from flowmap.project.jinja import Templates
from flowmap.project.merging import overlaid
from flowmap.project.paths import common_folder, parts
from flowmap.project.world import image_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flowmap.descriptor_api import DeclaredProcess, DescriptorReader, RenamedImage
    from flowmap.project.index import Index

_MOST_FILES = 20_000
_F = TypeVar("_F")


def read_descriptors(index: Index, readers: tuple[DescriptorReader, ...]) -> Declarations:
    """All that the readers find, in the order of the paths. Raises ExtensionError if a reader fails."""
    found: list[Declarations] = []
    together: dict[str, list[DescriptorFile]] = {}
    count = 0
    templates = Templates(index)
    for path in sorted((*index.paths, *index.others, *templates.paths)):
        interested = [reader for reader in readers if reader.matches(path)]
        if not interested:
            continue
        count += 1
        if count > _MOST_FILES:
            found.append(Declarations(diagnostics=(cut(_MOST_FILES, "deployment files", Location(path, 1, 1)),)))
            break
        found += _declarations(path, interested, index, templates, together)
    for reader in readers:
        if reader.read_all is not None and reader.name in together:
            files = tuple(together[reader.name])
            said = stated(reader, reader.read_all, files, files[0].path)
            found.append(templates.restored(said) if any(f.path in templates.paths for f in files) else said)
    flat = chain.from_iterable
    renamed = tuple(flat(d.renamed for d in found))
    return Declarations(
        processes=tuple(_with_image(p, renamed) for p in _merged(flat(d.processes for d in found))),
        images=tuple(flat(d.images for d in found)),
        renamed=renamed,
        recipes=tuple(flat(d.recipes for d in found)),
        groups=tuple(flat(d.groups for d in found)),
        settings=tuple(flat(d.settings for d in found)),
        hosts=tuple(flat(d.hosts for d in found)),
        distributions=tuple(flat(d.distributions for d in found)),
        notes=tuple(flat(d.notes for d in found)),
        externals=tuple(flat(d.externals for d in found)),
        wires=tuple(flat(d.wires for d in found)),
        forwards=tuple(flat(d.forwards for d in found)),
        existing=tuple(dict.fromkeys(flat(d.existing for d in found))),
        disposals=tuple(dict.fromkeys(flat(d.disposals for d in found))),
        exports=tuple(flat(d.exports for d in found)),
        gateways=tuple(flat(d.gateways for d in found)),
        owned=tuple(flat(d.owned for d in found)),
        catalog=tuple(flat(d.catalog for d in found)),
        documents=tuple(flat(d.documents for d in found)),
        described=tuple(flat(d.described for d in found)),
        diagnostics=tuple(flat(d.diagnostics for d in found)),
    )


def _declarations(
    path: str, readers: list[DescriptorReader], index: Index, templates: Templates, together: dict[str, list[DescriptorFile]]
) -> Iterator[Declarations]:
    """What a file states by itself; it is put aside for readers that want all of theirs together."""
    content = templates.look(path)
    if content is None:
        message = f"deployment file cannot be read, or is larger than {LARGEST_DESCRIPTOR:,} bytes"
        yield Declarations(diagnostics=(Diagnostic(message, Location(path, 1, 1)),))
        return
    file = DescriptorFile(path, content, templates.look, index.all_folders.__contains__, partial(others_below, index))
    for reader in readers:
        if reader.read_all is not None:
            together.setdefault(reader.name, []).append(file)
        else:
            said = stated(reader, reader.read, file, path)
            yield templates.restored(said) if path in templates.paths else said


def stated(reader: DescriptorReader, read: Callable[[_F], Declarations], given: _F, path: str) -> Declarations:
    """What a reader makes of what it is given. Raises ExtensionError if it fails."""
    try:
        return read(given)
    except Exception as error:
        raise ExtensionError(f"The descriptor reader '{reader.name}' failed on {path}: {type(error).__name__}: {error}.") from error


def _merged(processes: Iterable[DeclaredProcess]) -> tuple[DeclaredProcess, ...]:
    """One process for each name of a deployment, the statements of the highest rank on top; files that come later by name yield.
    Containers of pods share names where they are different programs: their images tell them apart."""
    groups: dict[tuple[str, str, str, str], list[DeclaredProcess]] = {}
    for process in processes:
        groups.setdefault((process.system, process.scope, process.name, _program(process)), []).append(process)
    merged: list[DeclaredProcess] = []
    for group in groups.values():
        strongest, *weaker = sorted(group, key=lambda p: -p.rank)
        for weak in weaker:
            strongest = overlaid(strongest, weak)
        merged.append(strongest)
    return tuple(_patched(merged))


def _with_image(process: DeclaredProcess, renamed: tuple[RenamedImage, ...]) -> DeclaredProcess:
    """The process with the name that its image really has."""
    asked = image_name(process.image)
    meant = [r for r in renamed if r.reference == asked and process.location.path in r.paths]
    strongest = max(meant, key=lambda r: r.rank, default=None)
    return process if strongest is None else replace(process, image=strongest.image, placeholder=process.image)


def _program(process: DeclaredProcess) -> str:
    """The last name of a container's image, whatever its registry and tag."""
    image = process.image.partition("@")[0].rpartition("/")[2].partition(":")[0]
    return image if process.system == "kubernetes" and process.build is None else ""


def _patched(processes: list[DeclaredProcess]) -> Iterator[DeclaredProcess]:
    """The processes, with what patches of other folders add to them: manifests that neither build nor name an image."""
    whole = [p for p in processes if _is_whole(p)]
    added: dict[int, list[DeclaredProcess]] = {}
    for part in (p for p in processes if not _is_whole(p)):
        same = [n for n, p in enumerate(whole) if (p.system, p.name) == (part.system, part.name)]
        near = max(same, key=lambda n: len(parts(common_folder(whole[n].scope, part.scope))), default=None)
        if near is None:
            yield part
        else:
            added.setdefault(near, []).append(part)
    for number, process in enumerate(whole):
        for part in sorted(added.get(number, ()), key=lambda p: p.rank):
            strong, weak = (part, process) if part.rank > process.rank else (process, part)
            joined = overlaid(strong, weak)
            process = replace(joined, scope=process.scope, location=process.location, rank=process.rank)
        yield process


def _is_whole(process: DeclaredProcess) -> bool:
    return process.system != "kubernetes" or bool(process.image) or process.build is not None
