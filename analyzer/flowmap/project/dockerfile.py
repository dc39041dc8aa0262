"""Dockerfile syntax: text to instructions, and a list of shell or JSON words.

What the instructions do together is the business of `images`.
"""

from __future__ import annotations

import json
import posixpath
import re
import shlex
from collections.abc import Iterable, Iterator

from flowmap.descriptor_api import Instruction

_ESCAPE = re.compile(r"#\s*escape\s*=\s*(\S)", re.IGNORECASE)
_KEYWORD = re.compile(r"\s*([A-Za-z]+)(?:\s+(.*))?$", re.DOTALL)
HEREDOC = re.compile(r"<<-?\s*([\"']?)([A-Za-z_]\w*)\1")
_REDIRECTED = re.compile(r"\bcat\b[^|;&>]*>{1,2}\s*([\w./-]+)|\btee\b(?:\s+-a)?\s+([\w./-]+)")
_ECHOED = re.compile(r"""\b(?:echo|printf)\s+(?:-e\s+)?(?:"((?:\\.|[^"\\])*)"|'([^']*)')\s*>{1,2}\s*([\w./-]+)""")
_QUOTED = re.compile(r'"([^"]*)"')
_SAYS_NOTHING = re.compile(r"[\s$*?\[:<]|^[./]*$")
"""What stands for files that nobody can tell by it."""
_LIMIT = 20_000


def instructions(text: str) -> tuple[Instruction, ...]:
    """The instructions of a Dockerfile in order; lines that are none are skipped."""
    lines = text.splitlines()[:_LIMIT]
    escape = _escape(lines)
    found: list[Instruction] = []
    at = 0
    while at < len(lines):
        start = at
        joined, at = _logical_line(lines, at, escape)
        match = _KEYWORD.match(joined)
        if match is None or joined.lstrip().startswith("#"):
            continue
        keyword = match[1].upper()
        documents: tuple[str, ...] = ()
        if keyword in ("RUN", "COPY", "ADD"):
            documents, at = _heredocs(lines, at, joined)
        found.append(Instruction(keyword, (match[2] or "").strip(), start + 1, documents))
    return tuple(found)


def _escape(lines: list[str]) -> str:
    """The character that continues a line, from the parser directives at the top."""
    for line in lines:
        if not line.startswith("#"):
            break
        if match := _ESCAPE.match(line):
            return match[1]
    return "\\"


def _logical_line(lines: list[str], at: int, escape: str) -> tuple[str, int]:
    """A line with its continuations, and the number of the line behind them. Comments and blank lines may stand between."""
    pieces: list[str] = []
    while at < len(lines):
        line = lines[at].rstrip()
        at += 1
        if pieces and (not line.strip() or line.lstrip().startswith("#")):
            continue
        if not line.endswith(escape) or (not pieces and line.lstrip().startswith("#")):
            pieces.append(line)
            break
        pieces.append(line[: -len(escape)])
    return " ".join(pieces), at


def _heredocs(lines: list[str], at: int, line: str) -> tuple[tuple[str, ...], int]:
    """The here-documents that `line` opens, and the number of the line behind them."""
    found: list[str] = []
    for _, name in HEREDOC.findall(line):
        start = at
        while at < len(lines) and lines[at].strip() != name:
            at += 1
        found.append("\n".join(lines[start:at]))
        at += 1
    return tuple(found), at


def written_files(step: Instruction) -> Iterator[tuple[str, str]]:
    """The files whose text stands in the recipe itself: (path, text). `COPY <<EOF /start.sh`, `RUN cat > /start.sh <<EOF`,
    `RUN echo 'python app.py' > /start.sh`; what is appended to a file is given as if it were all of it."""
    names = [name for _, name in HEREDOC.findall(step.text)]
    if step.keyword in ("COPY", "ADD"):
        target = step.text.split()[-1]
        for name, text in zip(names, step.documents, strict=False):
            yield posixpath.join(target, name) if target.endswith("/") else target, text
        return
    for path, text in zip(_REDIRECTED.findall(step.text), step.documents, strict=False):
        yield path[0] or path[1], text
    for double, single, path in _ECHOED.findall(step.text):
        yield path, (double.replace('\\"', '"') or single).replace("\\n", "\n")


def shell_words(text: str) -> list[str]:
    """The words of an instruction, as a shell takes them apart where it can."""
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()


def copied(steps: Iterable[Instruction]) -> Iterator[str]:
    """The files and folders that are copied by name from the context, seen from there."""
    for step in steps:
        if step.keyword in ("COPY", "ADD") and not step.documents and "--from=" not in step.text:
            operands = [w for w in json_words(step.text) or shell_words(step.text) if not w.startswith("--")]
            for source in operands[:-1]:
                plain = posixpath.normpath(source.lstrip("/"))
                if not _SAYS_NOTHING.search(plain):
                    yield plain


def json_words(text: str) -> tuple[str, ...] | None:
    """The words of the exec form (`["python", "app.py"]`); None if the text is no list of texts."""
    if not text.startswith("["):
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    return None


def command_words(text: str) -> tuple[str, ...]:
    """The argument vector of CMD or ENTRYPOINT: the shell form is what the shell is given."""
    words = json_words(text)
    if words is not None:
        return words
    if text.startswith('["'):
        # Meant as a list and misspelt: the build passes, and readers know what is meant.
        return tuple(_QUOTED.findall(text))
    return ("sh", "-c", text) if text else ()
