"""Shippers of data that are configured and not written: what Logstash, Telegraf and Vector read from brokers and publish.

Each is an external under the name of the product. Expressions in a name stand for anything; where all of a name is one, it is left
out, as are channels of Redis, of which such files do not say whether they are lists.
"""

from __future__ import annotations

import re
import tomllib
from itertools import islice
from typing import TYPE_CHECKING, Any

from flowmap.descriptor_api import Declarations, DescriptorReader, External, ExternalKind, Match, Role, Wire
from flowmap.model.location import Evidence
from flowmap.project.interpolation import interpolate
from flowmap.project.yaml_nodes import Items, Table, Text, YamlError, documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

Options = dict[str, tuple[str, ...]]
Stage = tuple[str, str, Options, int]
"""Whether something is read or written, by which plugin, with which options, and the line."""

_CONF = re.compile(r"(?:.*/)?[^/]+\.conf")
_TELEGRAF = re.compile(rb"^\s*\[\[(?:inputs|outputs)\.\w+\]\]", re.MULTILINE)
_LOGSTASH = re.compile(rb"^\s*(?:input|output)\s*\{", re.MULTILINE)
_VECTOR = re.compile(r"(?:.*/)?vector[^/]*\.(?:toml|ya?ml)")
_TOKEN = re.compile(r"""#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(=>|[{}\[\],])|([^\s{}\[\],"'=#]+|=)""")
_EXPRESSION = re.compile(r"%\{[^}]*\}|\{\{[^}]*\}\}")
_DEFAULT = re.compile(r"\$\{(\w+):([^}]*)\}")
_MOST_TOKENS = 100_000
_READ, _WRITTEN = "read", "written"
_SECTIONS = {"input": _READ, "output": _WRITTEN, "inputs": _READ, "outputs": _WRITTEN, "sources": _READ, "sinks": _WRITTEN}
_PLUGINS: dict[str, tuple[str, Match, tuple[str, ...]]] = {
    "kafka": ("kafka", Match.EXACT, ("topics", "topic_id", "topic")),
    "kafka_consumer": ("kafka", Match.EXACT, ("topics",)),
    "mqtt": ("mqtt", Match.MQTT, ("topics", "topic")),
    "mqtt_consumer": ("mqtt", Match.MQTT, ("topics",)),
    "nats": ("nats", Match.NATS, ("subjects", "subject")),
    "nats_consumer": ("nats", Match.NATS, ("subjects",)),
    "sqs": ("sqs", Match.EXACT, ("queue",)),
    "stomp": ("stomp", Match.STOMP, ("destination",)),
    "google_pubsub": ("pubsub", Match.EXACT, ("topic",)),
    "cloud_pubsub": ("pubsub", Match.EXACT, ("topic",)),
    "gcp_pubsub": ("pubsub", Match.EXACT, ("topic",)),
}
"""The name of a plugin -> transport, how its names are compared, and the options that name channels."""
_AMQP = {"rabbitmq", "amqp", "amqp_consumer"}
_KEYS = ("key", "routing_key", "binding_key")


def _read(file: DescriptorFile) -> Declarations:
    if _VECTOR.fullmatch(file.path):
        return _declared("vector", _vector(file), file)
    if _TELEGRAF.search(file.content):
        return _declared("telegraf", _telegraf(file), file)
    return _declared("logstash", _logstash(file.text), file) if _LOGSTASH.search(file.content) else Declarations()


def _declared(product: str, stages: Iterable[Stage], file: DescriptorFile) -> Declarations:
    does = tuple(wire for stage in stages for wire in _wires(stage, file))
    if not does:
        return Declarations()
    evidence = (Evidence(does[0].location, f"configures {product}"),)
    return Declarations(externals=(External(product, ExternalKind.PRODUCT, evidence=evidence, does=does),))


def _wires(stage: Stage, file: DescriptorFile) -> Iterator[Wire]:
    section, plugin, options, line = stage
    role = Role.SUBSCRIBE if section == _READ else Role.PUBLISH
    if plugin in _AMQP:
        yield from _amqp(options, role, file, line)
    elif plugin in _PLUGINS:
        transport, match, keys = _PLUGINS[plugin]
        named = next((options[k] for k in keys if k in options), ())
        group = next(iter(options.get("group_id", options.get("consumer_group", ()))), "")
        for name in filter(None, map(_plain, named)):
            yield Wire(
                transport, name, file.at(line), role=role, match=match if role is Role.SUBSCRIBE else Match.EXACT, group=group
            )


def _amqp(options: Options, role: Role, file: DescriptorFile, line: int) -> Iterator[Wire]:
    """A queue, or what an exchange gives for a key."""
    queue, exchange = (next(iter(map(_plain, options.get(k, ()))), "") for k in ("queue", "exchange"))
    keys = next((options[k] for k in _KEYS if k in options), ())
    if exchange:
        for key in map(_plain, keys or ("#",)):
            yield Wire("amqp", key or "{}", file.at(line), role=role, exchange=exchange, match=Match.AMQP)
    elif queue and role is Role.SUBSCRIBE:
        yield Wire("amqp", queue, file.at(line), role=role)


def _plain(name: str) -> str:
    """A name with its variables by their defaults and holes for expressions; "" if nothing of it is known."""
    filled = interpolate(_DEFAULT.sub(r"${\1:-\2}", _EXPRESSION.sub("{}", name)), {}).text or ""
    return filled if filled.replace("{}", "").strip("/.-_ ") else ""


def _logstash(source: str) -> Iterator[Stage]:
    """The plugins of a pipeline, conditions around them or not."""
    tokens = list(islice(_tokens(source), _MOST_TOKENS))
    blocks: list[tuple[str, Options, int]] = []
    number = 0
    while number < len(tokens):
        sign, word, line = tokens[number]
        before = tokens[number - 1][1] if number else ""
        if sign and word == "{":
            blocks.append((before, {}, line))
        elif sign and word == "}" and blocks:
            name, options, at = blocks.pop()
            if blocks and blocks[0][0] in _SECTIONS and options:
                yield _SECTIONS[blocks[0][0]], name, options, at
        elif sign and word == "=>" and blocks:
            blocks[-1][1][before], number = _given(tokens, number + 1)
        number += 1


def _tokens(source: str) -> Iterator[tuple[bool, str, int]]:
    """Whether it is a sign, what it is, and its line; comments are left out."""
    line, counted = 1, 0
    for token in _TOKEN.finditer(source):
        line, counted = line + source.count("\n", counted, token.start()), token.start()
        word = next((g for g in token.groups() if g is not None), None)
        if word is not None:
            yield token[3] is not None, word, line


def _given(tokens: Sequence[tuple[bool, str, int]], number: int) -> tuple[tuple[str, ...], int]:
    """What an option is given, a text or a sequence of them, and where that ends; a mapping is read as a block."""
    sign, word, _ = tokens[number] if number < len(tokens) else (True, "}", 0)
    if not sign:
        return (word,), number
    if word != "[":
        return (), number - 1
    end = next((n for n in range(number, len(tokens)) if tokens[n][:2] == (True, "]")), len(tokens))
    return tuple(w for s, w, _ in tokens[number:end] if not s), end


def _telegraf(file: DescriptorFile) -> Iterator[Stage]:
    root = _toml(file)
    for section, plugins in root.items():
        for name, made in plugins.items() if section in _SECTIONS and isinstance(plugins, dict) else ():
            lines = [n for n, line in enumerate(file.text.splitlines(), 1) if line.strip() == f"[[{section}.{name}]]"]
            for number, options in enumerate(made if isinstance(made, list) else []):
                yield _SECTIONS[section], name, _options(options), lines[number] if number < len(lines) else 1


def _vector(file: DescriptorFile) -> Iterator[Stage]:
    root = _toml(file) if file.path.endswith(".toml") else _yaml(file)
    for section in ("sources", "sinks"):
        stages = root.get(section)
        for name, options in stages.items() if isinstance(stages, dict) else ():
            found = _options(options)
            head = re.compile(rf"\s*(?:\[{section}\.)?{re.escape(str(name))}\s*[:\]]")
            line = next((n for n, said in enumerate(file.text.splitlines(), 1) if head.match(said)), 1)
            yield _SECTIONS[section], next(iter(found.get("type", ())), ""), found, line


def _options(made: object) -> Options:
    """The options that are texts, or sequences of them."""
    found: Options = {}
    for key, value in made.items() if isinstance(made, dict) else ():
        texts = [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]
        found[str(key)] = tuple(texts)
    return {k: v for k, v in found.items() if v}


def _toml(file: DescriptorFile) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _yaml(file: DescriptorFile) -> dict[str, Any]:
    try:
        return next((_value(root) for root in documents(file.content) if isinstance(root, Table)), {})
    except YamlError:
        return {}


def _value(node: Node) -> Any:
    match node:
        case Table(entries=entries):
            return {key: _value(value) for key, value in entries.items()}
        case Items(items=items):
            return [_value(item) for item in items]
        case Text(text=text):
            return text


READER = DescriptorReader("shippers", lambda path: bool(_CONF.fullmatch(path) or _VECTOR.fullmatch(path)), _read)
