"""Constructs of the lowest level (`CfnQueue`, `CfnRule`): resources in the words of CloudFormation, spelt as Python spells them."""

from __future__ import annotations

from dataclasses import dataclass

from flowmap.project.cdk.constructs import NATIVE, SERVICES, plain, thing_of
from flowmap.project.infrapy.values import Thing, Value

_DEEPEST = 12
# What holds a text of JSON, whose keys stand as they are.
_AS_WRITTEN = {"event_pattern", "filter_policy"}


@dataclass(slots=True)
class Spelling:
    """How many values of all structures may still be spelt."""

    left: int = 50_000


def resource_of(thing: Thing, spelling: Spelling) -> tuple[str, dict[str, Value]] | None:
    """The type and the properties of the resource that a construct is; None if it is none of those that carry messages."""
    match = NATIVE.fullmatch(plain(thing.name))
    if match is None or match["service"] not in SERVICES or (match["service"], match["kind"]) == ("aws_lambda", "Function"):
        return None
    return f"AWS::{SERVICES[match['service']]}::{match['kind']}", _spelt(thing.keywords, 0, spelling)


def _spelt(given: dict[str, Value], depth: int, spelling: Spelling) -> dict[str, Value]:
    return {
        "".join(word[:1].upper() + word[1:] for word in key.split("_")): value
        if key in _AS_WRITTEN
        else _inner(value, depth + 1, spelling)
        for key, value in given.items()
        if key != "scope" and key != "id"
    }


def _inner(value: Value, depth: int, spelling: Spelling) -> Value:
    """What stands in a property: the parts of structures spelt as the template does."""
    thing = thing_of(value)
    spelling.left -= 1
    if depth > _DEEPEST or spelling.left < 0:
        return None
    if thing is not None and thing.name.endswith("Property"):
        return _spelt(thing.keywords, depth, spelling)
    if isinstance(value, list):
        return [_inner(v, depth + 1, spelling) for v in value[: spelling.left]]
    return _spelt(value, depth, spelling) if isinstance(value, dict) else value
