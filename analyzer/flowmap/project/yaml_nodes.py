"""YAML as a tree of texts that know their line, made without trusting the file.

Built from parser events: the library's own composer recurses in C and can be made to crash. Tags mean nothing, scalars stay the
texts they are, the last of duplicate keys holds, `<<` is merged, aliases share their node. A file whose aliases stand for more than
anybody writes is an error, so that readers may go through all that a node holds. Only where asked for, a tag counts: `!Name x` is
then a mapping of `Name` to `x`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MOST_NODES = 200_000
_MOST_MEANT = 1_000_000
"""Nodes of a file with each alias counted as all that it stands for."""
_DEEPEST = 100

# libyaml is ten times as fast; a build of PyYAML without it must still work.
_LOADER: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """The text cannot be read as YAML, or is larger or deeper than any file that people write."""


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar. `null` is an absent or null value, whose text is empty."""

    text: str
    line: int
    null: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A sequence."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping in the order of the file; `lines` says where each key stands."""

    entries: Mapping[str, Node]
    lines: Mapping[str, int]
    line: int

    def get(self, *keys: str) -> Node:
        """The value under a path of keys; an empty text where there is none."""
        node: Node = self
        for key in keys:
            node = node.entries.get(key, _NOTHING) if isinstance(node, Table) else _NOTHING
        return node

    def at(self, key: str) -> int:
        return self.lines.get(key, self.line)


Node: TypeAlias = Text | Items | Table
_NOTHING = Text("", 0, null=True)
_NO_TABLE = Table({}, {}, 0)


def table(node: Node) -> Table:
    """The node if it is a mapping, else an empty one."""
    return node if isinstance(node, Table) else _NO_TABLE


def items(node: Node) -> tuple[Node, ...]:
    """The elements if the node is a sequence, else none."""
    return node.items if isinstance(node, Items) else ()


def tables(node: Node) -> Iterator[Table]:
    """The mappings among the elements of a sequence."""
    return (item for item in items(node) if isinstance(item, Table))


def text(node: Node) -> str:
    """The text if the node is a scalar, else an empty one."""
    return node.text if isinstance(node, Text) else ""


def texts(node: Node) -> tuple[str, ...]:
    """The texts among the elements of a sequence; one scalar is a sequence of itself."""
    if isinstance(node, Text):
        return () if node.null else (node.text,)
    return tuple(item.text for item in items(node) if isinstance(item, Text))


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    line: int
    mapping: bool
    anchor: str | None
    tag: str = ""
    values: list[Node] = field(default_factory=list)
    size: int = 1


@dataclass(slots=True)
class _State:
    """What has been built so far; `merged` counts the entries that merges have copied, `sizes` are the nodes that anchors stand
    for. `tagged` says that tags count."""

    origin: Sequence[int]

    tagged: bool = False
    roots: list[Node] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    merged: int = 0


def documents(content: bytes | str, lines: Sequence[int] = (), *, tagged: bool = False) -> list[Node]:
    """The documents of a file; of a text that was made from another, `lines` says of each line from which line of that. With
    `tagged`, local tags are mappings. Raises YamlError."""
    state = _State(lines, tagged)
    try:
        for count, event in enumerate(yaml.parse(content, Loader=_LOADER)):
            if count > _MOST_NODES:
                raise YamlError(f"more than {_MOST_NODES:,} nodes")
            if isinstance(event, yaml.DocumentStartEvent):
                state.anchors.clear()
            elif isinstance(event, yaml.CollectionStartEvent):
                if len(state.stack) >= _DEEPEST:
                    raise YamlError(f"more than {_DEEPEST} levels")
                mapping = isinstance(event, yaml.MappingStartEvent)
                state.stack.append(_Open(_line(event, state), mapping, event.anchor, event.tag or ""))
            elif (node := _finished(event, state)) is not None:
                (state.stack[-1].values if state.stack else state.roots).append(node)
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlError(_first_line(error)) from error
    return state.roots


def _line(event: yaml.Event, state: _State) -> int:
    line = event.start_mark.line if event.start_mark is not None else 0
    return state.origin[line] if line < len(state.origin) else line + 1


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return f"{problem} in line {mark.line + 1}" if mark is not None else str(problem)


def _finished(event: yaml.Event, state: _State) -> Node | None:
    """The node that an event completes."""
    size = 1
    if isinstance(event, yaml.ScalarEvent):
        node: Node = _scalar(event, state)
        anchor, tag = event.anchor, event.tag or ""
    elif isinstance(event, yaml.CollectionEndEvent):
        opened = state.stack.pop()
        anchor, tag, size = opened.anchor, opened.tag, opened.size
        node = _table(opened, state) if opened.mapping else Items(tuple(opened.values), opened.line)
    elif isinstance(event, yaml.AliasEvent):
        if event.anchor not in state.anchors:
            raise YamlError(f"unknown alias in line {_line(event, state)}")
        node, anchor, tag, size = state.anchors[event.anchor], "", "", state.sizes[event.anchor]
    else:
        return None
    if state.tagged and len(tag) > 1 and tag.startswith("!"):
        node = Table({tag[1:]: node}, {tag[1:]: node.line}, node.line)
    if anchor:
        state.anchors[anchor], state.sizes[anchor] = node, size
    if state.stack:
        state.stack[-1].size += size
    if size > _MOST_MEANT:
        raise YamlError(f"aliases that stand for more than {_MOST_MEANT:,} nodes")
    return node


def _scalar(event: yaml.ScalarEvent, state: _State) -> Text:
    value: str = event.value
    null = bool(event.implicit[0]) and value in ("", "~", "null", "Null", "NULL")
    return Text("" if null else value, _line(event, state), null)


def _table(opened: _Open, state: _State) -> Table:
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    merged: list[Table] = []
    for key, value in zip(opened.values[::2], opened.values[1::2], strict=True):
        if not isinstance(key, Text):
            continue
        if key.text == "<<":
            merged += [value] if isinstance(value, Table) else tables(value)
        else:
            entries[key.text] = value
            lines[key.text] = key.line
    for other in merged:
        state.merged += len(other.entries)
        if state.merged > _MOST_NODES:
            raise YamlError(f"more than {_MOST_NODES:,} merged entries")
        for name, value in other.entries.items():
            if name not in entries:
                entries[name] = value
                lines[name] = other.at(name)
    return Table(entries, lines, opened.line)
