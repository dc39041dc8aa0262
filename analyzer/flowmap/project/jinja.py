"""Deployment files that are templates of Jinja (`docker-compose.yml.j2`): read under the names that they are rendered to.

Statements are blanked, so that every branch counts and a loop's body once; each line keeps its number. What an expression is
worth is known of literals, of what the template sets, of defaults, and of the variables that Ansible keeps beside it; anything
else is a hole.
"""

from __future__ import annotations

import dataclasses
import re
from functools import lru_cache, partial
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
LONGEST = 1_000
"""Letters of an expression; a longer one is not known."""
_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RAW, _ENDRAW = re.compile(r"[-+]?\s*raw\s*[-+]?"), re.compile(r"\{%[-+]?\s{0,20}endraw\s{0,20}[-+]?%\}")
_SET = re.compile(r"[-+]?\s*set\s+(\w+)\s*=\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))\s*[-+]?")
_TEXT = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[['\"]\w+['\"]\])*")
_DEFAULT = re.compile(r"\|\s*(?:default|d)\s*\(\s*(?:'([^']*)'|\"([^\"]*)\"|(\d+))")
_KEPT = re.compile(r"(?:\|\s*(?:default|d|string|trim|quote|mandatory|int)\b\s*(?:\([^()]*\)\s*)?)*")
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
    tags = list(_tags(text))
    stated = (_SET.fullmatch(t.inner) for t in tags if t.kind == "{%" and len(t.inner) < LONGEST)
    names = {**known(), **{m[1]: next(g for g in m.groups()[1:] if g is not None) for m in stated if m is not None}}
    values, branches, pieces, end, blank = _Values(names), _Branches(), list[str](), 0, True
    for tag in tags:
        pieces.append(branches.kept(text[end : tag.start]))
        *lines_before, line = text[end : tag.start].rsplit("\n", 1)
        blank = (blank or bool(lines_before)) and not line.strip()
        if tag.kind == "{%":
            branches.meet(tag.inner, within=not blank)
        blank = blank and tag.kind != "{{"
        worth = values.worth(tag.inner) if tag.kind == "{{" else tag.inner if tag.kind == "raw" else ""
        lines = "\n" * (text.count("\n", tag.start, tag.end) - worth.count("\n"))
        pieces.append(branches.kept(worth) + lines)
        end = tag.end
    return "".join([*pieces, branches.kept(text[end:])])


@dataclasses.dataclass(frozen=True, slots=True)
class _Tag:
    """An expression (`{{`), a statement (`{%`), a note (`{#`) or a piece that is left as it is (`raw`), and where it stands."""

    kind: str
    start: int
    end: int
    inner: str


def _tags(text: str) -> Iterator[_Tag]:
    """The tags of a template; what is opened and never closed is text."""
    end, never = 0, set[str]()
    for opened in _OPENING.finditer(text):
        kind, start = opened[0], opened.start()
        if start < end or kind in never:
            continue
        closed = text.find(_CLOSING[kind], opened.end())
        if closed < 0:
            never.add(kind)
            continue
        inner, end = text[opened.end() : closed], closed + 2
        if kind == "{%" and len(inner) < LONGEST and _RAW.fullmatch(inner) and "raw" not in never:
            over = _ENDRAW.search(text, end)
            if over is None:
                never.add("raw")
            else:
                kind, inner, end = "raw", text[end : over.start()], over.end()
        yield _Tag(kind, start, end, inner)


class _Branches:
    """The conditions around a place. Of one that begins within a line only the first branch counts: it is one value."""

    def __init__(self) -> None:
        self._around: list[tuple[bool, bool]] = []  # whether it stands within a line, whether its first branch is over

    def meet(self, statement: str, *, within: bool) -> None:
        """Takes note of a statement that stands within a line or on lines of its own."""
        found = re.search(r"\w+", statement)
        word = found[0] if found is not None else ""
        if word == "if":
            self._around.append((within, False))
        elif word in {"elif", "else"} and self._around:
            self._around[-1] = (self._around[-1][0], True)
        elif word == "endif" and self._around:
            self._around.pop()

    def kept(self, text: str) -> str:
        """The text, or its ends of lines where a branch does not count."""
        return "\n" * text.count("\n") if any(within and over for within, over in self._around) else text


class _Values:
    """What expressions are worth; each variable is worked out once."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._done: dict[str, str] = {}
        self._depth = 0

    def worth(self, expression: str) -> str:
        """What an expression gives; the mark where nobody can say."""
        said = expression.strip().strip("-+").strip() if len(expression) < LONGEST else ""
        if (text := _TEXT.fullmatch(said)) is not None:
            return text[1] if text[1] is not None else text[2]
        name = _NAME.match(said)
        if name is None or not _KEPT.fullmatch(said[name.end() :].lstrip()):
            return MARK
        value = self._value(re.sub(r"\[['\"](\w+)['\"]\]", r".\1", name[0]))
        if value is not None:
            return value
        default = _DEFAULT.search(said)
        return next((g for g in default.groups() if g is not None), MARK) if default is not None else MARK

    def _value(self, name: str) -> str | None:
        if name not in self._done and name in self._names:
            self._done[name] = MARK  # one that is made of itself is not known
            self._depth += 1
            said = self._names[name][:LONGEST] if self._depth < DEEPEST else MARK
            found = re.sub(r"\{\{([^{}]*)\}\}", lambda m: self.worth(m[1]), said)
            self._done[name] = found if len(found) < LONGEST else MARK
            self._depth -= 1
        return self._done.get(name)


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
                found |= dict(_scalars(content)) if content is not None and len(found) < MOST_NAMES else {}
    return found


@lru_cache(maxsize=64)
def _scalars(content: bytes) -> tuple[tuple[str, str], ...]:
    """The texts of a file of variables by their dotted names; the same few files belong to many templates."""
    try:
        roots = documents(content, tagged=True)
    except YamlError:
        return ()
    return tuple(pair for root in roots for pair in _flat(table(root), "", 0))


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
