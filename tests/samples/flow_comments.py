"""The trailing `# flow:` comments of the samples: what must be found on a line, and how a report is held against it.

Python comments are taken from the tokenizer, so that what looks like one inside a string does not count. YAML files are read line
by line. samples/README.md describes the syntax for those who write samples.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flowmap.extensions import load_plugins
from flowmap.model.interaction import Interaction, Role

TRANSPORTS = frozenset(
    word
    for plugin in load_plugins()
    for word in (plugin.transport, *(getattr(pattern, "transport", None) for pattern in plugin.patterns))
    if word
)
"""What the plugins know."""
ATTRIBUTES = {
    "publish": ("event", "exchange"),
    "subscribe": ("event", "exchange", "handler"),
    "call": ("timeout", "tries"),
    "serve": ("handler",),
}
_FLOW = re.compile(r"#\s*flow:(?P<text>.*?)(?:\s{2,}#.*)?$")
_NEARLY = re.compile(r"#\s*flow\b\W{0,3}(publish|subscribe|call|serve|blind|nothing)\b", re.IGNORECASE)
_METHOD = re.compile(r"[A-Z]+|\{\}")


class FlowCommentError(Exception):
    """A comment that cannot be understood; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One interaction that a line must have. `name` is the channel or the operation, None for a blind spot."""

    path: str
    line: int
    role: str
    transport: str
    name: str | None = None
    target: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        if self.name is None:
            return f"blind {self.role} {self.transport}"
        target = f" -> {self.target}" if self.target else ""
        return f"{self.role} {self.transport} {self.name}{target}" + "".join(f" {k}={v}" for k, v in self.attributes)


@dataclass(slots=True)
class Comments:
    """All that the comments of a system say. `nothing` are the lines on which nothing may be found."""

    expected: list[Expectation] = field(default_factory=list)
    nothing: set[tuple[str, int]] = field(default_factory=set)


def read_comments(root: Path) -> Comments:
    """The comments of all Python, YAML and Terraform files below a folder. Raises FlowCommentError for one that is malformed."""
    found = Comments()
    for path in sorted(p for p in root.rglob("*") if p.suffix in (".py", ".yml", ".yaml", ".tf", ".sh", ".toml")):
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        _add(found, name, python_comments(source) if path.suffix == ".py" else yaml_comments(source))
    return found


def parse(path: str, source: str) -> Comments:
    """The comments of one Python source."""
    found = Comments()
    _add(found, path, python_comments(source))
    return found


def python_comments(source: str) -> Iterator[tuple[int, str, bool]]:
    """Line, text and whether code stands before it, of each comment."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string, bool(token.line[: token.start[1]].strip())


def yaml_comments(source: str) -> Iterator[tuple[int, str, bool]]:
    """The same of a YAML or Terraform source: a comment begins at a `#` behind a space, outside quotes."""
    for number, line in enumerate(source.splitlines(), 1):
        quote = ""
        for column, character in enumerate(line):
            if quote:
                quote = "" if character == quote else quote
            elif character in "'\"":
                quote = character
            elif character == "#" and (column == 0 or line[column - 1].isspace()):
                yield number, line[column:], bool(line[:column].strip())
                break


def _add(found: Comments, path: str, comments: Iterable[tuple[int, str, bool]]) -> None:
    for line, comment, trailing in comments:
        match = _FLOW.search(comment)
        if match is None:
            if _NEARLY.search(comment):
                raise FlowCommentError(f"{path}:{line}: {comment!r} looks like a flow comment, which begins with '# flow:'")
            continue
        if not trailing:
            raise FlowCommentError(f"{path}:{line}: a flow comment stands behind code, on the line that it is about")
        parts = [p.strip() for p in re.split(r"\s;\s", match["text"] + " ")]
        if parts == ["nothing"]:
            found.nothing.add((path, line))
        else:
            found.expected += [expectation(path, line, part) for part in parts]


def expectation(path: str, line: int, text: str) -> Expectation:
    """What the words of a comment expect of a line. Raises FlowCommentError."""
    words = text.split()
    try:
        return _of_words(path, line, words)
    except ValueError as error:
        raise FlowCommentError(f"{path}:{line}: {text!r}: {error}") from error


def _of_words(path: str, line: int, words: list[str]) -> Expectation:
    if not words:
        raise ValueError("nothing is expected; say so with '# flow: nothing'")
    if words == ["nothing"]:
        raise ValueError("'nothing' stands alone")
    if words[0] == "blind":
        if len(words) != 3:
            raise ValueError("a blind spot is 'blind ROLE TRANSPORT'")
        return Expectation(path, line, _role(words[1]), _transport(words[2]))
    role = _role(words[0])
    if len(words) < 3:
        raise ValueError("expected 'ROLE TRANSPORT NAME'")
    transport, rest = _transport(words[1]), words[2:]
    name, rest = _name(role, transport, rest)
    target = None
    if role == "call":
        if rest[:1] != ["->"] or len(rest) < 2:
            raise ValueError("a call ends with '-> SERVICE' or '-> external:HOST'")
        target, rest = rest[1], rest[2:]
    return Expectation(path, line, role, transport, name, target, tuple(_attribute(role, word) for word in rest))


def _role(word: str) -> str:
    if word not in ATTRIBUTES:
        raise ValueError(f"unknown role '{word}'; known: {', '.join(ATTRIBUTES)}")
    return word


def _transport(word: str) -> str:
    if word not in TRANSPORTS:
        raise ValueError(f"unknown transport '{word}'")
    return word


def _name(role: str, transport: str, words: list[str]) -> tuple[str, list[str]]:
    """The channel or operation, and the words behind it. An HTTP operation is a method and a path."""
    if transport != "http":
        if "=" in words[0] or words[0] == "->":
            raise ValueError("the name is missing")
        return words[0], words[1:]
    if role not in ("call", "serve"):
        raise ValueError("nobody can publish or subscribe over http")
    if len(words) < 2 or not _METHOD.fullmatch(words[0]) or not words[1].startswith("/"):
        raise ValueError("an HTTP operation is 'METHOD /path'")
    return f"{words[0]} {words[1]}", words[2:]


def _attribute(role: str, word: str) -> tuple[str, str]:
    key, equals, value = word.partition("=")
    if not equals or not value:
        raise ValueError(f"'{word}' is no KEY=VALUE")
    if key not in ATTRIBUTES[role]:
        raise ValueError(f"a {role} has no '{key}'; known: {', '.join(ATTRIBUTES[role]) or 'none'}")
    return key, value


def compare(comments: Comments, interactions: Iterable[Interaction]) -> list[str]:
    """What differs, one line each: file:line, what was expected, what was found. Empty if all is as the comments say."""
    left = sorted(interactions, key=lambda i: (i.location.end_line - i.location.line, i.location))
    everything = tuple(left)
    missed: list[Expectation] = []
    for wanted in comments.expected:
        found = next((i for i in left if covers(i, wanted.path, wanted.line) and agrees(i, wanted)), None)
        if found is None:
            missed.append(wanted)
        else:
            left.remove(found)
    problems = [f"{w.path}:{w.line}: expected {w}; got {_instead(w, left, everything)}" for w in missed]
    problems += [f"{i.location}: expected nothing more; got {describe(i)}" for i in left]
    for path, line in comments.nothing:
        matched = [i for i in everything if covers(i, path, line) and i not in left]
        problems += [f"{path}:{line}: expected nothing; got {describe(i)}" for i in matched]
    return sorted(problems, key=_place)


def _place(problem: str) -> tuple[str, int, str]:
    path, line, rest = problem.split(":", 2)
    return path, int(line), rest


def _instead(wanted: Expectation, left: list[Interaction], everything: tuple[Interaction, ...]) -> str:
    here = [i for i in left if covers(i, wanted.path, wanted.line)]
    nearest = [i for i in here if (i.role, _plain(_name_of(i))) == (wanted.role, _plain(wanted.name))] or here
    if nearest:
        return " and ".join(describe(i) for i in nearest)
    elsewhere = [str(i.location) for i in everything if agrees(i, wanted)]
    return f"nothing here, but the same at {', '.join(elsewhere)}" if elsewhere else "nothing"


def covers(interaction: Interaction, path: str, line: int) -> bool:
    """Whether an interaction belongs to a line."""
    return interaction.location.path == path and interaction.location.line <= line <= interaction.location.end_line


def agrees(interaction: Interaction, wanted: Expectation) -> bool:
    """Whether an interaction is the expected one. Attributes that the comment leaves out are not compared."""
    if (interaction.role, interaction.transport) != (wanted.role, wanted.transport):
        return False
    if wanted.name is None:
        return _name_of(interaction) is None or (interaction.role is Role.CALL and interaction.target is None)
    if _plain(_name_of(interaction)) != _plain(wanted.name) or (wanted.role == "call" and interaction.target != wanted.target):
        return False
    return all(_has(interaction, key, value) for key, value in wanted.attributes)


def _name_of(interaction: Interaction) -> str | None:
    return interaction.operation if interaction.role in (Role.CALL, Role.SERVE) else interaction.channel


def _plain(name: str | None) -> str | None:
    """Operations without a slash at the end: who calls and who serves need not agree on it."""
    return name.rstrip("/") if name is not None and " /" in name else name


def _has(interaction: Interaction, key: str, value: str) -> bool:
    if key == "handler":
        return interaction.handler is not None and f".{interaction.handler.name}".endswith(f".{value}")
    return value == {"event": interaction.event, "exchange": interaction.exchange, **_patience(interaction)}.get(key)


def _patience(interaction: Interaction) -> dict[str, str | None]:
    """How long a call waits in seconds, and how often it is tried by all that tries it again, the outermost first."""
    timeout = interaction.timeout
    seconds = None if timeout is None or timeout.unknown else "none" if timeout.seconds is None else f"{timeout.seconds:g}"
    tries = ",".join("endless" if r.attempts is None else str(r.attempts) for r in interaction.retries)
    return {"timeout": seconds, "tries": tries or None}


def describe(interaction: Interaction) -> str:
    """An interaction in the words of the comments."""
    name = _name_of(interaction)
    found = f"{interaction.role} {interaction.transport} {name if name is not None else f'? ({interaction.unresolved})'}"
    if interaction.role is Role.CALL:
        found += f" -> {interaction.target or f'? ({interaction.unresolved})'}"
    known = {
        "event": interaction.event,
        "exchange": interaction.exchange,
        "handler": interaction.handler.name if interaction.handler else None,
        **_patience(interaction),
    }
    found += "".join(f" {k}={v}" for k, v in known.items() if v)
    return f"{found} [{interaction.service}]"
