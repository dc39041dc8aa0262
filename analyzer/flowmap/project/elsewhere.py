"""Programs of the scan in other languages, as far as messages go: which names their sources hold as texts, and by which transports
they talk.

They are not understood, so nobody knows which of these names they publish and which they listen to. A program is what lies below
one file of a package manager; a single file of it is enough to say that it talks by a transport.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from flowmap.model.location import Location
from flowmap.model.project import Existing
from flowmap.project.paths import above, base, parent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowmap.project.index import Index

LARGEST = 400_000
"""Bytes of one file; what people write is shorter."""
MOST_FILES = 6_000
MOST_NAMES = 20_000

_SOURCE = re.compile(r".*\.(?:cs|exs?|fs|go|groovy|java|jsx?|kts?|mjs|cjs|php|rb|rs|scala|swift|tsx?|vb|vue)")
_CONFIGURED = re.compile(r"(?:.*/)?(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)")
"""Where programs of Spring, Quarkus and Micronaut have their names."""
_TESTS = re.compile(r".*(?:[._-](?:test|tests|spec|min)\.\w+|Tests?\.\w+)")
_MANIFEST = re.compile(
    r"(?:build\.gradle|build\.gradle\.kts|build\.sbt|Cargo\.toml|composer\.json|Gemfile|go\.mod|mix\.exs|package\.json|pom\.xml"
    r"|.*\.(?:csproj|fsproj|vbproj))"
)
_TALKS = {
    "amqp": "amqp rabbitmq rabbit_mq bunny masstransit celery",
    "azure": "servicebus service-bus eventgrid event-grid",
    "celery": "celery",
    "eventbridge": "eventbridge",
    "eventhub": "eventhub event-hub",
    "kafka": "kafka sarama redpanda",
    "kinesis": "kinesis",
    "mqtt": "mqtt",
    "nats": "nats jetstream",
    "pubsub": "pubsub",
    "pulsar": "pulsar",
    "redis": "redis",
    "sns": "sns",
    "sqs": "sqs",
    "stomp": "stomp activemq",
}
"""Transport -> what words begin with in a program that talks by it."""
_TALKING = {transport: tuple(words.encode().split()) for transport, words in _TALKS.items()}
_BEGINNING = {word: re.compile(rb"(?<![a-z])" + word) for words in _TALKING.values() for word in words}
_TEXT = re.compile(rb"""(["'`])([A-Za-z][\w.:/*#>-]{2,99})\1""")
_VALUE = re.compile(rb"^[^#\n]*[:=][ \t]*([A-Za-z][\w.:/-]{2,99})[ \t]*$", re.MULTILINE)


def elsewhere(index: Index) -> tuple[Existing, ...]:
    """Every name once for each transport by which its program talks, where it comes first."""
    manifests = {parent(path) for path in index.in_order if _MANIFEST.fullmatch(base(path))}
    programs: dict[str, dict[str, bytes]] = defaultdict(dict)
    for path, content in _sources(index):
        programs[next((folder for folder in above(path) if folder in manifests), parent(path))][path] = content
    found: dict[tuple[str, str], Existing] = {}
    for files in programs.values():
        talks = _talks(files.values())
        for path, content in files.items() if talks else ():
            for name, line in _names(path, content):
                new = [t for t in talks if (t, name) not in found] if len(found) < MOST_NAMES else ()
                found.update({(t, name): Existing(t, name, Location(path, line, line)) for t in new})
    return tuple(found.values())


def _talks(contents: Iterable[bytes]) -> list[str]:
    """The transports that the words of a program speak of."""
    texts = [content.lower() for content in contents]
    said = {word for word, begins in _BEGINNING.items() if any(word in text and begins.search(text) for text in texts)}
    return [transport for transport, words in _TALKING.items() if not said.isdisjoint(words)]


def _sources(index: Index) -> Iterator[tuple[str, bytes]]:
    chosen = [p for p in index.in_order if (_SOURCE.fullmatch(p) or _CONFIGURED.fullmatch(p)) and not _TESTS.fullmatch(base(p))]
    for path in chosen[:MOST_FILES]:
        content = index.look(path)
        if content is not None and len(content) <= LARGEST:
            yield path, content


def _names(path: str, content: bytes) -> Iterable[tuple[str, int]]:
    """The texts of a file that may be names, with their lines."""
    source = _SOURCE.fullmatch(path) is not None
    line = counted = 0
    for match in (_TEXT if source else _VALUE).finditer(content):
        line += content.count(b"\n", counted, match.start(2 if source else 1))
        counted = match.start(2 if source else 1)
        yield match[2 if source else 1].decode(), line + 1
