"""Topics of Kafka: what `kafka-topics --list` and `--describe`, `rpk topic list` and `kcat -L -J` print, given as facts or kept in
the repository, and the commands and settings that make topics when a system is started.

Of a script only the commands themselves are read, with the lists that they go through.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Existing
from flowmap.project.bounds import cut
from flowmap.project.interpolation import interpolate
from flowmap.project.paths import base
from flowmap.project.yaml_nodes import Table, YamlError, documents, items, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile

_SCRIPT = re.compile(r".*\.(?:sh|bash|ya?ml)|Makefile")
_LISTING = re.compile(r"(?i)topics?(?:[^a-z].*)?\.(?:txt|lst|list|json)|.*[^a-z]topics?(?:[^a-z].*)?\.(?:txt|lst|list|json)")
_MAKING = (b"kafka-topics", b"rpk topic create", b"KAFKA_CREATE_TOPICS")
_NAME = re.compile(r"[A-Za-z0-9._-]{1,249}")
_DESCRIBED = re.compile(r"Topic:[ \t]*([A-Za-z0-9._-]+)[ \t]+(?:TopicId:[ \t]*\S+[ \t]+)?PartitionCount:")
_TABLE = re.compile(r"NAME\s+PARTITIONS\b")
# An array of YAML, or a folded text, goes on in lines that begin with its elements or with options.
_CREATED = re.compile(r"kafka-topics(?:\.sh)?\b([^\n;&|]*(?:\n[ \t]*(?:--|- )[^\n;&|]*)*)")
_TOPIC = re.compile(r"--topic(?:[\"',\s=]|- )+(\$\{?\w+(?::?-[A-Za-z0-9._-]+)?\}?|[A-Za-z0-9._][A-Za-z0-9._-]*)")
_CREATE = re.compile(r"--create(?![\w-])")
_RPK = re.compile(r"\brpk topic create((?:[ \t]+[A-Za-z0-9._-]+)+)")
_SETTING = re.compile(r"\bKAFKA_CREATE_TOPICS[\"']?[ \t]*[:=][ \t]*[\"']?([^\"'\n#]+)")
_LOOP = re.compile(r"\bfor[ \t]+(\w+)[ \t]+in[ \t]+([^;\n]*)")
_GOES_ON = re.compile(r"\\\n")
_MOST = 5_000


def _matches(path: str) -> bool:
    return _SCRIPT.fullmatch(base(path)) is not None or _LISTING.fullmatch(base(path)) is not None


def _read(file: DescriptorFile) -> Declarations:
    named = _LISTING.fullmatch(base(file.path)) is not None
    if named and file.path.endswith(".json"):
        found = _in_json(file)
    elif named or file.path.endswith(".txt"):
        found = _in_text(file, plain=named)
    elif any(word in file.content for word in _MAKING):
        found = _made(file.text)
    else:
        return Declarations()
    topics = ((n, line) for n, line in found if _NAME.fullmatch(n) and not n.startswith("__"))
    every = [Existing("kafka", name, file.at(line)) for name, line in islice(topics, _MOST + 1)]
    faults = (cut(_MOST, "topics", every.pop().location),) if len(every) > _MOST else ()
    return Declarations(existing=tuple(every), diagnostics=faults)


def _in_json(file: DescriptorFile) -> Iterator[tuple[str, int]]:
    """A sequence of topics, or a mapping that has one, each a name or a mapping with it."""
    try:
        root = next(iter(documents(file.content.replace(b"\t", b" "))), None)
    except YamlError:
        return
    listed = root.get("topics") if isinstance(root, Table) else root
    for item in items(listed) if listed is not None else ():
        name = item if not isinstance(item, Table) else next((n for k in ("topic", "name") if text(n := item.get(k))), item)
        yield text(name), name.line


def _in_text(file: DescriptorFile, *, plain: bool) -> Iterator[tuple[str, int]]:
    """Descriptions of topics, a table of them, or names alone (`plain`), one to a line and nothing else."""
    lines = [(line.strip(), number) for number, line in enumerate(file.text.splitlines(), 1) if line.strip()]
    if described := [(m[1], number) for line, number in lines if (m := _DESCRIBED.match(line))]:
        yield from described
    elif lines and _TABLE.match(lines[0][0]):
        yield from ((line.split()[0], number) for line, number in lines[1:])
    elif plain and all(_NAME.fullmatch(line) for line, _ in lines):
        yield from lines


def _made(source: str) -> Iterator[tuple[str, int]]:
    """The topics that commands of a script, or a setting of the broker's image, make."""
    joined = _GOES_ON.sub("  ", source)
    loops: dict[str, list[tuple[int, str]]] = {}
    for loop in _LOOP.finditer(joined):
        loops.setdefault(loop[1], []).append((loop.start(), loop[2]))
    found = sorted(islice(_named(joined, loops), 3 * _MOST), key=lambda f: f[1])
    line = at = 0
    for name, place in found:
        line, at = line + source.count("\n", at, place), place
        yield name, line + 1


def _named(joined: str, loops: Mapping[str, list[tuple[int, str]]]) -> Iterator[tuple[str, int]]:
    """The names, and where they stand."""
    for command in (c for c in _CREATED.finditer(joined) if not _is_comment(joined, c.start())):
        topic = _TOPIC.search(command[1])
        if topic is not None and _CREATE.search(command[1]):
            at = command.start(1) + topic.start(1)
            yield from ((name, at) for name in _meant(topic[1], at, loops))
    for command in (c for c in _RPK.finditer(joined) if not _is_comment(joined, c.start())):
        yield from ((name, command.start(1)) for name in command[1].split(" -")[0].split())
    for setting in (s for s in _SETTING.finditer(joined) if not _is_comment(joined, s.start())):
        yield from ((part.strip().partition(":")[0], setting.start()) for part in setting[1].split(","))


def _meant(word: str, at: int, loops: Mapping[str, list[tuple[int, str]]]) -> list[str]:
    """The word, or its default, or all that the nearest loop over it goes through."""
    if not word.startswith("$"):
        return [word]
    if (filled := interpolate(word, {})).text:
        return [filled.text]
    over = loops.get(word.strip("${}"), [])
    before = bisect_left(over, (at, ""))
    return [w.strip("\"'") for w in over[before - 1][1].split()[:_MOST]] if before else []


def _is_comment(source: str, at: int) -> bool:
    return source[source.rfind("\n", 0, at) + 1 : at].lstrip().startswith("#")


READER = DescriptorReader("kafka", _matches, _read, facts=True)
