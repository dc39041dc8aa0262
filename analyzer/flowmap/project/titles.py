"""What titles and file names of API documents say of whose they are: the words that are left without those that any may have."""

from __future__ import annotations

import re

from flowmap.project.paths import base, parent, parts

_EMPTY = frozenset({
    "", "api", "apis", "app", "application", "async", "asyncapi", "backend", "channels", "contract", "contracts", "definition",
    "doc", "docs", "documentation", "event", "events", "http", "index", "interface", "internal", "json", "main", "message",
    "messages", "messaging", "microservice", "ms", "open", "openapi", "public", "reference", "rest", "restful", "schema",
    "schemas", "server", "service", "services", "spec", "specification", "specs", "svc", "swagger", "the", "yaml", "yml",
})  # fmt: skip
_COPIES = frozenset({
    "android", "client", "clients", "consumer", "consumers", "dependencies", "deps", "dist", "example", "examples", "external",
    "externals", "fixtures", "front", "frontend", "gen", "generated", "ios", "mobile", "mock", "mocks", "out", "sample",
    "samples", "sdk", "sdks", "snapshots", "spa", "stub", "stubs", "target", "testdata", "third-party", "third_party",
    "thirdparty", "ui", "upstream", "vendor", "vendored", "web", "webapp", "wiremock",
})  # fmt: skip


def words(text: str) -> list[str]:
    """The words of a name, however they are put together, in lower case; numbers of versions left out."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", re.sub(r"(?i)async[ _-]?api|open[ _-]?api", " ", text))
    return [w for w in re.split(r"[^a-z0-9]+", spaced.lower()) if not re.fullmatch(r"v?\d*", w)]


def telling(name: str) -> str:
    """A name without the words that any may have; all of them if nothing is left."""
    found = words(name)
    return "".join([w for w in found if w not in _EMPTY] or found)


def title_words(title: str) -> tuple[str, ...]:
    """The telling words of a title."""
    return tuple(w for w in words(title) if w not in _EMPTY)


def file_words(path: str) -> tuple[str, ...]:
    """The names that a file may be called after: its own, then that of its folder."""
    found = ("".join(title_words(name)) for name in (_stem(path), base(parent(path))))
    return tuple(name for name in found if name)


def is_plain(path: str) -> bool:
    """Whether the name of a file says no more than that it is an API document."""
    return not title_words(_stem(path))


def is_copy(path: str) -> bool:
    """Whether a document is kept where copies of other people's documents are: with clients, what runs at users' among them."""
    return any(not _COPIES.isdisjoint((part.lower(), *re.split(r"[-_.]", part.lower()))) for part in parts(parent(path)))


def name_of(title: str, path: str) -> str:
    """A name to go by, made of the title, else of the file's name."""
    found = title_words(title) or words(title) or title_words(_stem(path)) or words(_stem(path))
    return "-".join(found) or base(path)


def _stem(path: str) -> str:
    return re.sub(r"\.(?:ya?ml|json)$", "", base(path))
