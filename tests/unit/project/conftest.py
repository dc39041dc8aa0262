"""Small systems on disk, and the discover stage run on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from fixtures import Read, Scan
from flowmap.config import Config
from flowmap.descriptor_api import Declarations, DescriptorFile, DescriptorReader
from flowmap.extensions import load_descriptors, load_plugins
from flowmap.model.project import Project
from flowmap.project.discover import discover
from flowmap.project.systems import alone

READERS: tuple[DescriptorReader, ...] = load_descriptors()
PLUGINS = load_plugins()

Files: TypeAlias = Mapping[str, str | bytes]


def write_tree(root: Path, files: Files) -> Path:
    """Write files given by their relative path; text is written as UTF-8."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


@pytest.fixture(scope="session")
def readers() -> tuple[DescriptorReader, ...]:
    return READERS


@pytest.fixture(scope="session")
def writer() -> Callable[[Path, Files], Path]:
    return write_tree


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[Files], Path]:
    """Write a tree into a folder called `system`."""
    return lambda files: write_tree(tmp_path / "system", files)


@pytest.fixture
def scan(tmp_path: Path) -> Scan:
    """Write a tree and discover it with all readers of flowmap."""

    def run(files: Files, config: Config | None = None) -> Project:
        return discover(alone(write_tree(tmp_path / "system", files), config or Config()), READERS, PLUGINS)

    return run


@pytest.fixture
def read() -> Read:
    """What one reader says of the first file of a tree that is only in memory, or of all its files, if it wants them
    together."""

    def run(reader: DescriptorReader, files: Files) -> Declarations:
        contents = {path: c.encode() if isinstance(c, str) else c for path, c in files.items()}
        folders = {"/".join(path.split("/")[:depth]) for path in contents for depth in range(1, path.count("/") + 1)}
        path = next(iter(contents))
        assert reader.matches(path)
        if reader.read_all is not None:
            found = [p for p in sorted(contents) if reader.matches(p)]
            return reader.read_all(tuple(DescriptorFile(p, contents[p], contents.get, folders.__contains__) for p in found))

        def below(folder: str) -> tuple[str, ...]:
            return tuple(sorted(p for p in contents if not p.endswith(".py") and (folder == "." or p.startswith(f"{folder}/"))))

        return reader.read(DescriptorFile(path, contents[path], contents.get, folders.__contains__, below))

    return run
