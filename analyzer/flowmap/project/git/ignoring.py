"""Which paths git leaves out of a working tree: the patterns of .gitignore and of info/exclude. They come with the scanned
repository, so that a match may take no longer than the lengths of both allow; a regular expression could take for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Token: TypeAlias = tuple[str, str]
"""A letter, any letter, any letters (`*`), or one of several (`[`, with what stands in the brackets)."""
_LETTER, _ANY, _MANY, _SOME = "letter", "?", "*", "["
_ANY_FOLDERS: tuple[Token, ...] = (("**", ""),)
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a .gitignore in the folder `base` ("" or with a slash at its end), folder by folder; one without a slash speaks of
    names at any depth (`anywhere`). `ignores` is false for an exception, `folders` true where files are not meant."""

    base: str
    parts: tuple[tuple[Token, ...], ...]
    ignores: bool
    folders: bool
    anywhere: bool

    def fits(self, path: str, *, folder: bool) -> bool:
        """Whether it speaks of a path below its folder."""
        if self.folders and not folder:
            return False
        below = path.removeprefix(self.base).split("/")
        return _matches(self.parts[0], below[-1]) if self.anywhere else _leads(self.parts, below)


def patterns(file: Path, base: str) -> Iterator[Pattern]:
    """The patterns in a file; none if it is no file."""
    if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST:
        return
    for line in file.read_bytes().decode("utf-8", "surrogateescape").splitlines():
        said = line if line.endswith("\\ ") else line.rstrip()
        if not said or said.startswith("#"):
            continue
        ignores = not said.startswith("!")
        said = said.removeprefix("!")
        names = said.strip("/").split("/")
        anywhere = "/" not in said.rstrip("/")
        parts = tuple(_ANY_FOLDERS if name == "**" else tuple(_tokens(name)) for name in names)
        yield Pattern(base, parts, ignores, said.endswith("/"), anywhere and names != ["**"])


def is_ignored(path: str, rules: Sequence[Pattern], *, folder: bool) -> bool:
    """Whether the last pattern that speaks of a path says that it is left out."""
    return next((rule.ignores for rule in reversed(rules) if rule.fits(path, folder=folder)), False)


def _tokens(name: str) -> Iterator[Token]:
    at = 0
    while at < len(name):
        character, end = name[at], _closing(name, at)
        if character == "\\" and at + 1 < len(name):
            yield _LETTER, name[at + 1]
            at += 1
        elif character in (_ANY, _MANY):
            yield character, ""
        elif end:
            yield _SOME, name[at + 1 : end]
            at = end
        else:
            yield _LETTER, character
        at += 1


def _closing(name: str, at: int) -> int:
    """Where the bracket ends that opens here; 0 if none does, or it never ends."""
    if name[at] != _SOME:
        return 0
    first = at + 2 if name[at + 1 : at + 2] in ("!", "^") else at + 1
    return max(name.find("]", first + 1), 0)


def _matches(tokens: Sequence[Token], name: str) -> bool:
    """Whether a name is one that the tokens mean; of several `*` only the last one is ever tried anew."""
    here = there = 0
    star, since = -1, 0
    while there < len(name):
        if here < len(tokens) and tokens[here][0] == _MANY:
            star, since = here, there
            here += 1
        elif here < len(tokens) and _is(tokens[here], name[there]):
            here, there = here + 1, there + 1
        elif star >= 0:
            since += 1
            here, there = star + 1, since
        else:
            return False
    return all(kind == _MANY for kind, _ in tokens[here:])


def _is(token: Token, character: str) -> bool:
    kind, text = token
    if kind != _SOME:
        return kind == _ANY or text == character
    inside = text.removeprefix("!").removeprefix("^") if text[:1] in ("!", "^") else text
    return _among(inside, character) is not (text[:1] in ("!", "^"))


def _among(inside: str, character: str) -> bool:
    at = 0
    while at < len(inside):
        if inside[at + 1 : at + 2] == "-" and at + 2 < len(inside):
            if inside[at] <= character <= inside[at + 2]:
                return True
            at += 3
        elif inside[at] == character:
            return True
        else:
            at += 1
    return False


def _leads(parts: Sequence[tuple[Token, ...]], names: Sequence[str]) -> bool:
    """Whether folders and names lead where the parts say: the states of all ways at once, so that no way is gone twice."""
    states = {0}
    for name in (*names, None):
        states |= {s + 1 for s in sorted(states) if s < len(parts) and parts[s] is _ANY_FOLDERS and s + 1 < len(parts)}
        if name is None:
            break
        stay = {s for s in states if s < len(parts) and parts[s] is _ANY_FOLDERS}
        go = {s + 1 for s in states if s < len(parts) and parts[s] is not _ANY_FOLDERS and _matches(parts[s], name)}
        last = {len(parts) for s in stay if s == len(parts) - 1}
        states = stay | go | last
    return len(parts) in states
