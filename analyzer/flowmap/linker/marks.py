"""What to look for while a value is traced back: its terms, and the texts that they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker.rendering import reason, spelled
from flowmap.linker.terms import (
    Class,
    Element,
    Elements,
    EnumMember,
    Function,
    Instance,
    Literal,
    Made,
    Member,
    Parsed,
    Promised,
    Symbol,
    Template,
    Term,
    Value,
)
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View

SHORTEST = 2
"""Letters that a text must have to be found in a longer one."""
_LONGEST_SHOWN, _MOST_ITEMS = 4, 100


@dataclass(frozen=True, slots=True)
class Marks:
    """A value in pieces. `texts` are its known texts as they are compared: letters and digits alone, in lower case, so that what
    was capitalised or dashed on the way is found again."""

    terms: frozenset[Term]
    texts: frozenset[str]
    waits: bool


def marks_of(view: View, value: Value) -> Marks:
    """The pieces of a value."""
    terms = frozenset(t for term in value for t in _inside(term))
    texts = frozenset(p for t in terms for p in _pieces(view, t) if p)
    return Marks(terms, texts, any(depends(t) for t in value))


def _inside(term: Term) -> Iterator[Term]:
    yield term
    if isinstance(term, Template):
        for part in term.parts:
            if not isinstance(part, str):
                yield from _inside(part)
    elif isinstance(term, Promised):
        yield from _inside(term.of)
    elif isinstance(term, Member | Element):
        yield from _inside(term.owner)
    elif isinstance(term, Elements):
        yield from (t for item in term.items[:_MOST_ITEMS] for t in item.value)


def _pieces(view: View, term: Term) -> Iterator[str]:
    """The known texts in a term; an object of a class and a function count with their names."""
    match term:
        case Literal(value=None) | Literal(value=bool()):
            return
        case Literal(value=known):
            yield _plain(str(known))
        case Template(parts=parts):
            yield from (_plain(p) for p in parts if isinstance(p, str))
        case EnumMember():
            for inner in view.enum_value(term):
                yield from _pieces(view, inner) if not isinstance(inner, EnumMember) else ()
        case Member(owner=owner) | Element(owner=owner):
            yield from _pieces(view, owner)
        case Instance(scope=scope) | Class(scope=scope) | Function(scope=scope):
            yield _plain(view.scope(scope).name)
        case _:
            return


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def fitting(view: View, value: Value, marks: Marks) -> Value:
    """The terms of an answer that are found again in what was made of it."""
    return tuple(t for t in value if _fits(view, t, marks))


def _fits(view: View, term: Term, marks: Marks) -> bool:
    if (marks.waits and depends(term)) or isinstance(term, Parsed):
        return True  # what a caller decides, or a file of data: nobody can tell yet what of it will be found again
    if any(t in marks.terms for t in _inside(term) if t != Literal(None)):
        return True
    pieces = [p for p in _pieces(view, term) if len(p) >= SHORTEST]
    return bool(pieces) and all(any(p in text or (len(text) > SHORTEST and text in p) for text in marks.texts) for p in pieces)


def shown(view: View, value: Value) -> tuple[str, ...]:
    """Terms as people read them: texts in quotation marks, with `{}` for what varies, and the rest in words."""
    found = dict.fromkeys(_shown(view, t) for t in view.texts(value))
    more = (f"{len(found) - _LONGEST_SHOWN} more",) if len(found) > _LONGEST_SHOWN else ()
    return (*tuple(found)[:_LONGEST_SHOWN], *more)


def _shown(view: View, term: Term) -> str:
    match term:
        case Literal(value=str() as text):
            return f'"{text}"'
        case Literal(value=other):
            return str(other)
        case Template(parts=parts):
            return '"' + "".join(p if isinstance(p, str) else "{}" for p in parts) + '"'
        case Made() | Member() | Element() | Symbol() | Parsed():
            return f"`{spelled(view, term)}`"
        case _:
            return reason(view, term)
