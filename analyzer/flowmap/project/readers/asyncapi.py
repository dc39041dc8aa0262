"""AsyncAPI 2 and 3 documents: what the application that a document describes publishes and listens to.

In version 2 an operation says what *others* may do (`publish`: they publish, so the application listens), in version 3 what the
application does itself (`action: send`). Which application of the scan that is, is not decided here. Schemas, headers, replies and
security are not looked at; a channel without a broker is nothing that anybody else could meet.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic, Document, Role, Wire
from flowmap.project.asyncapi_transports import Spoken, conduits, protocols_of
from flowmap.project.bounds import cut
from flowmap.project.references import Part, References, opened
from flowmap.project.yaml_nodes import Table, items, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile, Location

_OURS = re.compile(rb"""^(?:\xef\xbb\xbf)?[ \t{]*["']?asyncapi["']?[ \t]*:""", re.MULTILINE)
_SEEN_FROM_OUTSIDE = (("publish", Role.SUBSCRIBE), ("subscribe", Role.PUBLISH))
_ACTIONS = {"send": Role.PUBLISH, "receive": Role.SUBSCRIBE}
_NAME = re.compile(r"[\w.-]+")
_NAMED = re.compile(r"(?i)api|spec|event|message|contract")
_MOST_WIRES = 5_000
_MOST_MESSAGES = 500
"""Messages of one operation; of one that has more, they are not told apart."""


def _matches(path: str) -> bool:
    return path.endswith((".yml", ".yaml")) or (path.endswith(".json") and _NAMED.search(path) is not None)


def _read(file: DescriptorFile) -> Declarations:
    if b"asyncapi" not in file.content or not _OURS.search(file.content):
        return Declarations()
    root, faults = opened(file, "AsyncAPI document")
    version = text(root.get("asyncapi")) if root is not None else ""
    if root is None or not version:
        return Declarations(diagnostics=faults)
    if not version.startswith(("2.", "3.")):
        unknown = Diagnostic(f"AsyncAPI {version} is not understood, only 2 and 3 are", file.at(root.at("asyncapi")))
        return Declarations(diagnostics=(unknown,))
    info = table(root.get("info"))
    references = References(file.path, root, file.look)
    every = (_second if version.startswith("2.") else _third)(file.path, root, references)
    operations = list(islice(every, _MOST_WIRES + 1))
    servers = references.part(root.get("servers"), file.path)
    wires = list(islice(_wires(operations[:_MOST_WIRES], servers, references), _MOST_WIRES + 1))
    left = [*(w.location for w in wires[_MOST_WIRES:]), *(place for _, _, place in operations[_MOST_WIRES:])]
    document = Document(file.path, "", (), text(info.get("title")), info.at("title"), wires=tuple(wires[:_MOST_WIRES]))
    return Declarations(
        documents=(document,), diagnostics=(*(cut(_MOST_WIRES, "operations", place) for place in left[:1]), *references.faults)
    )


def _wires(operations: list[tuple[Spoken, str, Location]], servers: Part, references: References) -> Iterator[Wire]:
    """What the application publishes and listens to."""
    for spoken, name, place in operations:
        events = _events(spoken, references)
        for c in conduits(spoken, protocols_of(spoken.channel, servers, references), references):
            for event in events:
                yield Wire(
                    c.transport, c.channel, place, role=spoken.role, exchange=c.exchange, event=event, match=c.match, operation=name
                )


def _second(path: str, root: Table, references: References) -> Iterator[tuple[Spoken, str, Location]]:
    """The operations of a document of version 2, their names, and where they stand."""
    for address, node in table(root.get("channels")).entries.items():
        channel = references.part(node, path)
        for key, role in _SEEN_FROM_OUTSIDE:
            if isinstance(operation := channel.table.get(key), Table):
                name = text(operation.get("operationId")) or address
                yield Spoken(role, address, channel, Part(operation, channel.path)), name, channel.at(key)


def _third(path: str, root: Table, references: References) -> Iterator[tuple[Spoken, str, Location]]:
    """The same of version 3, where channels have addresses apart from their names; one that has none is not known."""
    operations = table(root.get("operations"))
    for name, node in operations.entries.items():
        operation = references.part(node, path)
        channel = references.part(operation.table.get("channel"), operation.path)
        role, address = _ACTIONS.get(text(operation.table.get("action"))), text(channel.table.get("address"))
        if role is not None and address:
            yield Spoken(role, address, channel, operation), name, Part(operations, path).at(name)


def _events(spoken: Spoken, references: References) -> tuple[str, ...]:
    """The types of the messages, where there are several to be told apart or the one is named; else one that is empty."""
    channel, operation = spoken.channel, spoken.operation
    stated = references.part(operation.table.get("message"), operation.path)
    every = references.part(channel.table.get("messages"), channel.path)
    if (
        max(len(items(stated.table.get("oneOf"))), len(items(operation.table.get("messages"))), len(every.table.entries))
        > _MOST_MESSAGES
    ):
        return ("",)
    if several := tuple(tables(stated.table.get("oneOf"))):
        parts = [references.part(one, stated.path) for one in several]
    elif stated.table.entries:
        parts = [stated]
    else:
        parts = [references.part(one, operation.path) for one in tables(operation.table.get("messages"))]
        parts = parts or [_called(references.part(node, every.path), key) for key, node in every.table.entries.items()]
    names = [_event(part, alone=len(parts) == 1) for part in parts]
    return tuple(dict.fromkeys(names)) if names and all(names) else ("",)


def _called(part: Part, key: str) -> Part:
    return Part(part.table, part.path, part.name or key)


def _event(part: Part, *, alone: bool) -> str:
    named = text(part.table.get("name")) or text(part.table.get("messageId"))
    name = named if alone else named or part.name or text(part.table.get("title"))
    return name if _NAME.fullmatch(name) else ""


READER = DescriptorReader("asyncapi", _matches, _read, facts=True)
