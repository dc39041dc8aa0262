"""Go templates as trees: texts, actions, branches and named templates, each with its line. Nothing is carried out here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEPEST = 60
_MARK = re.compile(r"\"|`|/\*|-?\}\}")
_CLOSING = {'"': re.compile(r'"(?:\\.|[^"\\\n])*+"'), "`": re.compile(r"`[^`]*+`"), "/*": re.compile(r"/\*.*?\*/", re.DOTALL)}
_TOKEN = re.compile(
    r"\"(?:\\.|[^\"\\])*\"|`[^`]*`|'(?:\\.|[^'\\])'|:=|=|\||\(|,|\)(?:\.\w+)*|\$\w*(?:\.\w+)*|(?:\.\w+)+|\.|-?\d[\w.]*|[A-Za-z_]\w*"
)
_OPENING = frozenset({"if", "with", "range", "define", "block"})


class TemplateError(ValueError):
    """The text is no template, or asks for more than a template of people does."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text that stands as it is; `line` is that of its first character."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Action:
    """What is replaced by the value of an expression, given in tokens."""

    tokens: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Branch:
    """`if`, `with` or `range`: the condition and what then follows for each arm; the condition of `else` is empty."""

    keyword: str
    arms: tuple[tuple[tuple[str, ...], Body], ...]
    line: int


Body: TypeAlias = tuple["Words | Action | Branch", ...]


@dataclass(frozen=True, slots=True)
class Template:
    """What a file is, and the templates that it names."""

    body: Body
    named: dict[str, Body]


@dataclass(slots=True)
class _Open:
    """A block whose end has not come yet: what it is, and its arms so far, the last of them being filled."""

    keyword: str
    line: int
    arms: list[tuple[tuple[str, ...], list[Words | Action | Branch]]] = field(default_factory=list)


@lru_cache(maxsize=512)
def parsed(text: str) -> Template:
    """The tree of a template, which many charts may share. Raises TemplateError."""
    named: dict[str, Body] = {}
    stack = [_Open("", 1, [((), [])])]
    for piece in _pieces(text):
        body = stack[-1].arms[-1][1]
        if isinstance(piece, Words) or not piece.tokens or piece.tokens[0] not in {*_OPENING, "else", "end"}:
            body.append(piece)
        elif piece.tokens[0] == "end":
            _close(stack, named)
        elif piece.tokens[0] == "else":
            tokens = piece.tokens[1:]
            stack[-1].arms.append((tokens[1:] if tokens[:1] in (("if",), ("with",)) else tokens, []))
        else:
            if len(stack) > _DEEPEST:
                raise TemplateError(f"more than {_DEEPEST} levels in line {piece.line}")
            stack.append(_Open(piece.tokens[0], piece.line, [(piece.tokens[1:], [])]))
    if len(stack) > 1:
        raise TemplateError(f"the block that is opened in line {stack[-1].line} has no end")
    return Template(tuple(stack[0].arms[0][1]), named)


def _close(stack: list[_Open], named: dict[str, Body]) -> None:
    if len(stack) < 2:
        raise TemplateError("an end without a beginning")
    done = stack.pop()
    if done.keyword in ("define", "block"):
        tokens, body = done.arms[0]
        named[tokens[0].strip('"`') if tokens else ""] = tuple(body)
        if done.keyword == "block":
            stack[-1].arms[-1][1].append(Action(("template", *tokens), done.line))
    else:
        arms = tuple((tokens, tuple(body)) for tokens, body in done.arms)
        stack[-1].arms[-1][1].append(Branch(done.keyword, arms, done.line))


def _pieces(text: str) -> Iterator[Words | Action]:
    """Texts and actions in order; spaces are gone where a dash asks for it."""
    at, line, trimmed = 0, 1, False
    while (start := text.find("{{", at)) >= 0:
        inner = start + 2
        dash = text.startswith("-", inner) and text[inner + 1 : inner + 2].isspace()
        yield from _words(text[at:start], line, before=trimmed, after=dash)
        line += text.count("\n", at, start)
        end, at = _end(text, inner + dash, line)
        trimmed = text[end] == "-"
        content = text[inner + dash : end].strip()
        if not content.startswith("/*"):
            yield Action(tuple(_TOKEN.findall(content)), line)
        line += text.count("\n", start, at)
    yield from _words(text[at:], line, before=trimmed, after=False)


def _end(text: str, at: int, line: int) -> tuple[int, int]:
    """Where the action ends whose content begins at a place, and where the text goes on."""
    while (mark := _MARK.search(text, at)) is not None:
        if mark[0].endswith("}}"):
            return mark.start(), mark.end()
        closed = _CLOSING[mark[0]].match(text, mark.start())
        if closed is None:
            raise TemplateError(f"the text or note that is opened in the action of line {line} has no end")
        at = closed.end()
    raise TemplateError(f"the action that is opened in line {line} has no end")


def _words(text: str, line: int, *, before: bool, after: bool) -> Iterator[Words]:
    if before:
        rest = text.lstrip()
        line += text.count("\n", 0, len(text) - len(rest))
        text = rest
    if after:
        text = text.rstrip()
    if text:
        yield Words(text, line)
