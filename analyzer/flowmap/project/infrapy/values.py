"""What the names of an infrastructure program can stand for: data, functions and classes of the program, things of a library."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TypeAlias

HOLE = "{}"
"""A piece of a text that nobody can tell."""
_MOST_CLASSES = 50
_LARGEST = 64
"""Bits of the largest number that anybody writes into a text."""
TOP = "/\ue020"
"""What stands for the folder of the scan in paths that are made of a file's own."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody can tell."""


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Library:
    """A module, class, function or constant of a library, by its dotted name."""

    name: str


@dataclass(slots=True, eq=False)
class Thing:
    """What a call of a library gives: the dotted name of what was called, with what arguments, and where (`path`, `line`). `of` is
    the thing whose method it was, `led` are the things that its methods were called with; `partial` says that arguments are
    missing which nobody can tell. `around` is the object of the program that was being made."""

    name: str
    arguments: list[Value]
    keywords: dict[str, Value]
    path: str
    line: int
    of: Thing | None = None
    led: list[Value] = field(default_factory=list)
    partial: bool = False
    around: str = ""

    def given(self, name: str, place: int | None = None) -> Value:
        """An argument by its name or its place; None if it is not given."""
        if name in self.keywords:
            return self.keywords[name]
        return self.arguments[place] if place is not None and place < len(self.arguments) else None


@dataclass(slots=True, eq=False)
class Names:
    """The names of a module or function, and those around it."""

    path: str
    own: dict[str, Value] = field(default_factory=dict)
    around: Names | None = None

    def find(self, name: str) -> Value:
        names: Names | None = self
        while names is not None:
            if name in names.own:
                return names.own[name]
            names = names.around
        return UNKNOWN


@dataclass(slots=True, eq=False)
class Function:
    """A function of the program; `this` is what it is bound to."""

    node: ast.FunctionDef | ast.AsyncFunctionDef
    names: Names
    this: Object | None = None
    owner: Class | None = None


@dataclass(slots=True, eq=False)
class Class:
    """A class of the program."""

    name: str
    bases: list[Value]
    names: Names

    def find(self, name: str) -> Value:
        """An attribute of the class or of those it stands below."""
        return next((c.names.own[name] for c in self._line() if isinstance(c, Class) and name in c.names.own), UNKNOWN)

    def library(self) -> str:
        """The library's class that it stands below; empty if there is none."""
        return next((c.name for c in self._line() if isinstance(c, Library)), "")

    def _line(self) -> list[Value]:
        """The class and what it stands below, each once, in the order in which attributes are looked for."""
        waiting: list[Value] = [self]
        found: dict[int, Value] = {}
        while waiting and len(found) < _MOST_CLASSES:
            one = waiting.pop()
            if id(one) not in found:
                found[id(one)] = one
                waiting += reversed(one.bases[:_MOST_CLASSES]) if isinstance(one, Class) else ()
        return list(found.values())


@dataclass(slots=True, eq=False)
class Object:
    """An object of a class of the program; `thing` is what it is to the library, `label` tells it from others of its class."""

    kind: Class
    label: str = ""
    own: dict[str, Value] = field(default_factory=dict)
    thing: Thing | None = None


@dataclass(slots=True, eq=False)
class Super:
    """What `super()` gives in a method of a class."""

    this: Object
    owner: Class


@dataclass(slots=True, eq=False)
class Method:
    """A method of data or of a thing, by its name."""

    of: Value
    name: str


Value: TypeAlias = (
    "str | int | float | bool | list[Value] | dict[str, Value] | Unknown | Library | Thing | Function | Class | Object | Super"
    " | Method | Names | None"
)


def piece(value: Value) -> str:
    """A value as a piece of a text."""
    match value:
        case bool():
            return str(value)
        case str():
            return value
        case int() if value.bit_length() > _LARGEST:
            return HOLE
        case int() | float():
            return str(value)
        case _:
            return HOLE
