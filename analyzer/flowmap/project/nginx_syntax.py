"""The directives of an nginx configuration as a tree, with their lines. Templates for `envsubst` are read as they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"#[^\n]*|\n|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[{};]|(?:\$\{\w+\}|\\.|[^\s{};\"'#\\]|(?<=\S)#|\{\d+(?:,\d*)?\})+"
)
_DEEPEST = 20
_MOST = 100_000


@dataclass(slots=True)
class Directive:
    """A directive with its arguments, and those in its block. `cut` is the line from which on a whole file is not read
    because it holds more, or is deeper, than people write; 0 if there is none."""

    name: str
    arguments: tuple[str, ...]
    line: int
    block: list[Directive] = field(default_factory=list)
    cut: int = 0

    def all(self, name: str) -> Iterator[Directive]:
        """The directives of a name in the block itself."""
        return (d for d in self.block if d.name == name)


def directives(text: str) -> Directive:
    """The whole file as one block; what is not closed is closed by the end, and what is more than people write is left out
    and said (`cut`)."""
    top = Directive("", (), 1)
    stack = [top]
    words: list[str] = []
    line = first = 1
    for count, match in enumerate(_TOKEN.finditer(text)):
        word = match[0]
        if count > _MOST or (word == "{" and len(stack) >= _DEEPEST):
            top.cut = line
            break
        if word == "\n":
            line += 1
        elif word in ("{", ";"):
            if words:
                stack[-1].block.append(Directive(words[0].rstrip(":"), tuple(words[1:]), first))
            if word == "{":
                stack.append(stack[-1].block[-1] if words else Directive("", (), line))
            words = []
        elif word == "}":
            words = []
            if len(stack) > 1:
                stack.pop()
        elif not word.startswith("#"):
            first = first if words else line
            words.append(word[1:-1] if word[0] in "\"'" else word)
            line += word.count("\n")
    return top
