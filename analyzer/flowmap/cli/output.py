"""Where output goes: standard output, as what is at its other end can take it, or files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from flowmap.errors import FlowmapError
from flowmap.reporter_api import Terminal
from flowmap.reporters.console import plain_ascii

_WIDTH = 100
_NARROWEST = 40
_ANYBODY_WRITES = 0o222
_LONGEST = 60
"""Letters of a file's name in that of its temporary file, which must not become too long itself."""
STANDARD_OUTPUT = Path("-")


class OutputError(FlowmapError):
    """A file cannot be written."""


def terminal() -> Terminal:
    """What standard output is: its width if it has one, and whether it wants colour (NO_COLOR, then FORCE_COLOR, then a
    terminal that is not dumb)."""
    seen = sys.stdout.isatty()
    stated = os.environ.get("COLUMNS", "")
    width = int(stated) if stated.isdigit() else shutil.get_terminal_size((_WIDTH, 24)).columns if seen else _WIDTH
    forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    able = seen and os.environ.get("TERM") != "dumb"
    return Terminal(max(width, _NARROWEST), not os.environ.get("NO_COLOR") and (forced or able))


def show(content: str | bytes) -> None:
    """Standard output: a text for people in signs that it can print, what programs read (bytes) as it is."""
    if isinstance(content, str):
        encoding = sys.stdout.encoding or "utf-8"
        try:
            content.encode(encoding)
        except UnicodeEncodeError:
            content = plain_ascii(content).encode(encoding, "backslashreplace").decode(encoding)
    try:
        click.echo(content, nl=False, color=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"Standard output cannot be written ({error.strerror or error}).") from error


def expect_writable(files: Iterable[Path]) -> None:
    """Says what can be known to go wrong before the work is done: no folder, no file, no permission, one file twice."""
    seen: set[Path] = set()
    for path in files:
        target = path.resolve()
        if target in seen:
            raise OutputError(f"{path} cannot be written twice; give every format a file of its own.")
        seen.add(target)
        if not target.parent.is_dir():
            raise OutputError(f"{path} cannot be written: the folder {path.parent} does not exist; create it first.")
        if target.is_dir():
            raise OutputError(f"{path} cannot be written: it is a folder.")
        if target.exists() and not (target.stat().st_mode & _ANYBODY_WRITES and os.access(target, os.W_OK)):
            raise OutputError(f"{path} cannot be written: it is read-only.")


def write(files: Mapping[Path, str | bytes]) -> None:
    """Writes every file under a temporary name beside it, then renames them all. What is no regular file is written as it is."""
    ready: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            try:
                ready += _prepared(path, content.encode("utf-8") if isinstance(content, str) else content, len(ready))
            except OSError as error:
                raise OutputError(f"{path} cannot be written ({error.strerror or error}).") from error
        for temporary, target in ready:
            temporary.replace(target)
    except OSError as error:
        raise OutputError(f"What was written could not be put in its place ({error.strerror or error}).") from error
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def add_to_step_summary(content: str | bytes) -> None:
    """Adds a text to the page of a run of GitHub Actions, where one is under way."""
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(path).open("ab") as file:
                file.write(content.encode("utf-8") if isinstance(content, str) else content)
        except OSError as error:
            raise OutputError(f"{path}, the summary of the step, cannot be written ({error.strerror or error}).") from error


def _prepared(path: Path, content: bytes, number: int) -> list[tuple[Path, Path]]:
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return []
    temporary = target.with_name(f".{target.name[:_LONGEST]}.{os.getpid()}.{number}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        if target.exists():
            shutil.copymode(target, temporary)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return [(temporary, target)]
