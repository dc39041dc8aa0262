"""Terms in the reader's words: a channel name with `{}` for what varies, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flowmap.linker.terms import (
    Class,
    Column,
    Computed,
    Element,
    Elements,
    Entries,
    Function,
    Instance,
    Literal,
    Made,
    Member,
    Module,
    Parameter,
    Parsed,
    Partial,
    Pending,
    Promised,
    Queue,
    Selection,
    Symbol,
    Template,
    Term,
    Unknown,
    Unset,
    Value,
    Written,
)
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View


NOTHING, NO_CHANNEL, EMPTY = "None", "no channel is given", "an empty text"
"""The reasons of a value that is None, of one that is not there, and of one that says nothing."""
KEYLESS = {"", NOTHING, NO_CHANNEL, EMPTY}
"""Reasons why a message has no routing key; it needs none where it goes to an exchange."""
BROKERS_CHOICE = "a name that the broker chooses"
"""Why a queue that is given no name has none that the scan could know."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, or None and why not. `uncalled` says that no code that runs could tell, `cut` that a bound was hit, `name` is the
    setting or constant in which the text is kept, if that is known, `unset` the variable that would tell."""

    text: str | None
    reason: str = ""
    uncalled: bool = False
    cut: bool = False
    name: str = field(default="", compare=False)
    unset: str = ""


def render(view: View, value: Value) -> tuple[Text, ...]:
    """One `Text` per alternative, distinct, in order; of those that are no texts, only where none is (or where a bound says that
    there are more), and None only where nothing else is said."""
    terms = view.texts(value)
    found = dict.fromkeys(_rendered(view, t) for t in terms if not _is_none(t)) or dict.fromkeys(_rendered(view, t) for t in terms)
    known = any(t.text is not None for t in found)
    return tuple(t for t in found if t.text is not None or t.cut or not known)


def render_name(view: View, value: Value) -> tuple[Text, ...]:
    """The same of the name of a channel: several services may be given the same one by whoever deploys them."""
    handed = view.surroundings.handed
    return tuple(Text(handed[t.unset], name=t.unset) if t.unset in handed else t for t in render(view, value))


def _is_none(term: Term) -> bool:
    return isinstance(term, Literal) and term.value is None


def _rendered(view: View, term: Term) -> Text:
    if isinstance(term, Literal):
        return Text(None, NOTHING) if term.value is None else Text(str(term.value), name=term.name)
    if isinstance(term, Template):
        holes = [p for p in term.parts if not isinstance(p, str)]
        fixed = "".join(p for p in term.parts if isinstance(p, str))
        if not fixed.strip("/:.-_ "):
            return Text(None, reason(view, holes[0]), _uncalled(holes[0]))
        return Text("".join(p if isinstance(p, str) else "{}" for p in term.parts), "", any(map(_uncalled, holes)), name=term.name)
    unset = term.name if isinstance(term, Unset) else ""
    return Text(None, reason(view, term), _uncalled(term), isinstance(term, Unknown) and term.cut, unset=unset)


def _uncalled(term: Term) -> bool:
    return isinstance(term, Unknown) and term.uncalled


def reason(view: View, term: Term) -> str:
    """Why the term is no text, as a clause that a user can act on."""
    match term:
        case Unknown(reason=text):
            return text
        case Unset(name=name):
            return f"environment variable `{name}`, which no deployment file sets"
        case Parameter(scope=scope, name=name):
            return f"parameter `{name}` of `{view.scope(scope).qualname}`"
        case Pending(owner=owner, name=name):
            return f"`{name}`, which subclasses of `{view.scope(owner).qualname}` decide"
        case Instance(scope=scope) | Class(scope=scope):
            return f"an object of `{view.scope(scope).qualname}`"
        case Column(source=Queue(name=name), path=path):
            entry = ".".join(map(str, path))
            return f"`{entry}` out of the queue{f' `{name}`' if name else ''}, into which the scan sees nothing put"
        case Column(source=ScopeRef() as scope, path=path):
            return f"`{path[0]}` of stored `{view.scope(scope).qualname}` objects"
        case Function(scope=scope):
            return f"the function `{view.scope(scope).qualname}`"
        case Elements() | Entries():
            return "a collection"
        case _:
            return _at_run_time(view, term)


def _at_run_time(view: View, term: Term) -> str:
    """The same of what a library gives."""
    if isinstance(term, Member) and term.owner == Literal(None):
        return f"`{term.name}` of something that the scan sees as None only"
    return f"comes from `{spelled(view, term)}`"


def spelled(view: View, term: Term) -> str:
    """A library value as a reader would write it."""
    match term:
        case Symbol(name=name):
            return name.removeprefix("builtins.")
        case Made(callee=callee) | Computed(callee=callee):
            return f"{spelled(view, callee)}()"
        case Member(owner=owner, name=name):
            return f"{spelled(view, owner)}.{name}"
        case Element(owner=owner, key=key):
            return f"{spelled(view, owner)}[{'' if key is None else repr(key)}]"
        case Parameter(name=name) | Unset(name=name):
            return name
        case Instance(scope=scope) | Class(scope=scope) | Function(scope=scope):
            return view.scope(scope).qualname
        case _:
            return _otherwise(view, term)


def _otherwise(view: View, term: Term) -> str:
    """The same of what is no library value: files, constants, and what waits for a caller or an object."""
    match term:
        case Pending(name=name):
            return f"self.{name}"
        case Selection(owner=owner):
            return f"{spelled(view, owner)}[...]"
        case Written(owner=inner) | Promised(of=inner) | Partial(callee=inner):
            return spelled(view, inner)
        case Parsed(file=file, keys=keys):
            return f"{file}{''.join(f'[{k!r}]' for k in keys)}"
        case Module(path=path):
            return path
        case Literal(value=value):
            return repr(value)
        case _:
            return "..."
