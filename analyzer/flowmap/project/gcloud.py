"""Commands of gcloud as they stand in scripts, Cloud Build and workflows, with the plain variables put in that were set before.

A script is read line by line: what stands in its conditions and functions counts.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Diagnostic, Location
from flowmap.project.bounds import cut
from flowmap.project.interpolation import interpolate
from flowmap.project.paths import base
from flowmap.project.workflow_files import HOLE, is_workflow, scripts_of
from flowmap.project.yaml_nodes import YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_ASSIGNED = re.compile(r"\s*(?:export\s+|readonly\s+|local\s+)?([A-Za-z_]\w*)\s*[:?]?=\s*(\S.*)?")
_DESCRIBED = re.compile(
    r"""\s*(?:export\s+)?([A-Za-z_]\w*)="?[$`]\(?gcloud\s+run\s+services\s+describe\s+([^\s)]+).*\burl\b.*""", re.DOTALL
)
_COMMAND = re.compile(r"\bgcloud\s+(.*)", re.DOTALL)
_END = re.compile(r"^(?:&&|\|\|?|;|&|\d?>.*|<.*)$")
_SWITCHES = frozenset({
    "--allow-unauthenticated", "--no-allow-unauthenticated", "--gen2", "--no-gen2", "--quiet", "-q", "--trigger-http", "--retry",
    "--cpu-boost", "--no-cpu-throttling", "--no-traffic", "--async", "--v2", "--use-http2",
})  # fmt: skip
_MAKE = re.compile(r"\$\((\w+)\)")
_LONGEST = 5_000
_MOST_COMMANDS = 300
_LARGEST = 300_000
_TEMPLATE = re.compile(rb"\{\{|\{%|<%")


@dataclass(frozen=True, slots=True)
class Call:
    """One command: its words in front of the options and between them, and its options, each with all values that it is given."""

    words: tuple[str, ...]
    options: Mapping[str, tuple[str, ...]]
    where: Location

    def one(self, *names: str) -> str:
        return next((self.options[n][-1] for n in names if n in self.options), "")

    def all(self, *names: str) -> Iterator[str]:
        return (value for name in names for value in self.options.get(name, ()))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with those that it goes on in."""

    text: str
    first: int
    last: int


@dataclass(slots=True)
class Calls:
    """The commands of a file, and what of it is not read."""

    found: list[Call] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)


def calls_of(file: DescriptorFile) -> Calls:
    """The commands, in their order."""
    calls = Calls()
    if b"gcloud" not in file.content and b"deploy-cloudrun" not in file.content:
        return calls
    if len(file.content) > _LARGEST:
        calls.faults.append(Diagnostic(f"script of more than {_LARGEST:,} bytes that calls gcloud; it is not read", file.at(1)))
        return calls
    lines = _steps(file, calls) if file.path.endswith((".yml", ".yaml")) else _lines(file.text)
    calls.found = list(islice(_calls(file, lines, calls), _MOST_COMMANDS + 1))
    if len(calls.found) > _MOST_COMMANDS:
        calls.faults.append(cut(_MOST_COMMANDS, "commands of gcloud", calls.found.pop().where))
    return calls


def _lines(script: str) -> Iterator[_Line]:
    """The lines of a script with those that go on in the next one joined."""
    waiting: list[str] = []
    start = 1
    for number, line in enumerate(script.splitlines(), 1):
        start = start if waiting else number
        goes_on = line.rstrip().endswith("\\")
        waiting.append(line.rstrip()[:-1] if goes_on else line)
        if not goes_on:
            yield _Line(" ".join(waiting), start, number)
            waiting = []
    if waiting:
        yield _Line(" ".join(waiting), start, start)


def _steps(file: DescriptorFile, calls: Calls) -> Iterator[_Line]:
    """The substitutions of Cloud Build, and the commands of its steps: arguments of gcloud, or lines of a script."""
    try:
        root = next((table(d) for d in documents(file.content)), None)
    except YamlError as error:
        if not _TEMPLATE.search(file.content):
            what = "workflow" if is_workflow(file.path) else "configuration of Cloud Build"
            calls.faults.append(Diagnostic(f"{what} cannot be read: {error}", file.at(1)))
        return
    if root is not None and is_workflow(file.path):
        for part in scripts_of(root):
            yield from (_Line(line.text, part.line + line.first - 1, part.line + line.last - 1) for line in _lines(part.text))
        return
    for name, value in table(root.get("substitutions")).entries.items() if root is not None else ():
        yield _Line(f"{name}={text(value)}", value.line, value.line)
    for step in tables(root.get("steps")) if root is not None else ():
        arguments = texts(step.get("args"))
        if (text(step.get("entrypoint")) or base(text(step.get("name"))).partition(":")[0]) == "gcloud":
            words = " ".join(f'"{a}"' for a in arguments)
            yield _Line(f"gcloud {words}", step.at("args"), step.at("args"))
            continue
        for script in (*arguments, text(step.get("script"))):
            yield from (_Line(line.text, step.line, step.line) for line in _lines(script) if "gcloud" in script)


def _calls(file: DescriptorFile, lines: Iterable[_Line], calls: Calls) -> Iterator[Call]:
    """The commands of gcloud in lines, with the plain variables that were set before put in; any other is a hole."""
    variables: dict[str, str] = {}
    for line in lines:
        command, described = _COMMAND.search(line.text), _DESCRIBED.fullmatch(line.text)
        if described is not None:
            service = _filled(described[2].strip("'\""), variables)
            variables[described[1]] = f"https://{service}.run.app" if service is not None else HOLE
        elif command is None:
            assigned = _ASSIGNED.fullmatch(line.text)
            if assigned is not None:
                plain = "$(" not in (assigned[2] or "") and "`" not in (assigned[2] or "")
                value = _filled(next(iter(_words(assigned[2] or "")), ""), variables) if plain else None
                variables.pop(assigned[1], None)
                variables |= {assigned[1]: value} if value is not None else {}
        elif not line.text.lstrip().startswith("#"):
            where = Location(file.path, line.first, line.last)
            words = [_filled(w, variables) for w in takewhile(lambda w: not _END.match(w), _words(command[1]))]
            if None in words:
                said = f"word of more than {_LONGEST:,} characters in a command of gcloud; it is not read"
                calls.faults.append(Diagnostic(said, where))
            yield _call([HOLE if w is None else w for w in words], where)


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return line.replace('"', "").replace("'", "").split()


def _filled(word: str, variables: Mapping[str, str]) -> str | None:
    """A word with the variables in it, and a hole for each that is not known; None for a word that is too long."""
    spelt = _MAKE.sub(r"${\1}", word)
    if len(spelt) > _LONGEST:
        return None
    missing = interpolate(spelt, variables).missing
    filled = interpolate(spelt, {**dict.fromkeys(missing, HOLE), **variables}).text
    return filled if len(filled) <= _LONGEST else None


def _call(words: list[str], where: Location) -> Call:
    plain: list[str] = []
    options: dict[str, tuple[str, ...]] = {}
    at = 0
    while at < len(words):
        name, given, value = words[at].partition("=")
        at += 1
        if not name.startswith("--"):
            plain.append(words[at - 1])
            continue
        if not given and name not in _SWITCHES and at < len(words) and not words[at].startswith("--"):
            value = words[at]
            at += 1
        options[name] = (*options.get(name, ()), value)
    return Call(tuple(w for w in plain if w not in ("alpha", "beta", "-q")), options, where)
