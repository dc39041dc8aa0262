"""The structure of shell text: lists of commands, conditions, cases, groups and functions. Nothing is evaluated here.

Here-documents and arithmetic are not understood; what cannot be told from a line is left out, and no text makes it fail.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from flowmap.project.shell_tests import printed_variable

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 200_000
_LONGEST_QUOTATION = 40
_DEEPEST = 60
_ENDS = frozenset({"&&", "||", ";", ";;", ";&", ";;&", "&", "|", "|&", "\n"})
_REDIRECTIONS = re.compile(r"[<>]+&?|&>>?")
_CLOSERS = frozenset({"then", "elif", "else", "fi", "do", "done", "esac", ")", "}"})
_NAME = re.compile(r"[A-Za-z_][\w-]*")
_PUNCTUATION = re.compile(r"[();<>|&]+")
_OPERATORS = re.compile(r";;&|;;|;&|&&|\|\||\|&|&>>?|[<>]+&?|[()&|;]")
COUNT = "__argument_count"
"""The name under which `$#` stands in the words."""
SPLIT = "\ue001"
"""Behind a word that is one variable without quotation marks: its value is as many words as it has."""
_BARE = re.compile(r"""'[^']*'|"(?:\\.|[^"\\])*"|(?P<bare>(?<!\S)\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})(?=[\s;&|)]|$))""")


@dataclass(frozen=True, slots=True)
class Words:
    """A simple command as it is written, and the separator behind it."""

    words: tuple[str, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Group:
    """Commands that run together."""

    body: Commands
    end: str = ";"


@dataclass(frozen=True, slots=True)
class Loop:
    """A body that is run while `test` holds, or, without a test, once for each of `words` under the name `variable`."""

    test: Commands | None
    variable: str
    words: tuple[str, ...]
    body: Commands
    end: str = ";"


@dataclass(frozen=True, slots=True)
class If:
    """Conditions with what they lead to, in order; `otherwise` where none holds."""

    branches: tuple[tuple[Commands, Commands], ...]
    otherwise: Commands
    end: str = ";"


@dataclass(frozen=True, slots=True)
class Case:
    """A word, and for each alternative its patterns and commands."""

    word: str
    branches: tuple[tuple[tuple[str, ...], Commands], ...]
    end: str = ";"


@dataclass(frozen=True, slots=True)
class Function:
    """A function that the text defines."""

    name: str
    body: Commands
    end: str = ";"


Command: TypeAlias = "Words | Group | Loop | If | Case | Function"
Commands: TypeAlias = tuple[Command, ...]


def parse(text: str) -> Commands:
    """The commands of a text; a closing word that closes nothing is left out."""
    joined = text[:_LONGEST].replace("\\\r\n", " ").replace("\\\n", " ")
    reader = _Reader([t for line in _logical_lines(joined) for t in (*_tokens(line)[0], "\n")])
    found: list[Command] = []
    while reader.now is not None:
        found += reader.commands(0)
        reader.take()
    return tuple(found)


class _Reader:
    """The tokens, and how far they are read."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    @property
    def now(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def take(self) -> str:
        piece = self.now or ""
        self.at += 1
        return piece

    def commands(self, depth: int) -> Commands:
        """Commands up to a word that closes what is around them, or `;;`; that one is not taken."""
        found: list[Command] = []
        while self.now is not None and self.now not in _CLOSERS and not self.now.startswith(";;") and depth < _DEEPEST:
            if self.now in _ENDS:
                self.take()
                continue
            found.append(self.command(depth + 1))
        return tuple(found)

    def command(self, depth: int) -> Command:
        match self.now:
            case "if":
                return self.condition(depth)
            case "case":
                return self.case(depth)
            case "for" | "while" | "until" | "select":
                return self.loop(depth)
            case "(" | "{":
                return self.group(depth)
            case "function":
                self.take()
                return self.function(depth, self.take())
            case "!" | "time":
                self.take()
                return Words(("!",), ";") if self.now in {None, "\n"} else self.command(depth)
        if self.tokens[self.at + 1 : self.at + 3] == ["(", ")"]:
            return self.function(depth, self.take())
        return self.words()

    def words(self) -> Words:
        found: list[str] = []
        test = self.now == "[["
        while self.now is not None and self.now != "\n":
            piece = self.now
            if piece == "]]":
                test = False
            elif piece == "(" and found and found[-1].endswith("$"):
                found[-1] += printed_variable(self.substitution())
                continue
            elif not test and (piece in _ENDS or piece in {"(", ")"}):
                break
            elif _REDIRECTIONS.fullmatch(piece) and not test:
                if found and found[-1].isdigit():
                    found.pop()
                self.at += 2
                continue
            found.append(self.take())
        if self.now == "(":
            self.take()
        return Words(tuple(found), self.end())

    def substitution(self) -> list[str]:
        """Goes on behind `(command)` of a `$(command)`, and gives the words of that: what it prints is unknown."""
        open_ones, words = 0, list[str]()
        while self.now not in {None, "\n"}:
            piece = self.take()
            open_ones += {"(": 1, ")": -1}.get(piece, 0)
            if open_ones == 0:
                break
            words.append(piece)
        return words[1:]

    def end(self) -> str:
        """The separator behind a command; one that closes a branch of a case stays."""
        return self.take() if self.now in _ENDS and not (self.now or "").startswith(";;") else ";"

    def expect(self, *words: str) -> None:
        """Goes on behind the next of these words, if what is read stands before one."""
        if self.now in words:
            self.take()

    def condition(self, depth: int) -> If:
        branches: list[tuple[Commands, Commands]] = []
        otherwise: Commands = ()
        while self.now in {"if", "elif"}:
            self.take()
            test = self.commands(depth)
            self.expect("then")
            branches.append((test, self.commands(depth)))
        if self.now == "else":
            self.take()
            otherwise = self.commands(depth)
        self.expect("fi")
        return If(tuple(branches), otherwise, self.end())

    def loop(self, depth: int) -> Loop:
        kind = self.take()
        if kind in {"while", "until"}:
            test: Commands | None = self.commands(depth)
            header: tuple[str, ...] = ()
            if kind == "until":
                test = (*(test or ()), Words(("!",), ";"))  # nobody knows how often
        else:
            test, header = None, self.header()
        self.expect("do")
        body = self.commands(depth)
        self.expect("done")
        return Loop(test, header[0] if header else "", header[2:], body, self.end())

    def header(self) -> tuple[str, ...]:
        """`name in word ...` of a `for`, which may stand without words for all arguments."""
        found: list[str] = []
        while self.now not in {None, "do"}:
            piece = self.take()
            found += [] if piece in _ENDS else [piece]
        return tuple(found) if len(found) > 1 else (*found, "in", "$@")

    def group(self, depth: int) -> Group:
        closing = {"(": ")", "{": "}"}[self.take()]
        body = self.commands(depth)
        self.expect(closing)
        return Group(body, self.end())

    def function(self, depth: int, name: str) -> Function | Words:
        while self.now in {"(", ")", "\n"} and not (self.now == "(" and self.tokens[self.at + 1 : self.at + 2] != [")"]):
            self.take()
        if not _NAME.fullmatch(name) or self.now not in {"{", "("}:
            return Words((), ";")
        body = self.group(depth)
        return Function(name, body.body, body.end)

    def case(self, depth: int) -> Case:
        self.take()
        word = self.take()
        while self.now in {"in", "\n"}:
            self.take()
        branches: list[tuple[tuple[str, ...], Commands]] = []
        while self.now not in {None, "esac"}:
            if self.now == "\n" or (self.now or "").startswith(";"):
                self.take()
                continue
            before = self.at
            patterns = self.patterns()
            branches.append((patterns, self.commands(depth)))
            if self.at == before or (self.now in _CLOSERS and self.now != "esac"):
                self.take()
        self.expect("esac")
        return Case(word, tuple(branches), self.end())

    def patterns(self) -> tuple[str, ...]:
        found: list[str] = []
        while self.now not in {None, ")", "\n", "esac"}:
            piece = self.take()
            if piece not in {"|", "("}:
                found.append(piece)
        self.expect(")")
        return tuple(found)


def _logical_lines(text: str) -> Iterator[str]:
    """Lines, those that a quotation joins together; a quotation that never ends joins nothing."""
    waiting: list[str] = []
    for line in text.splitlines():
        waiting.append(line)
        if _tokens("\n".join(waiting))[1]:
            yield "\n".join(waiting)
            waiting = []
        elif len(waiting) > _LONGEST_QUOTATION:
            yield from waiting
            waiting = []
    yield from waiting


def _marked(match: re.Match[str]) -> str:
    return match[0] + SPLIT if match["bare"] else match[0]


def _tokens(line: str) -> tuple[list[str], bool]:
    """The tokens of a line up to where they cannot be told, and whether that is its end."""
    lexer = shlex.shlex(_BARE.sub(_marked, line.replace("$#", f"${COUNT}")), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = "#"
    tokens: list[str] = []
    try:
        for piece in lexer:
            tokens += _OPERATORS.findall(piece) if _PUNCTUATION.fullmatch(piece) else [piece]
    except ValueError:
        return tokens, False
    return tokens, True
