"""Connectors of Kafka Connect and Debezium: what they read out of Kafka, and what they publish there for a database or a queue.

A connector is a mapping with a `connector.class`, wherever it stands: a document for Connect's API, a call of curl in a script, a
statement of ksqlDB, a file of properties, a resource of Strimzi. What is asked of a table of an outbox is published by who writes
its rows. Routes by regular expressions are read where they lead to one place, or keep what they take as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, External, ExternalKind, Match, Role, Wire
from flowmap.model.location import Evidence
from flowmap.project.yaml_nodes import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.model.location import Location
    from flowmap.project.yaml_nodes import Table

Options = dict[str, tuple[str, int]]
"""The options of a connector, each with its line."""

_FILE = re.compile(r".*\.(?:json|k?sql|sh|ya?ml|properties)|(?:.*/)?Makefile")
_CLASS = "connector.class"
_MOST, _LONGEST = 200, 20_000
"""Connectors of a file, and characters of one on either side of its class."""
_PAIR = re.compile(r"""(["'])([\w.-]+)\1\s*[:=]\s*(?:(["'])(.{0,500}?)\3|([\w.-]+))""")
_LINE = re.compile(r"^[ \t]*([\w.-]+)[ \t]*[:=][ \t]*(.*?)[ \t]*$", re.MULTILINE)
_NAME = re.compile(r"""(?:"name"\s*:\s*"([^"]+)"|CONNECTOR\s+(?:IF\s+NOT\s+EXISTS\s+)?[`"]?([\w-]+))[^{}(]*$""", re.IGNORECASE)
_OPENING, _CLOSING = "{(", "})"
_VARIABLE = re.compile(r"\$\{[^}]*\}|\$\w+")
_ROUTED = "${routedByValue}"
_DEBEZIUM = "io.debezium.connector."
_ROUTERS = ("outbox.EventRouter", "outbox.MongoEventRouter")
_REROUTED = {"RegexRouter": "replacement", "ByLogicalTableRouter": "topic.replacement"}
_TABLES = ("table.include.list", "table.whitelist", "collection.include.list", "tables", "table")
_TAKEN = (("mqtt.topics", "mqtt", Match.MQTT), ("rabbitmq.queue", "amqp", Match.EXACT))
"""What a source is told that it reads from, and by which transport."""
_WRITTEN = ("kafka.topic", "kafka.topics", "topic", "output.topic")
"""What a source is told that it writes to."""


def _read(file: DescriptorFile) -> Declarations:
    if _CLASS.encode() not in file.content:
        return Declarations()
    found = list(_in_lines(file)) if file.path.endswith(".properties") else list(_in_text(file))
    return Declarations(externals=tuple(e for name, options in found[:_MOST] for e in _connector(name, options, file)))


def declared_by(file: DescriptorFile, manifest: Table) -> Iterator[External]:
    """The connector that a resource of Strimzi is."""
    spec = table(manifest.get("spec"))
    if text(manifest.get("kind")) == "KafkaConnector" and text(spec.get("class")):
        config = table(spec.get("config"))
        options = {key: (text(node), config.at(key)) for key, node in config.entries.items()}
        yield from _connector(
            text(manifest.get("metadata", "name")), options | {_CLASS: (text(spec.get("class")), spec.at("class"))}, file
        )


def _connector(name: str, options: Options, file: DescriptorFile) -> Iterator[External]:
    """The connector of a name, with what it reads and publishes; nothing if that is neither."""
    kind, line = options.get(_CLASS, ("", 1))
    where = file.at(line)
    name = name or options.get("name", (kind.rpartition(".")[2], 1))[0]
    does = tuple(_sink(name, options, file) if _is_sink(kind, options) else _source(kind, options, file))
    if name and does:
        yield External(name, ExternalKind.DECLARED, evidence=(Evidence(where, f"is a connector of the class {kind}"),), does=does)


def _is_sink(kind: str, options: Options) -> bool:
    return ("topics" in options or "topics.regex" in options) and not kind.endswith("SourceConnector")


def _sink(name: str, options: Options, file: DescriptorFile) -> Iterator[Wire]:
    for topic, where in _listed(options, ("topics",), file):
        yield Wire("kafka", topic, where, group=f"connect-{name}")
    if "topics.regex" in options:
        regex, line = options["topics.regex"]
        yield Wire("kafka", regex, file.at(line), match=Match.REGEX, group=f"connect-{name}")


def _source(kind: str, options: Options, file: DescriptorFile) -> Iterator[Wire]:
    for key, transport, match in _TAKEN:
        name, line = options.get(key, ("", 1))
        for channel in filter(None, name.split(",")):
            yield Wire(transport, _VARIABLE.sub("{}", channel.strip()), file.at(line), match=match)
    rerouted = _transform(options, tuple(_REROUTED))
    if _transform(options, _ROUTERS):
        yield from _outbox(options, file)
    elif rerouted:
        name, line = options.get(f"{rerouted}.{_REROUTED[_said(options, f'{rerouted}.type').rpartition('.')[2]]}", ("", 1))
        yield from _published(re.sub(r"\$\d+", "{}", name), file.at(line))
    elif kind.startswith(_DEBEZIUM):
        prefix = _said(options, "topic.prefix") or _said(options, "database.server.name")
        for name, where in _listed(options, _TABLES, file) if prefix else ():
            yield from _published(f"{prefix}.{name}", where)
    elif "topic.prefix" in options:
        for name, where in _listed(options, _TABLES, file) or [("{}", file.at(options["topic.prefix"][1]))]:
            yield from _published(_said(options, "topic.prefix") + name.rpartition(".")[2], where)
    else:
        for topic, where in _listed(options, _WRITTEN, file):
            yield from _published(topic, where)


def _outbox(options: Options, file: DescriptorFile) -> Iterator[Wire]:
    """What the rows of an outbox are published to: a topic for each value of a column, or one for all."""
    router = _transform(options, _ROUTERS)
    replacement, line = options.get(f"{router}.route.topic.replacement", (f"outbox.event.{_ROUTED}", options[_CLASS][1]))
    column = _said(options, f"{router}.route.by.field") or "aggregatetype"
    for name, _ in _listed(options, _TABLES, file):
        replacement = replacement.replace("\\$", "$")
        topic = _VARIABLE.sub("{}", replacement.replace(_ROUTED, "{}"))
        rows = f"{name.rpartition('.')[2]}.{column if _ROUTED in replacement else ''}"
        yield Wire("kafka", topic, file.at(line), role=Role.PUBLISH, rows=rows)


def _published(topic: str, where: Location) -> Iterator[Wire]:
    name = _VARIABLE.sub("{}", topic)
    if name:
        yield Wire("kafka", name, where, role=Role.PUBLISH)


def _transform(options: Options, kinds: tuple[str, ...]) -> str:
    """How the options of the first transformation of one of the kinds begin; "" if there is none."""
    names = [f"transforms.{t.strip()}" for t in _said(options, "transforms").split(",")]
    return next((n for n in names if _said(options, f"{n}.type").endswith(kinds)), "")


def _said(options: Mapping[str, tuple[str, int]], key: str) -> str:
    return options.get(key, ("", 0))[0]


def _listed(options: Options, keys: tuple[str, ...], file: DescriptorFile) -> list[tuple[str, Location]]:
    """What the first of the options that is there names, one for each element of its list; expressions are left out."""
    said, line = next((options[k] for k in keys if k in options), ("", 1))
    names = (_VARIABLE.sub("{}", re.sub(r"\\+\.", ".", n.strip())) for n in said.split(","))
    return [(n, file.at(line)) for n in names if n and not re.search(r"[*+?^|()\\\[\]]", n)]


def _in_text(file: DescriptorFile) -> Iterator[tuple[str, Options]]:
    """The mappings of a text that have a class of connectors, by the brackets around it."""
    source = file.text.replace('\\"', '"')
    line = at = ended = 0
    for number, match in enumerate(re.finditer(rf"""["']{re.escape(_CLASS)}["']""", source)):
        if number >= _MOST:
            return
        start, end = _start(source, match.start()), _end(source, match.end())
        if start < ended:  # two classes in one mapping
            continue
        ended = end
        line, at = line + source.count("\n", at, start), start
        block = source[start:end]
        named = _NAME.search(source, max(0, start - 300), start)
        options: Options = {}
        for pair in _PAIR.finditer(block):
            options.setdefault(pair[2], (pair[4] or pair[5] or "", line + 1 + block.count("\n", 0, pair.start())))
        yield (named[1] or named[2] if named else ""), options


def _start(source: str, at: int) -> int:
    depth = 0
    for place in range(at - 1, max(-1, at - _LONGEST), -1):
        depth += (source[place] in _CLOSING) - (source[place] in _OPENING)
        if depth < 0:
            return place
    return max(0, at - _LONGEST)


def _end(source: str, at: int) -> int:
    depth = 0
    for place in range(at, min(len(source), at + _LONGEST)):
        depth += (source[place] in _OPENING) - (source[place] in _CLOSING)
        if depth < 0:
            return place
    return min(len(source), at + _LONGEST)


def _in_lines(file: DescriptorFile) -> Iterator[tuple[str, Options]]:
    """The one connector of a file of properties; those of Debezium's server say in front whose options they are."""
    options = Options()
    for number, line in enumerate(file.text.splitlines(), 1):
        if (pair := _LINE.fullmatch(line)) is not None:
            options.setdefault(re.sub(r"^debezium\.(?:source\.)?", "", pair[1]), (pair[2], number))
    yield "", options


READER = DescriptorReader("connect", lambda path: _FILE.fullmatch(path) is not None, _read)
