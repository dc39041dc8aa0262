"""Commands of gcloud in scripts, in Cloud Build and in workflows of GitHub: what they deploy to Cloud Run and Cloud Functions,
with which variables, and which topics wake it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flowmap.descriptor_api import (
    Address,
    Conduit,
    Declarations,
    DeclaredProcess,
    DescriptorReader,
    Disposal,
    Forward,
    Setting,
    Wire,
)
from flowmap.project.gcloud import Call, calls_of
from flowmap.project.paths import base, join, parent
from flowmap.project.programs import GENERIC_FOLDERS
from flowmap.project.workflow_files import HOLE, is_workflow

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_NAME = re.compile(r".*\.(sh|bash)|Makefile|.*cloudbuild[\w.-]*\.ya?ml", re.IGNORECASE)
_PUBLISHED = "type=google.cloud.pubsub.topic.v1.messagePublished"


@dataclass(slots=True)
class _Found:
    processes: list[DeclaredProcess] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    forwards: list[Forward] = field(default_factory=list)
    disposals: list[Disposal] = field(default_factory=list)


def _matches(path: str) -> bool:
    return bool(_NAME.fullmatch(base(path))) or is_workflow(path)


def _read(file: DescriptorFile) -> Declarations:
    found = _Found()
    calls = calls_of(file)
    for call in calls.found:
        _stated(file, call, found)
    return Declarations(
        processes=tuple(found.processes),
        wires=tuple(found.wires),
        forwards=tuple(found.forwards),
        disposals=tuple(found.disposals),
        diagnostics=tuple(calls.faults),
    )


def _stated(file: DescriptorFile, call: Call, found: _Found) -> None:
    match call.words:
        case ("run", "deploy", name, *_) | ("run", "jobs", ("deploy" | "create" | "update"), name, *_) if _told(name):
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


def _subscribed(call: Call, name: str, topic: str, found: _Found) -> None:
    """A subscription is pushed to the route of an address, or is what readers ask for."""
    if _told(name):
        found.disposals.append(Disposal("pubsub", _topic(name), call.where, bool(call.one("--dead-letter-topic"))))
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


def _process(file: DescriptorFile, call: Call, name: str) -> DeclaredProcess:
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
        image=image if HOLE not in base(image).partition(":")[0] else "",
        command=tuple(w for w in call.one("--command").split(",") if w),
        environment=tuple(_environment(call)),
        addresses=host,
        aliases=(name,) if title != name else (),
    )


def _source(file: DescriptorFile, call: Call) -> str | None:
    """The folder that is deployed, as seen from the script, or from where people start it at the top."""
    stated = call.one("--source") or "."
    places = (join(parent(file.path), stated), join(".", stated))
    return next((p for p in places if p is not None and (p == "." or file.is_folder(p))), None) if HOLE not in stated else None


def _environment(call: Call) -> Iterator[Setting]:
    """`A=b,C=d`; another sign may stand between them (`^;^A=b;C=d`)."""
    for given in call.all("--set-env-vars", "--update-env-vars"):
        sign = re.match(r"\^([^^]+)\^", given)
        pairs = given[sign.end() :].split(sign[1]) if sign is not None else given.split(",")
        for name, stated, value in (pair.partition("=") for pair in pairs):
            if stated and value != HOLE:
                yield Setting(name.strip(), value, call.where)


def _woken(file: DescriptorFile, call: Call, name: str) -> Iterator[Wire]:
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


def _filters(call: Call, option: str) -> tuple[str, ...]:
    return tuple(f for given in call.all(option) for f in given.split(","))


def _topic(name: str) -> str:
    """The name at the end of the path of a topic; empty if nothing of it is known."""
    last = name.rpartition("/")[2]
    return last if _told(last) else ""


def _told(name: str) -> bool:
    return bool(name.replace(HOLE, "")) and not name.startswith("-")


READER = DescriptorReader("gcloud", _matches, _read)
