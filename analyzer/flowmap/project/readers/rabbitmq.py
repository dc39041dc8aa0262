"""Definitions of RabbitMQ, as the broker exports and loads them: which queues there are, and to which exchanges they are bound.

Users and permissions are not looked at, and of policies only whether one may set an end for messages that nobody can handle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Disposal, Existing
from flowmap.project.rabbitmq import Bound, forwards_of
from flowmap.project.references import opened
from flowmap.project.yaml_nodes import table, tables, text

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Table

_NAMED = re.compile(r"(?i)definition|rabbit")
_OURS = re.compile(rb'"bindings"\s*:\s*\[')
_ENDS = {"dead-letter-exchange", "delivery-limit"}
_ARGUMENTS = {*(f"x-{end}" for end in _ENDS), "x-queue-type"}
_BROKER = re.compile(rb'"(?:exchanges|queues)"\s*:')


def _matches(path: str) -> bool:
    return path.endswith(".json") and _NAMED.search(path) is not None


def _read(file: DescriptorFile) -> Declarations:
    return definitions_in(file, file.content, 1)


def definitions_in(file: DescriptorFile, content: bytes, first: int) -> Declarations:
    """What definitions state that a file holds from its line `first` on; nothing if it is something else."""
    if not (_OURS.search(content) and _BROKER.search(content)):
        return Declarations()
    root, faults = opened(file, "definitions of RabbitMQ", content, first)
    return _stated(file, root) if root is not None else Declarations(diagnostics=faults)


def _stated(file: DescriptorFile, root: Table) -> Declarations:
    types = {text(e.get("name")): text(e.get("type")) for e in tables(root.get("exchanges"))}
    bound = [
        Bound(
            text(b.get("source")),
            text(b.get("destination")),
            text(b.get("routing_key")),
            file.at(b.at("source")),
            text(b.get("destination_type")) == "exchange",
        )
        for b in tables(root.get("bindings"))
    ]
    forwards, faults = forwards_of(bound, types)
    queues = ((text(q.get("name")), file.at(q.at("name"))) for q in tables(root.get("queues")))
    existing = tuple(Existing("amqp", name, where) for name, where in queues if name)
    by_policy = any(_ENDS & table(p.get("definition")).entries.keys() for p in tables(root.get("policies")))
    disposals = tuple(
        Disposal("amqp", name, file.at(q.at("name")), by_policy or bool(_ARGUMENTS & table(q.get("arguments")).entries.keys()))
        for q in tables(root.get("queues"))
        if (name := text(q.get("name")))
        and not {"auto_delete", "exclusive"} & {k for k, v in q.entries.items() if text(v) == "true"}
    )
    return Declarations(forwards=forwards, existing=existing, disposals=disposals, diagnostics=faults)


READER = DescriptorReader("rabbitmq", _matches, _read, facts=True)
