"""Shell text as a list of simple commands, each with the folder and the variables it runs with.

This reads start scripts and command lines, it does not run them: conditions count as taken, what a command prints is unknown,
and functions, here-documents and arithmetic are skipped.
"""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.project.interpolation import interpolate

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS = frozenset({"&&", "||", ";", ";;", "&", "|", "|&", "(", ")", "{", "}", "\n"})
_REDIRECTIONS = re.compile(r"[<>]+&?|&>>?")
_CONTROL = frozenset({"if", "then", "elif", "else", "fi", "do", "done", "while", "until", "!", "time", "{", "}"})
_SKIPPED = frozenset({"for", "case", "esac", "function", "in", "[", "[[", "test", "echo", "set", "trap", "return"})
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_LONGEST = 200_000
_LONGEST_QUOTATION = 40


@dataclass(frozen=True, slots=True)
class Simple:
    """One command. `folder` is where `cd` has led, as written; `background` that the script does not wait for it."""

    words: tuple[str, ...]
    folder: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    background: bool = False


def simple_commands(text: str, variables: tuple[tuple[str, str], ...] = ()) -> tuple[Simple, ...]:
    """The commands of `text` in order, with what is known of `variables` and of the text's own assignments put in."""
    known = dict(variables)
    given: dict[str, str] = {}
    folder = ""
    found: list[Simple] = []
    for raw, end in _split(text):
        words, own = _assignments([interpolate(w, known).text if w != "$@" else w for w in raw])
        if not words:
            known |= own
            given |= own
        elif words[0] == "export":
            exported = _assignments(words[1:])[1]
            known |= exported
            given |= exported
        elif words[0] in ("cd", "pushd") and len(words) > 1:
            folder = posixpath.join(folder, words[1])
        elif words[0] not in _SKIPPED:
            settings = tuple({**given, **own}.items())
            found.append(Simple(tuple(words), folder, settings, background=end == "&"))
    return tuple(found)


def _assignments(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """The words behind leading `NAME=value` words, and those."""
    own: dict[str, str] = {}
    for index, word in enumerate(words):
        match = _ASSIGNMENT.fullmatch(word)
        if match is None:
            return words[index:], own
        own[match[1]] = match[2]
    return [], own


def _split(text: str) -> list[tuple[list[str], str]]:
    """The words of each command, and the separator that ends it."""
    found: list[tuple[list[str], str]] = []
    for line in _logical_lines(text[:_LONGEST].replace("\\\r\n", " ").replace("\\\n", " ")):
        words: list[str] = []
        skip = False
        subshells = 0
        for piece in [*_tokens(line)[0], "\n"]:
            if piece in _SEPARATORS:
                # A `)` that closes nothing, behind one bare word, ends the label of a `case`, not a command.
                if words and not (piece == ")" and len(words) == 1 and not subshells):
                    found.append((words, piece))
                subshells += {"(": 1, ")": -1}.get(piece, 0)
                words = []
            elif _REDIRECTIONS.fullmatch(piece):
                skip = True
                if words and words[-1].isdigit():
                    words.pop()
            elif skip:
                skip = False
            elif words or piece not in _CONTROL:
                words.append(piece)
    return found


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


def _tokens(line: str) -> tuple[list[str], bool]:
    """The tokens of a line up to where they cannot be told, and whether that is its end."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = "#"
    tokens: list[str] = []
    try:
        tokens.extend(lexer)
    except ValueError:
        return tokens, False
    return tokens, True
