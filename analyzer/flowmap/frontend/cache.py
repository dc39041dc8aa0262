"""Summaries kept between runs, outside the scanned repository: named by content, schema and parser version.

A file that is absent, unreadable or of another shape is a miss. Written to a temporary name and renamed, so that nothing is
ever half there. The format is plain data; nothing in it can run."""

from __future__ import annotations

import os
import tempfile
import zlib
from importlib.metadata import version
from pathlib import Path

import msgspec

from flowmap.model.summary import SCHEMA_VERSION, ModuleSummary

TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Parsed summaries of flowmap; safe to delete.\n"


class Cache:
    """Summaries on disk under one folder; `None` as the folder remembers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / f"v{SCHEMA_VERSION}-libcst{version('libcst')}" if folder is not None else None
        self._decoder = msgspec.msgpack.Decoder(ModuleSummary)

    def get(self, path: str, digest: str) -> ModuleSummary | None:
        """The summary of this content, as of a file at `path`."""
        if self._folder is None:
            return None
        try:
            found = self._decoder.decode(zlib.decompress(self._file(digest).read_bytes()))
        except (OSError, zlib.error, msgspec.DecodeError):
            return None
        return msgspec.structs.replace(found, path=path) if found.digest == digest else None

    def put(self, summary: ModuleSummary) -> None:
        """Remembers a summary; a full or read-only disk is no failure of the scan."""
        if self._folder is None:
            return
        target = self._file(summary.digest)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            tag = self._folder.parent / "CACHEDIR.TAG"
            if not tag.exists():
                tag.write_text(TAG, encoding="utf-8")
            handle, temporary = tempfile.mkstemp(dir=target.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(zlib.compress(msgspec.msgpack.encode(summary), 1))
            Path(temporary).replace(target)
        except OSError:
            return

    def _file(self, digest: str) -> Path:
        assert self._folder is not None
        return self._folder / digest[:2] / digest[2:]
