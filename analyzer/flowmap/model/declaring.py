"""Ways in which programs declare values that a library hands out later: members of enumerations, options, entry points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from flowmap.model.reference import Ref


@dataclass(frozen=True, slots=True)
class Enumeration:
    """`base` makes enumerations of the classes below it. Members may be worth a pair of the value and a label for people. `texts`:
    they are texts themselves."""

    base: str
    texts: bool = False


@dataclass(frozen=True, slots=True)
class RegisteredOptions:
    """Options (`kinds` of objects, with `*`, that have a name and perhaps a default) are given to methods of `root`: `one` by one,
    or `several` at once, to the group that stands second. They are read as attributes of the root or of its groups. `variable` is
    the environment variable that counts before the default, `{group}` and `{name}` filled in and in capitals; `unnamed` is the
    group of options without one."""

    root: str
    kinds: str
    one: tuple[str, ...]
    several: tuple[str, ...] = ()
    variable: str = ""
    unnamed: str = ""


@dataclass(frozen=True, slots=True)
class EntryPoints:
    """Objects that `target` makes have loaded what the metadata of a package calls `name` in `group`; it is their `attribute`, made
    an object of where `invoked` says so."""

    target: str
    attribute: str
    group: Ref
    name: Ref
    invoked: Ref


@dataclass(frozen=True, slots=True)
class CommandOptions:
    """The `method` of a class below `base` is given, as keyword arguments, the options that its method `declares` adds to a
    parser."""

    base: str
    method: str
    declares: str


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Objects that `maker` makes, and the ready one called `ready`, hand out as attributes, as items and by `method` what stands
    in files of data: those whose paths are `files` of the construction, those given to one of the methods in `reading` (all of
    them to the path), else those called like one of `usual`. There, names may stand in one of `sections`. A variable of the
    environment comes first that is called like the entry, in capitals, behind `prefix` and an underscore; `prefixing` is a method
    that is given a prefix. Of a later file counts what it says otherwise."""

    maker: str
    ready: str = ""
    method: str = "get"
    files: Ref | None = None
    reading: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    prefix: Ref | None = None
    prefixing: str = ""


Declaring: TypeAlias = Enumeration | RegisteredOptions | EntryPoints | CommandOptions | FileSettings
