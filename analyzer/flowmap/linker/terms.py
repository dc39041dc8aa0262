"""What an expression can be worth, and where it is asked. A value is a short tuple of terms, one per alternative that is seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from flowmap.linker.hashing import Hashed
from flowmap.linker.units import ScopeRef
from flowmap.model.expression import Call, Expression


@dataclass(frozen=True, slots=True)
class Literal:
    """A known constant. `name` is the setting or constant in which it is kept: a hint of what it stands for, no part of it."""

    value: str | int | float | bool | None
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known, `reason` says why. `uncalled`: it would be given to a function which nothing calls. `cut`: a bound was hit."""

    reason: str
    uncalled: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Unset:
    """An environment variable or setting that no deployment file sets and that has no default."""

    name: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter whose caller is not known yet. `filled`: another value counts where it says nothing. `made`: the class meant."""

    scope: ScopeRef
    name: str
    filled: bool = False
    made: ScopeRef | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An attribute of `self` that subclasses decide, in a method whose object is not fixed (yet)."""

    owner: ScopeRef
    name: str


@dataclass(frozen=True, slots=True)
class Template(Hashed):
    """A text with holes: known pieces and, between them, terms that are no text. `name` as for literals, of its first piece."""

    parts: tuple[str | Term, ...]
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something outside the scanned code (or a builtin), by its qualified name."""

    name: str


@dataclass(frozen=True, slots=True)
class Module:
    """A scanned module or package; `path` is its file, or its folder (ending in `/`) where it has no file."""

    path: str


@dataclass(frozen=True, slots=True)
class Function(Hashed):
    """A scanned function. `closure` is the frame it was made in, `self` what its first parameter is bound to."""

    scope: ScopeRef
    closure: Frame | None = None
    self: Term | None = None


@dataclass(frozen=True, slots=True)
class Class:
    """A scanned class."""

    scope: ScopeRef
    closure: Frame | None = None


@dataclass(frozen=True, slots=True)
class Instance(Hashed):
    """An object of a scanned class; `creation` is None where the constructor call is not fixed (yet)."""

    scope: ScopeRef
    creation: Creation | None = None


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A member of a scanned enumeration."""

    scope: ScopeRef
    name: str


@dataclass(frozen=True, slots=True)
class Made(Hashed):
    """What calling `callee` gave, where nobody here can look inside; `creation` is None for "an object of that type"."""

    callee: Term
    creation: Creation | None = None


@dataclass(frozen=True, slots=True)
class Member(Hashed):
    """`owner.name`, where the owner is not scanned code."""

    owner: Term
    name: str


@dataclass(frozen=True, slots=True)
class Element(Hashed):
    """`owner[key]` or an element of an iteration over it (`key` is None), where the owner is not scanned code."""

    owner: Term
    key: str | int | None = None


@dataclass(frozen=True, slots=True)
class Entries(Hashed):
    """A mapping whose entries are known; a None key stands for a key that is not. `open` says that more may come."""

    items: tuple[tuple[Deferred | None, Deferred], ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Elements(Hashed):
    """A list, tuple or set with known elements. `open`: more may come; `ordered`: the order is known; `parts`: wholes in it."""

    items: tuple[Deferred, ...]
    open: bool = False
    ordered: bool = True
    parts: Value = ()


@dataclass(frozen=True, slots=True)
class Selection(Hashed):
    """An entry of a mapping or list, or of the environment, where the key or what it is looked up in waits for a caller."""

    owner: Term
    key: Term


@dataclass(frozen=True, slots=True)
class Written(Hashed):
    """A value that waits for a caller, as a format writes it (see `formats.write`)."""

    owner: Term
    conversion: str
    spec: str


@dataclass(frozen=True, slots=True)
class Computed(Hashed):
    """What a call of the language, or a read of the environment, makes of arguments that wait for a caller (`on`)."""

    callee: Term
    creation: Creation
    on: Value


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue object of the program (`made`), or a list or stream of a broker by its `name`."""

    made: Term | None
    space: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A field (`path`) of any object of a scanned class that is kept and read back, or of any item that is put into a queue."""

    source: ScopeRef | Queue
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class File(Hashed):
    """A file that the code opens, or what it reads of it."""

    path: Term


@dataclass(frozen=True, slots=True)
class Parsed:
    """A mapping or list in a file of data, by the way to it; opened level by level, because such files are large."""

    file: str
    keys: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Partial(Hashed):
    """`functools.partial` and its like: a callable with leading arguments."""

    callee: Term
    arguments: tuple[Passed, ...]


@dataclass(frozen=True, slots=True)
class Supplier(Hashed):
    """A callable of which only is known what calling it gives."""

    gives: Value


@dataclass(frozen=True, slots=True)
class Promised(Hashed):
    """Something that waits for a caller and is said to be one of `kinds`: by an annotation, a cast, a test."""

    of: Term
    kinds: Value


Term: TypeAlias = (Literal | Unknown | Unset | Parameter | Pending | Template | Symbol | Module | Function | Class | Instance |
    EnumMember | Made | Member | Element | Entries | Elements | Selection | Computed | Written | Column | Partial | File | Supplier
    | Promised | Parsed)  # fmt: skip
Value: TypeAlias = tuple[Term, ...]


class Frame:
    """One activation of a scope, made by `Frames`. `link` says who called it with what; without one parameters stay symbolic."""

    __slots__ = ("closure", "depth", "id", "link", "receiver", "scope")

    def __init__(self, number: int, scope: ScopeRef, link: Link | None, closure: Frame | None, receiver: Term | None) -> None:
        self.id, self.scope, self.link = number, scope, link
        self.closure, self.receiver = closure, receiver
        self.depth: int = 0 if link is None or link.place is None else link.place.frame.depth + 1


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A point in a frame: a statement of its scope, or of a class in it. `overlay` fixes elements of loops, `mark` is its hash."""

    frame: Frame
    scope: ScopeRef
    position: int
    overlay: tuple[tuple[str, Value], ...] = ()
    mark: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "mark", hash(self.overlay))


@dataclass(frozen=True, slots=True)
class Creation(Hashed):
    """The call that made an object, in one frame. `surroundings`, from the environment, count before its arguments."""

    call: Call = field(compare=False)
    place: Place = field(compare=False)
    key: tuple[int, ...] = ()
    surroundings: tuple[Passed, ...] = ()


@dataclass(frozen=True, slots=True)
class Deferred(Hashed):
    """An expression to be evaluated where it stands, or a value that is already there. `perhaps`: a branch puts it in."""

    expression: Expression | None = field(compare=False)
    place: Place | None = field(compare=False)
    value: Value = ()
    key: tuple[int, ...] = ()
    perhaps: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Passed(Hashed):
    """An argument as it reaches a function."""

    value: Deferred
    keyword: str | None = None
    stars: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """How a function came to be called: from where (None: from outside the scan), with what. Equal if the key is."""

    place: Place | None
    arguments: tuple[Passed, ...]
    key: tuple[int, ...] = ()
