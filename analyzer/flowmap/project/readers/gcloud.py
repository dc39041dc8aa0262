"""Commands of gcloud in scripts and in Cloud Build: what they deploy to Cloud Run and Cloud Functions, with which variables, and
which topics wake it.

A script is read line by line: what stands in its conditions and functions counts, and variables are those that it sets to plain
texts.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flowmap.descriptor_api import (
    Address,
    Conduit,
    Declarations,
    DeclaredProcess,
    DescriptorReader,
    Forward,
    Location,
    Setting,
    Wire,
)
from flowmap.project.interpolation import interpolate
from flowmap.project.paths import base, join, parent
from flowmap.project.programs import GENERIC_FOLDERS
from flowmap.project.yaml_nodes import YamlError, documents, table, tables, text, texts

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r".*\.(sh|bash)|Makefile|.*cloudbuild[\w.-]*\.ya?ml", re.IGNORECASE)
_ASSIGNED = re.compile(r"\s*(?:export\s+|readonly\s+|local\s+)?([A-Za-z_]\w*)\s*[:?]?=\s*(\S.*)?")
_COMMAND = re.compile(r"\bgcloud\s+(.*)", re.DOTALL)
_END = re.compile(r"^(?:&&|\|\|?|;|&|\d?>.*|<.*)$")
_SWITCHES = frozenset({
    "--allow-unauthenticated", "--no-allow-unauthenticated", "--gen2", "--no-gen2", "--quiet", "-q", "--trigger-http", "--retry",
    "--cpu-boost", "--no-cpu-throttling", "--no-traffic", "--async", "--v2", "--use-http2",
})  # fmt: skip
_MAKE = re.compile(r"\$\((\w+)\)")
_HOLE = "{}"
_LONGEST = 5_000
_MOST_COMMANDS = 300
_LARGEST = 300_000
_PUBLISHED = "type=google.cloud.pubsub.topic.v1.messagePublished"


@dataclass(frozen=True, slots=True)
class _Call:
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
class _Found:
    processes: list[DeclaredProcess] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    forwards: list[Forward] = field(default_factory=list)


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path)))


def _read(file: DescriptorFile) -> Declarations:
    if b"gcloud" not in file.content or len(file.content) > _LARGEST:
        return Declarations()
    found = _Found()
    lines = _steps(file) if file.path.endswith((".yml", ".yaml")) else _lines(file.text)
    for call in islice(_calls(file, lines), _MOST_COMMANDS):
        _stated(file, call, found)
    return Declarations(processes=tuple(found.processes), wires=tuple(found.wires), forwards=tuple(found.forwards))


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


def _steps(file: DescriptorFile) -> Iterator[_Line]:
    """The substitutions of Cloud Build, and the commands of its steps: arguments of gcloud, or lines of a script."""
    try:
        root = next((table(d) for d in documents(file.content)), None)
    except YamlError:
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


def _calls(file: DescriptorFile, lines: Iterable[_Line]) -> Iterator[_Call]:
    """The commands of gcloud in lines, with the plain variables that were set before put in; any other is a hole."""
    variables: dict[str, str] = {}
    for line in lines:
        command = _COMMAND.search(line.text)
        if command is None:
            assigned = _ASSIGNED.fullmatch(line.text)
            if assigned is not None and "$(" not in (assigned[2] or "") and "`" not in (assigned[2] or ""):
                value = next(iter(_words(assigned[2] or "")), "")
                variables[assigned[1]] = _filled(value, variables)
            elif assigned is not None:
                variables.pop(assigned[1], None)
        elif not line.text.lstrip().startswith("#"):
            words = [_filled(w, variables) for w in takewhile(lambda w: not _END.match(w), _words(command[1]))]
            yield _call(words, Location(file.path, line.first, line.last))


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        return line.replace('"', "").replace("'", "").split()


def _filled(word: str, variables: Mapping[str, str]) -> str:
    """A word with the variables in it; a hole for each that is not known."""
    spelt = _MAKE.sub(r"${\1}", word)
    missing = interpolate(spelt, variables).missing
    return interpolate(spelt, {**dict.fromkeys(missing, _HOLE), **variables}).text[:_LONGEST]


def _call(words: list[str], where: Location) -> _Call:
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
    return _Call(tuple(w for w in plain if w not in ("alpha", "beta", "-q")), options, where)


def _stated(file: DescriptorFile, call: _Call, found: _Found) -> None:
    match call.words:
        case ("run", "deploy", name, *_) | ("run", "jobs", ("deploy" | "create"), name, *_) if _told(name):
            found.processes.append(_process(file, call, name))
        case ("functions", "deploy", name, *_) if _told(name):
            found.processes.append(_process(file, call, name))
            found.wires += _woken(file, call, name)
        case ("eventarc", "triggers", "create", *_):
            topic, service = _topic(call.one("--transport-topic")), call.one("--destination-run-service")
            if topic and _told(service) and _PUBLISHED in _filters(call, "--event-filters"):
                found.wires.append(Wire("pubsub", topic, call.where, (service,), call.one("--destination-run-path") or "/"))
        case ("pubsub", "subscriptions", "create", name, *_):
            _subscribed(call, name, _topic(call.one("--topic")), found)


def _subscribed(call: _Call, name: str, topic: str, found: _Found) -> None:
    """A subscription is pushed to the route of an address, or is what readers ask for."""
    pushed = re.sub(r"^\{\}(?=/)", "https://{}", call.one("--push-endpoint"))
    if topic and pushed:
        label, path = _target(pushed)
        found.wires.append(Wire("pubsub", topic, call.where, (label,) if _told(label) else (), path))
    elif topic and _told(name):
        found.forwards.append(Forward(Conduit("pubsub", topic), Conduit("pubsub", _topic(name)), call.where))


def _target(url: str) -> tuple[str, str]:
    """The first label of the host of a URL, empty if it is none, and its path."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", "/"
    plain = re.fullmatch(r"https?://[\w.:{}/-]+", url) is not None
    return parts.netloc.partition(".")[0] if plain else "", parts.path or "/"


def _process(file: DescriptorFile, call: _Call, name: str) -> DeclaredProcess:
    function = call.words[0] == "functions"
    image = call.one("--image")
    host = (Address(f"{name}.run.app", None, call.where),) if not function else ()
    folder = _source(file, call) if function or not image else None
    # Several functions of one folder are one service.
    title = base(folder) if function and folder is not None and base(folder).lower() not in {".", *GENERIC_FOLDERS} else name
    return DeclaredProcess(
        name=title,
        system="gcloud",
        scope=parent(file.path),
        location=call.where,
        rank=5,
        folder=folder,
        image=image if _HOLE not in base(image).partition(":")[0] else "",
        command=tuple(w for w in call.one("--command").split(",") if w),
        environment=tuple(_environment(call)),
        addresses=host,
        aliases=(name,) if title != name else (),
    )


def _source(file: DescriptorFile, call: _Call) -> str | None:
    """The folder that is deployed, as seen from the script, or from where people start it at the top."""
    stated = call.one("--source") or "."
    places = (join(parent(file.path), stated), join(".", stated))
    return next((p for p in places if p is not None and (p == "." or file.is_folder(p))), None) if _HOLE not in stated else None


def _environment(call: _Call) -> Iterator[Setting]:
    """`A=b,C=d`; another sign may stand between them (`^;^A=b;C=d`)."""
    for given in call.all("--set-env-vars", "--update-env-vars"):
        sign = re.match(r"\^([^^]+)\^", given)
        pairs = given[sign.end() :].split(sign[1]) if sign is not None else given.split(",")
        for name, stated, value in (pair.partition("=") for pair in pairs):
            if stated and value != _HOLE:
                yield Setting(name.strip(), value, call.where)


def _woken(file: DescriptorFile, call: _Call, name: str) -> Iterator[Wire]:
    """What wakes a function: a topic, by itself or as a filter of events."""
    filters = _filters(call, "--trigger-event-filters")
    by_filter = next((f.removeprefix("topic=") for f in filters if f.startswith("topic=")), "") if _PUBLISHED in filters else ""
    topic = _topic(call.one("--trigger-topic") or by_filter)
    folder = _source(file, call)
    path = join(folder, "main.py") if folder is not None else None
    if topic:
        there = path is not None and file.look(path) is not None
        handler = f"{path}:{call.one('--entry-point') or name.replace('-', '_')}" if there else ""
        yield Wire("pubsub", topic, call.where, () if handler else (name,), handler=handler)


def _filters(call: _Call, option: str) -> tuple[str, ...]:
    return tuple(f for given in call.all(option) for f in given.split(","))


def _topic(name: str) -> str:
    """The name at the end of the path of a topic; empty if nothing of it is known."""
    last = name.rpartition("/")[2]
    return last if _told(last) else ""


def _told(name: str) -> bool:
    return bool(name.replace(_HOLE, "")) and not name.startswith("-")


READER = DescriptorReader("gcloud", _matches, _read)
