"""What in a function is a message that came in: the names that hold it or what was read from it, and the names of its type.

Names are followed by how they are written, inside one function. What is looked up by means of a message is no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
from flowmap.linker.mappings import walk
from flowmap.linker.payloads import PARSERS
from flowmap.linker.readers import POLLS
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import AnyStatement, Assign, Iterate

if TYPE_CHECKING:
    from flowmap.linker.view import View

LAST_WORDS = {"type", "event", "action", "kind", "command", "operation"}
"""Last words of the keys and attributes that may name the type of a message."""
FIRST_WORDS = {
    "event", "message", "msg", "detail", "ce", "x", "cloud", "notification", "command", "callback", "job", "webhook", "domain",
}  # fmt: skip
"""The words that may stand before them: a `content_type` or `payment_type` is no type of a message."""
CARRIERS = {
    "value", "data", "body", "payload", "message", "msg", "event", "detail", "content", "headers", "header", "properties",
    "attributes", "metadata", "meta", "records", "messageattributes", "applicationproperties", "stringvalue", "record", "envelope",
    "items", "values", "decodedmessage", "json", "messages",
}  # fmt: skip
"""Keys and attributes of a message that hold a message, or what comes with it."""
TAKING = {*POLLS, "receive_message", "receive_messages", "pull", "xread", "xreadgroup", "blpop", "brpop"}
"""Methods that take messages from where they wait."""
READING = re.compile(r"_*(parse|decode|deserial|unmarshal|unpack|from_|model_validate|validate_|get_body|extract_)")
"""How calls are named that read a message."""
TEXTS = {"decode", "lower", "upper", "strip", "casefold", "str", "title", "replace"}
"""Calls that leave a type what it is, but for its spelling."""
TYPE_OF = "the class"
"""Stands for the key where messages are told apart by their class."""


@dataclass(frozen=True, slots=True)
class Received:
    """The names of a message in a function, and the names of its type, each with the key under which that stands."""

    messages: frozenset[str]
    types: Mapping[str, str]


def received(view: View, ref: ScopeRef, messages: frozenset[str], types: Mapping[str, str]) -> Received:
    """All names of a message in a function, given those that it has from the start."""
    found = Received(messages, dict(types))
    for _ in range(2):
        for statement in view.scope(ref).statements:
            found = _with(found, statement)
    return found


def taken(view: View, ref: ScopeRef) -> frozenset[str]:
    """The names under which a function takes messages from a library object: by a loop over it, by a poll."""
    found: set[str] = set()
    for position, statement in enumerate(view.scope(ref).statements):
        if isinstance(statement, Iterate):
            place = Place(view.symbolic_place(ref).frame, ref, position)
            if any(view.is_known(t) for t in view.close(view.values(statement.iterable, place))):
                found.update(_names(statement.target))
        elif isinstance(statement, Assign) and statement.value is not None and is_taken(statement.value):
            found.update(_names(statement.target))
    return frozenset(found)


def _with(found: Received, statement: AnyStatement) -> Received:
    messages, types = set(found.messages), dict(found.types)
    if isinstance(statement, Iterate) and is_message(statement.iterable, found):
        messages.update(_names(statement.target))
    if isinstance(statement, Assign) and statement.value is not None:
        _note(messages, types, found, statement.target, statement.value)
    for node in (n for e in expressions(statement) for n in walk(e) if isinstance(n, ir.Walrus)):
        _note(messages, types, found, ir.Name(node.name), node.value)
    return Received(frozenset(messages), types)


def _note(messages: set[str], types: dict[str, str], found: Received, target: ir.Expression, value: ir.Expression) -> None:
    key = type_key(value, found)
    if key is not None and isinstance(target, ir.Name):
        types[target.id] = key
    elif key is None and is_message(value, found):
        messages.update(_names(target))


def _names(target: ir.Expression) -> Iterator[str]:
    return (n.id for n in walk(target) if isinstance(n, ir.Name))


def is_taken(node: ir.Expression) -> bool:
    """Whether an expression is what a poll gives, or what is read from that."""
    match node:
        case ir.Await(value=inner) | ir.Attribute(value=inner) | ir.Subscript(value=inner):
            return is_taken(inner)
        case ir.Call(callee=ir.Attribute(attr=name)) if name in TAKING:
            return True
        case ir.Call(callee=callee, arguments=arguments):
            name = last_name(callee)
            read = reads_a_message(name) and any(is_taken(a.value) for a in arguments)
            return read or (
                isinstance(callee, ir.Attribute) and (carries(name) or reads_a_message(name)) and is_taken(callee.value)
            )
        case _:
            return False


def is_message(node: ir.Expression, found: Received) -> bool:
    """Whether an expression is a message or what was read from one."""
    match node:
        case ir.Name(id=name):
            return name in found.messages
        case ir.Await(value=inner) | ir.Walrus(value=inner) | ir.Starred(value=inner):
            return is_message(inner, found)
        case ir.Attribute(value=owner, attr=name):
            return carries(name) and is_message(owner, found)
        case ir.Subscript(value=owner, index=index):
            whole = isinstance(index, ir.Slice) or not isinstance(index, ir.Constant) or not isinstance(index.value, str)
            return is_message(owner, found) and (whole or carries(_text(index) or ""))
        case ir.Choice(operands=operands):
            return any(is_message(o, found) for o in operands)
        case ir.Conditional(then=then, orelse=orelse):
            return is_message(then, found) or is_message(orelse, found)
        case ir.Call():
            return _is_read(node, found)
        case _:
            return False


def _is_read(call: ir.Call, found: Received) -> bool:
    """Whether a call reads a message: `json.loads(message.value())`, `data.get("payload", {})`, `Order(**data)`."""
    callee = call.callee
    name = last_name(callee)
    if isinstance(callee, ir.Attribute) and is_message(callee.value, found):
        key = _text(call.arguments[0].value) if call.arguments else None
        return carries(key or "") if name in {"get", "pop"} else carries(name) or reads_a_message(name)
    if not any(is_message(a.value, found) for a in call.arguments):
        return False
    return reads_a_message(name) or name in {"dict", "list", "str", "bytes"} or any(a.stars == 2 for a in call.arguments)


def reads_a_message(name: str) -> bool:
    """Whether a call of this name reads a message."""
    return name in PARSERS or bool(READING.match(name))


def type_key(node: ir.Expression, found: Received) -> str | None:
    """The key or attribute of a message that an expression reads, if that may name its type."""
    match node:
        case ir.Name(id=name):
            return found.types.get(name)
        case ir.Await(value=inner) | ir.Walrus(value=inner):
            return type_key(inner, found)
        case ir.Subscript(value=owner, index=index):
            return _key(owner, _text(index), found)
        case ir.Attribute(value=inner, attr="value" | "name") if (key := type_key(inner, found)) is not None:
            return key
        case ir.Attribute(value=owner, attr=name):
            return _key(owner, name, found)
        case ir.Choice(operator="or", operands=operands):
            return next((k for o in operands if (k := type_key(o, found)) is not None), None)
        case ir.Call(callee=callee, arguments=arguments):
            return _called_key(callee, arguments, found)
        case _:
            return None


def _called_key(callee: ir.Expression, arguments: tuple[ir.Argument, ...], found: Received) -> str | None:
    first = arguments[0].value if arguments else None
    match callee:
        case ir.Name(id="type") if first is not None and is_message(first, found):
            return TYPE_OF
        case ir.Name(id="str") if first is not None:
            return type_key(first, found)
        case ir.Attribute(value=owner, attr="get" | "pop") if first is not None:
            return _key(owner, _text(first), found)
        case ir.Attribute(value=owner, attr=name) if name in TEXTS:
            return type_key(owner, found)
        case _:
            return None


def _key(owner: ir.Expression, name: str | None, found: Received) -> str | None:
    return name if name is not None and _names_a_type(name) and is_message(owner, found) else None


def _names_a_type(name: str) -> bool:
    words = re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower())
    if not words or not set(words[:-1]) <= FIRST_WORDS:
        return False
    return words[-1] in LAST_WORDS or (words[-1] == "name" and len(words) > 1)


def carries(name: str) -> bool:
    """Whether what has this name holds a message, or what comes with it."""
    return re.sub(r"[\W_]+", "", name).lower() in CARRIERS


def _text(node: ir.Expression) -> str | None:
    return node.value if isinstance(node, ir.Constant) and isinstance(node.value, str) else None
