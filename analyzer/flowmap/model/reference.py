"""References: where, around a call of a library, the value of a slot stands. A closed union of small values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Argument:
    """A positional argument (from 0, the receiver not counted), or the same under its keyword."""

    index: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class AllArguments:
    """The positional arguments from `start`, each one alternative."""

    start: int = 0


@dataclass(frozen=True, slots=True)
class Maker:
    """`ref`, asked of the call that made the receiver; of that call's receiver for `up=2`, and so on. The maker of a
    decorated function is its decorator. With `only`, the making call must end with one of these names."""

    ref: Ref
    up: int = 1
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inside:
    """`ref`, asked of the call that made the object `of` (`Queue("orders")` given as an argument), or of the decorations of a
    function or class. A text stays itself. With `scanned`, of an object of any class of the scan too."""

    of: Ref
    ref: Ref
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """The class around a method; anything else stays itself."""

    of: Ref


@dataclass(frozen=True, slots=True)
class Entry:
    """The entry `key` of a mapping; of a pair or list, the element at that place."""

    of: Ref
    key: str | int


@dataclass(frozen=True, slots=True)
class Each:
    """The elements of a collection, each one alternative; anything else counts as its own element."""

    of: Ref


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a mapping, each one alternative."""

    of: Ref


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first of these that is there and neither None nor empty; failing that, whatever there is. `empty` lets an empty text
    count too."""

    refs: tuple[Ref, ...]
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Const:
    """A fixed text."""

    text: str


@dataclass(frozen=True, slots=True)
class Format:
    """A text made of others: `{}` fields in order."""

    template: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class FunctionName:
    """The name of the decorated function."""


@dataclass(frozen=True, slots=True)
class Decorated:
    """The decorated function."""


@dataclass(frozen=True, slots=True)
class FunctionPath:
    """The module and the name of a function, put together: of the decorated one, or of what is given at `of`, where a text stays
    itself."""

    of: Ref | None = None
    separator: str = "."


@dataclass(frozen=True, slots=True)
class ClassAttribute:
    """An attribute of the class around the site (of `self` where there is one)."""

    name: str


@dataclass(frozen=True, slots=True)
class MethodName:
    """The attribute that is called; `up` goes to attributes and constant keys (`x["name"]`) further left."""

    up: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """What the annotation of the first parameter says that the decorated function takes (`self` left out); of a decorated class,
    what its method `method` takes."""

    method: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What the decorated function returns."""


@dataclass(frozen=True, slots=True)
class TypeName:
    """The name of the class of an object, or of a class given itself."""

    of: Ref


@dataclass(frozen=True, slots=True)
class ObjectOf:
    """An object of the class that stands there, whoever makes it."""

    of: Ref


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a function or a class that stands there gives when it is called with nothing."""

    of: Ref


@dataclass(frozen=True, slots=True)
class TypeOf:
    """The name of the receiver's class, less an ending."""

    ending: str = ""


@dataclass(frozen=True, slots=True)
class Tail:
    """The last piece of an ARN, URL or path: behind the last of `separators`."""

    of: Ref
    separators: str = ":/"


@dataclass(frozen=True, slots=True)
class Host:
    """The first label of the host of an address."""

    of: Ref


@dataclass(frozen=True, slots=True)
class Configured:
    """The setting of the service that a text names; with `mark`, each name between two of them in a text (`%QUEUE%-in`)."""

    of: Ref
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with all that a regular expression finds in it replaced; what varies in it stays."""

    of: Ref
    pattern: str
    by: str


@dataclass(frozen=True, slots=True)
class Matched:
    """The first group of a regular expression in a text, which may be one of another language (SQL); nothing where it is not found.
    A part of the text that varies is one character outside ASCII, and no `\\w`."""

    of: Ref
    pattern: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """The object on which the method is called."""


@dataclass(frozen=True, slots=True)
class Result:
    """What the call itself gives."""


@dataclass(frozen=True, slots=True)
class Held:
    """What an object keeps under a name: what is assigned to its attribute, the function on which its method of that name stands
    as a decorator, the function or object that this method is called with, what its class keeps there or a method of it."""

    of: Ref
    name: str


@dataclass(frozen=True, slots=True)
class Called:
    """`ref`, asked of the calls of methods `names` of the object `of` anywhere in the code (the `bind` or `connect` that gives a
    socket its address, the `mount` that gives a session its adapter); where there is no such call, not known, or, if it is not
    `needed`, nothing. With `same` only those calls count whose second reference is a text that the first one is here (the
    declaration of the parameter that is asked for)."""

    of: Ref
    names: tuple[str, ...]
    ref: Ref
    needed: bool = True
    same: tuple[Ref, Ref] | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """The variable or attribute that an object is assigned to where it is made, which is all the name that it has (`placed` of
    `placed = Signal()`); with `home` the module and class around that place, with dots. An object that is assigned to nothing has
    neither."""

    of: Ref
    home: bool = False


@dataclass(frozen=True, slots=True)
class Keywords:
    """The keyword arguments, each a pair of its name and its value, less those that the library takes for itself (`but`)."""

    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Current:
    """The element that a pattern's `each` goes through."""


Ref: TypeAlias = (
    Argument | AllArguments | Maker | Inside | Entry | Each | Keys | FirstOf | Const | Format | FunctionName | FunctionPath
    | ClassAttribute | MethodName | Returned | TypeName | ObjectOf | Supplied | TypeOf | Tail | Current | Receiver | Result | Held
    | Host | Configured | Keywords | Variable | Matched | Replaced | Owner | Taken | Called
    | Decorated
)  # fmt: skip


def arg(index: int, name: str | None = None) -> Argument:
    """The positional argument `index`, also accepted under the keyword `name`."""
    return Argument(index, name)


def keyword(name: str) -> Argument:
    """A keyword-only argument."""
    return Argument(None, name)
