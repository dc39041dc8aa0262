"""The variables of the Serverless Framework, put into its file: `${self:custom.x}`, `${file(a.yml):key}`, `${opt:stage, 'dev'}`.

What only the machine that deploys knows (`${env:X}` without a default, `${opt:...}`) becomes a hole; what a stack or the parameter
store holds becomes a mark that other files may fill.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.project.aws.names import HOLE
from flowmap.project.exports import marked
from flowmap.project.paths import join, parent
from flowmap.project.yaml_nodes import Items, Table, Text, YamlError, documents, items, table, text

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_INNERMOST = re.compile(r"\$\{([^${}]*)\}")
_OURS = re.compile(r"\s*(self|file|opt|env|sls|param|ssm|cf|aws|s3|strToBool|construct)\b\s*[:(]")
_FILE = re.compile(r"file\(([^)]+)\)(?::(.+))?", re.DOTALL)
_ALTERNATIVE = re.compile(r",(?![^(]*\))")
_DEEPEST = 24
_MOST_NODES = 20_000
_LONGEST_TEXT = 20_000
_ROUNDS = 12
_NOT_DEPLOYED = ("custom", "params", "plugins", "package")
_NOTHING = Text("", 0, null=True)


class _Expansion:
    """One expansion of a file; `left` is how many more nodes may be made, `line` that of the text which is looked at."""

    def __init__(self, file: DescriptorFile, root: Table) -> None:
        self.file = file
        self.root = root
        self.left = _MOST_NODES
        self.line = 0
        self._files: dict[str, Node] = {}

    def node(self, given: Node, depth: int) -> Node:
        """The node with all variables in it put in."""
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            return _NOTHING
        match given:
            case Text(text=written) if "${" in written:
                return self._written(given, depth)
            case Items(items=elements):
                return Items(tuple(self.node(e, depth + 1) for e in elements), given.line)
            case Table(entries=entries):
                return Table({k: self.node(v, depth + 1) for k, v in entries.items()}, given.lines, given.line)
        return given

    def _written(self, given: Text, depth: int) -> Node:
        written, self.line = given.text, given.line
        for _ in range(_ROUNDS):
            found = next((m for m in _INNERMOST.finditer(written) if _OURS.match(m[1])), None)
            if found is None or len(written) > _LONGEST_TEXT:
                break
            value = self._value(found[1], depth)
            if found.span() == (0, len(written)):
                return value if not isinstance(value, Text) else Text(value.text, given.line, value.null)
            inner = text(value) if not isinstance(value, Text) or not value.null else HOLE
            written = written[: found.start()] + inner + written[found.end() :]
        return Text(written, given.line)

    def _value(self, expression: str, depth: int) -> Node:
        """What the first alternative that is known is worth."""
        for piece in _ALTERNATIVE.split(expression):
            value = self._one(piece.strip(), depth)
            if not (isinstance(value, Text) and value.null):
                return value
        return _NOTHING

    def _one(self, piece: str, depth: int) -> Node:
        if quoted := re.fullmatch(r"'([^']*)'|\"([^\"]*)\"", piece):
            return Text(quoted[1] or quoted[2] or "", 0)
        if included := _FILE.match(piece):
            return self._included(included[1].strip(), (included[2] or "").strip(), depth)
        kind, _, rest = piece.partition(":")
        match kind.strip():
            case "self":
                return self.node(self._own(rest, depth), depth + 1)
            case "sls" if rest == "stage":
                return self._stage(depth)
            case "opt" if rest == "stage":
                return self._stage(depth) if depth < _DEEPEST // 2 else _NOTHING
            case "param":
                stages = [table(n) for n in table(self.root.get("params")).entries.values()]
                return next((self.node(s.get(rest), depth + 1) for s in stages if rest in s.entries), _NOTHING)
            case "ssm":
                return Text(marked(f"ssm:{rest.partition('~')[0].partition(':')[-1] or rest}"), 0)
            case "construct":
                return Text(rest.partition(".")[0], 0)
            case "cf":
                return Text(marked(f"output:{rest.replace('.', '#', 1)}", rest.rpartition(".")[2]), 0)
        return Text(piece, 0) if piece.lstrip("-").isdecimal() or piece in ("true", "false") else _NOTHING

    def _own(self, path: str, depth: int) -> Node:
        """What stands at a path of the file itself, where a step on the way may be a variable too."""
        found: Node = self.root
        for key in path.split("."):
            found = _at(found, key)
            if isinstance(found, Text) and "${" in found.text:
                found = self.node(found, depth + 1)
        return found

    def _stage(self, depth: int) -> Node:
        """The stage that a deployment without options has."""
        stated = self.root.get("provider", "stage")
        plain = isinstance(stated, Text) and not stated.null and "${" not in stated.text
        if plain or depth > _DEEPEST // 2:
            return stated if plain else _NOTHING
        default = re.search(r"opt:stage\s*,\s*['\"]([^'\"]*)['\"]", text(stated))
        return Text(default[1] if default else "dev", 0)

    def _included(self, name: str, key: str, depth: int) -> Node:
        path = join(parent(self.file.path), name)
        if path is None or not path.endswith((".yml", ".yaml", ".json")):
            return _NOTHING
        if path not in self._files:
            content = self.file.look(path)
            try:
                self._files[path] = next(iter(documents(content, tagged=True)), _NOTHING) if content is not None else _NOTHING
            except YamlError:
                self._files[path] = _NOTHING
        line = self.line
        return self._moved(self.node(_at(self._files[path], key) if key else self._files[path], depth + 1), line)

    def _moved(self, node: Node, line: int) -> Node:
        """A node of another file at the line that includes it."""
        self.left -= 1
        if self.left < 0:
            return _NOTHING
        match node:
            case Text(text=written, null=null):
                return Text(written, line, null)
            case Items(items=elements):
                return Items(tuple(self._moved(e, line) for e in elements), line)
            case Table(entries=entries):
                return Table({k: self._moved(v, line) for k, v in entries.items()}, dict.fromkeys(entries, line), line)


def _at(node: Node, path: str) -> Node:
    """The node at the end of a path of keys and numbers between dots."""
    for key in path.split(".") if path else ():
        number = int(key[:6]) if key.isdecimal() else len(items(node))
        node = items(node)[number] if number < len(items(node)) else table(node).get(key)
    return node


def expanded(file: DescriptorFile, root: Table) -> Table:
    """What is deployed of a file, with all its variables put in; each part has its own bounds."""
    entries = {k: _Expansion(file, root).node(v, 0) for k, v in root.entries.items() if k not in _NOT_DEPLOYED}
    return Table(entries, root.lines, root.line)
