"""What resources put into the parameter store and among the secrets, and what containers take from there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from flowmap.descriptor_api import Location, Setting
from flowmap.project.exports import FIELD, SECRET, STORED, marked, secret
from flowmap.project.terraform.resources import given, place
from flowmap.project.terraform.values import HOLE, Resource, Value, elements, entries, filled, resource_of, text, told

_ARN = re.compile(
    r"arn:[^:]*:(?:ssm:[^:]*:[^:]*:parameter(?P<entry>/.+)|secretsmanager:[^:]*:[^:]*:secret:(?P<secret>[^:]+)(?P<field>:[^:]*)?.*)"
)


def stored(resource: Resource) -> Iterator[Setting]:
    """The entry that a resource puts into the parameter store, the secret that it spells out."""
    match resource.type:
        case "aws_ssm_parameter":
            name, value = told(given(resource, "name")), text(given(resource, "value"))
            if name and value is not None and (told(value) or HOLE not in value):
                yield Setting(f"{STORED}{name}", value, place(resource, "value"))
        case "aws_secretsmanager_secret_version":
            name, value = _secret_name(given(resource, "secret_id")), _as_text(given(resource, "secret_string"))
            if name and value is not None:
                yield from secret(name, value, place(resource, "secret_string"))


def taken(rows: Value, where: Location) -> Iterator[Setting]:
    """The variables of a container that are taken from a store: `{name, valueFrom}`."""
    for row in map(entries, elements(rows)):
        name, found = text(row.get("name")), _ARN.fullmatch(_reference(row.get("valueFrom")))
        if name and found is not None:
            field = (found["field"] or "").removeprefix(":")
            whole = f"{STORED}{_entry(found['entry'])}" if found["entry"] else f"{SECRET}{found['secret']}"
            yield Setting(name, marked(f"{whole}{FIELD}{field}" if field else whole), where)


def _entry(path: str) -> str:
    """The name of an entry, which stands behind a slash of its own in an ARN unless it begins with one."""
    return path if "/" in path[2:] and path[1] != "/" else path[1:]


def _reference(value: Value) -> str:
    found = resource_of(value)
    if found is not None and found.type == "aws_secretsmanager_secret_version":
        return f"arn:aws:secretsmanager:::secret:{_secret_name(given(found, 'secret_id'))}"
    return text(value) or ""


def _secret_name(value: Value) -> str:
    found = resource_of(value)
    if found is not None and found.type == "aws_secretsmanager_secret":
        return found.name
    known = text(value) or ""
    arn = _ARN.fullmatch(known)
    return arn["secret"] or "" if arn is not None else told(known)


def _as_text(value: Value) -> str | None:
    """A text, or what `jsonencode` makes of a value."""
    return json.dumps(_plain(value)) if isinstance(value, Mapping | tuple) else text(value)


def _plain(value: Value) -> object:
    match value:
        case Mapping():
            return {k: _plain(v) for k, v in value.items()}
        case tuple():
            return [_plain(v) for v in value]
        case bool() | int() | float() | None:
            return value
        case _:
            return filled(value)
