"""Where a value stands at a call, as the configuration writes it: a plugin's references, in words short enough for a TOML file."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from flowmap.model.reference import Argument, Const, Entry, FirstOf, FunctionName, Maker, Receiver, Ref, Tail

_PLACES = {
    "constructor": "constructor:NAME",
    "attribute": "attribute:NAME",
    "last": "last:PLACE",
    "text": "text:TEXT",
    "function": "function:name",
}


def reference(given: object) -> Ref:
    """The reference that is meant: a position, a name, `constructor:` and either of these, `attribute:NAME` (of the object),
    `text:TEXT`, `function:name` (of the decorated one), `last:` and one of these for the last piece of a path, URL or ARN; the
    first of several that is there. Raises ValueError with what should be there instead."""
    if isinstance(given, list) and given:
        return FirstOf(tuple(reference(one) for one in given))
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return Argument(given)
    if not isinstance(given, str) or not given:
        raise ValueError("should be the position of an argument, the name of one, or a list of such")
    prefix, colon, rest = given.partition(":")
    if not colon and given.isidentifier():
        return Argument(None, given)
    match prefix:
        case "constructor" if rest.isdecimal() or rest.isidentifier():
            return Maker(reference(int(rest) if rest.isdecimal() else rest))
        case "last" if rest and not rest.startswith("last:"):
            return Tail(reference(int(rest) if rest.isdecimal() else rest))
        case "attribute" if rest.isidentifier():
            return Entry(Receiver(), rest)
        case "text" if rest:
            return Const(rest)
        case "function" if rest == "name":
            return FunctionName()
    near = [_PLACES[n] for n in difflib.get_close_matches(prefix, _PLACES, n=1, cutoff=0.6)]
    known = f"known: {', '.join(_PLACES.values())}"
    raise ValueError(f"is no place of a value; did you mean '{near[0]}'?" if near else f"is no place of a value; {known}")


def verb(given: object) -> str | Ref:
    """An HTTP method in capitals, or where it stands."""
    return given if isinstance(given, str) and given.isupper() and given.isalpha() else reference(given)


def qualified(given: str) -> str:
    """A dotted name of two parts at least; raises ValueError for anything else."""
    if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)+", given):
        raise ValueError("should be a qualified name, such as 'acme.bus.Bus.publish'")
    return given


_Written: TypeAlias = Annotated[
    int | str | list[int | str],
    WithJsonSchema({"type": ["integer", "string", "array"], "items": {"type": ["integer", "string"]}}),
]
Where: TypeAlias = Annotated[Ref | None, PlainValidator(reference, json_schema_input_type=_Written)]
Verb: TypeAlias = Annotated[str | Ref | None, PlainValidator(verb, json_schema_input_type=_Written)]
QualifiedName: TypeAlias = Annotated[str, AfterValidator(qualified)]
