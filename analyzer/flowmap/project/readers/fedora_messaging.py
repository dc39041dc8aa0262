"""fedora-messaging's own configuration: the bindings of the queues that its command `consume` reads, and the function or class of
messages' handlers that it names. Declarations of queues and exchanges, and what is published, are not looked at."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Match, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_OWN = re.compile(rb"^\[\[bindings\]\]", re.MULTILINE)
_CALLBACK = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_LARGEST = 100_000
_MOST_KEYS = 500


def _matches(path: str) -> bool:
    return path.endswith(".toml")


def _read(file: DescriptorFile) -> Declarations:
    if len(file.content) > _LARGEST or b"callback" not in file.content or not _OWN.search(file.content):
        return Declarations()
    try:
        document: dict[str, object] = tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return Declarations()
    callback = document.get("callback")
    if not isinstance(callback, str) or not _CALLBACK.fullmatch(callback):
        return Declarations()
    return Declarations(wires=tuple(_wires(file, document.get("bindings"), callback))[:_MOST_KEYS])


def _wires(file: DescriptorFile, bindings: object, callback: str) -> Iterator[Wire]:
    for binding in bindings if isinstance(bindings, list) else ():
        keys = binding.get("routing_keys") if isinstance(binding, dict) else None
        for key in keys if isinstance(keys, list) else ():
            if isinstance(key, str) and key:
                yield Wire(
                    "fedora-messaging",
                    key,
                    file.at(_line_of(file.text, key)),
                    handler=callback,
                    exchange=_text(binding, "exchange"),
                    group=_text(binding, "queue"),
                    match=Match.PREFIXED,
                )


def _text(binding: dict[str, object], key: str) -> str:
    value = binding.get(key)
    return value if isinstance(value, str) else ""


def _line_of(text: str, key: str) -> int:
    """The line that a routing key stands on; the first where it is written in another way."""
    found = re.search(rf"[\"']{re.escape(key)}[\"']", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


READER = DescriptorReader("fedora-messaging", _matches, _read)
