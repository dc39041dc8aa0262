"""Deployment files that are templates of Jinja (`docker-compose.yml.j2`): read under the names that they are rendered to.

Statements are blanked, so that every branch counts and a loop's body once; each line keeps its number. What an expression is
worth is known of literals, of what the template sets, of defaults, and of the variables that Ansible keeps beside it; anything
else is a hole.
"""

from __future__ import annotations

import dataclasses
import re
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from flowmap.model.location import Location
from flowmap.model.project import Setting
from flowmap.project.paths import parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from flowmap.project.index import Index

SUFFIXES = (".j2", ".jinja2", ".jinja")
HOLE, MARK = "{}", "\ue000"
"""A part that is not known; the mark stands for it in files, where braces mean something else."""
MOST_NAMES, DEEPEST, HIGHEST = 2_000, 6, 8
_PART = re.compile(r"\{#.*?#\}|\{%[-+]?\s*raw\s*[-+]?%\}(.*?)\{%[-+]?\s*endraw\s*[-+]?%\}|\{%.*?%\}|\{\{(.*?)\}\}", re.DOTALL)
_SET = re.compile(r"\{%[-+]?\s*set\s+(\w+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))\s*[-+]?%\}")
_TEXT = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[['\"]\w+['\"]\])*")
_DEFAULT = re.compile(r"\|\s*(?:default|d)\s*\(\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))")
_KEPT = re.compile(r"(?:\|\s*(?:default|d|string|trim|quote|mandatory|int)\b\s*(?:\([^()]*\))?\s*)*")
_BESIDE = ("defaults/main", "vars/main")
_ABOVE = ("group_vars/all", "group_vars/all/main", "group_vars/all/vars", "inventory/group_vars/all", "vars/main", "vars")

T = TypeVar("T")


class Templates:
    """The templates of a scan by the paths that they are rendered to: those where no such file is."""

    def __init__(self, index: Index) -> None:
        self._look = index.look
        named = ((path, path.removesuffix(s)) for path in index.in_order for s in SUFFIXES if path.endswith(s) and "{{" not in path)
        self.paths = {plain: path for path, plain in named if plain not in index.others}

    def look(self, path: str) -> bytes | None:
        """The content of a file, rendered where it is a template; None if there is none that can be read."""
        real = self.paths.get(path)
        content = self._look(real or path)
        if content is None or real is None:
            return content
        return rendered(content.decode("utf-8", errors="replace"), partial(known_beside, self._look, real)).encode()

    def restored(self, value: T) -> T:
        """What a reader says of files, with the paths of the templates, holes for what is not known, and without settings of which
        nothing is known."""
        return restored(value, self.paths)


def rendered(text: str, known: Callable[[], Mapping[str, str]] = dict) -> str:
    """The text with its statements blanked and its expressions worth what is known of them."""
    if not any(opening in text for opening in ("{{", "{%", "{#")):
        return text
    names = {**known(), **{m[1]: next(g for g in m.groups()[1:] if g is not None) for m in _SET.finditer(text)}}
    branches, pieces, end = _Branches(), [], 0
    for found in _PART.finditer(text):
        pieces.append(branches.kept(text[end : found.start()]))
        if found[2] is not None or found[1] is not None:
            pieces.append(branches.kept(_worth(found[2], names, 0) if found[2] is not None else found[1]))
        else:
            branches.meet(found[0], text[text.rfind("\n", 0, found.start()) + 1 : found.start()])
            pieces.append("\n" * found[0].count("\n"))
        end = found.end()
    return "".join([*pieces, branches.kept(text[end:])])


class _Branches:
    """The conditions around a place. Of one that begins within a line only the first branch counts: it is one value."""

    def __init__(self) -> None:
        self._around: list[tuple[bool, bool]] = []  # whether it stands within a line, whether its first branch is over

    def meet(self, statement: str, before: str) -> None:
        """Takes note of a statement behind the beginning of its line."""
        word = next(iter(re.findall(r"\w+", statement)), "")
        if word == "if":
            self._around.append((bool(before.strip()), False))
        elif word in {"elif", "else"} and self._around:
            self._around[-1] = (self._around[-1][0], True)
        elif word == "endif" and self._around:
            self._around.pop()

    def kept(self, text: str) -> str:
        """The text, or its ends of lines where a branch does not count."""
        return "\n" * text.count("\n") if any(within and over for within, over in self._around) else text


def _worth(expression: str, names: Mapping[str, str], depth: int) -> str:
    """What an expression gives; the mark where nobody can say."""
    said = expression.strip().strip("-+").strip()
    if (text := _TEXT.fullmatch(said)) is not None:
        return text[1] if text[1] is not None else text[2]
    name = _NAME.match(said)
    if name is None or depth > DEEPEST or not _KEPT.fullmatch(said[name.end() :].lstrip()):
        return MARK
    value = names.get(re.sub(r"\[['\"](\w+)['\"]\]", r".\1", name[0]))
    if value is not None:
        return re.sub(r"\{\{(.*?)\}\}", lambda m: _worth(m[1], names, depth + 1), value)
    default = _DEFAULT.search(said)
    return next((g for g in default.groups() if g is not None), MARK) if default is not None else MARK


def known_beside(look: Callable[[str], bytes | None], path: str) -> dict[str, str]:
    """The variables that Ansible has for a template: of all hosts, then of its role."""
    found: dict[str, str] = {}
    folders = [parent(path)]
    while folders[-1] not in ("", ".") and len(folders) < HIGHEST:
        folders.append(parent(folders[-1]))
    for folder in reversed(folders):
        for name in (*_ABOVE, *(_BESIDE if folder == parent(parent(path)) else ())):
            for ending in (".yml", ".yaml"):
                content = look(f"{folder}/{name}{ending}".removeprefix("./"))
                found |= _scalars(content) if content is not None and len(found) < MOST_NAMES else {}
    return found


def _scalars(content: bytes) -> dict[str, str]:
    try:
        roots = documents(content, tagged=True)
    except YamlError:
        return {}
    return dict(pair for root in roots for pair in _flat(table(root), "", 0))


def _flat(node: Table, before: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in list(node.entries.items())[:MOST_NAMES]:
        if isinstance(value, Text) and not value.null:
            yield before + name, value.text
        elif isinstance(value, Table) and depth < DEEPEST:
            yield from _flat(value, f"{before}{name}.", depth + 1)


def restored(value: T, paths: Mapping[str, str]) -> T:
    """The value with holes where its texts have the mark, with the paths that stand for others, and without settings of which
    nothing is known and processes without a name."""
    found: object = value
    if isinstance(value, str):
        found = paths.get(value) or value.replace(MARK, HOLE)
    elif isinstance(value, tuple):
        parts = (restored(part, paths) for part in value)
        found = tuple(p for p in parts if not _says_nothing(p))
    elif isinstance(value, Location):
        found = dataclasses.replace(value, path=paths.get(value.path, value.path))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            f.name: (old, restored(old, paths)) for f in dataclasses.fields(value) if (old := getattr(value, f.name)) is not None
        }
        changed = {name: new for name, (old, new) in fields.items() if new is not old and new != old}
        found = dataclasses.replace(value, **changed) if changed else value
    return found  # type: ignore[return-value]


def _says_nothing(part: object) -> bool:
    """A setting whose value, or a process whose name, is not known at all."""
    return (isinstance(part, Setting) and part.value == HOLE) or getattr(part, "name", "") == HOLE
