"""Definitions of RabbitMQ, as the broker exports and loads them: which queues are bound to which exchanges.

Users, permissions and policies are not looked at, and a queue that is bound to nothing says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Declarations, DescriptorReader, Diagnostic, Location
from flowmap.project.rabbitmq import Bound, forwards_of
from flowmap.project.references import DocumentError, root_of
from flowmap.project.yaml_nodes import tables, text

if TYPE_CHECKING:
    from flowmap.descriptor_api import DescriptorFile

_NAMED = re.compile(r"(?i)definition|rabbit")
_OURS = re.compile(rb'"bindings"\s*:\s*\[')
_BROKER = re.compile(rb'"(?:exchanges|queues)"\s*:')
_TEMPLATE = re.compile(rb"\{\{[^\"]|\$\{")


def _matches(path: str) -> bool:
    return path.endswith(".json") and _NAMED.search(path) is not None


def _read(file: DescriptorFile) -> Declarations:
    if not (_OURS.search(file.content) and _BROKER.search(file.content)):
        return Declarations()
    try:
        root = root_of(file.path, file.content)
    except DocumentError as error:
        said = Diagnostic(f"definitions of RabbitMQ cannot be read: {error}", file.at(error.line))
        return Declarations(diagnostics=() if _TEMPLATE.search(file.content) else (said,))
    if root is None:
        return Declarations()
    types = {text(e.get("name")): text(e.get("type")) for e in tables(root.get("exchanges"))}
    bound = [
        Bound(
            text(b.get("source")),
            text(b.get("destination")),
            text(b.get("routing_key")),
            Location(file.path, b.at("source"), b.at("source")),
            text(b.get("destination_type")) == "exchange",
        )
        for b in tables(root.get("bindings"))
    ]
    return Declarations(forwards=forwards_of(bound, types))


READER = DescriptorReader("rabbitmq", _matches, _read, facts=True)
