"""Programs of several commands, of which a start command names one.

Commands are functions under a decorator `...command`, as click and typer have them, and the parts that `add_parser` makes of a
parser of argparse. The one that is asked for is the first word of the start command that is the name of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import slots
from flowmap.linker.making import passed
from flowmap.linker.parameters import decorator_names
from flowmap.linker.subjects import Subject, of_creation_made
from flowmap.linker.terms import Made, Member, Place, Symbol, Term
from flowmap.linker.units import ScopeRef
from flowmap.plugin_api import arg

if TYPE_CHECKING:
    from flowmap.linker.view import View

COMMAND = "command"
"""The last name of the decorators that make commands of functions."""
PART = "add_parser"
MAX_CALLS = 400
"""Calls of one method of parsers."""


def calls_of(view: View, method: str) -> Iterator[Subject]:
    """The calls that are written with the name of a method."""
    for ref, site in view.callers.named(method)[:MAX_CALLS]:
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        yield Subject(passed(site.call.arguments, place), None, place)


def named_by(view: View, method: str) -> frozenset[str]:
    """The first arguments of these calls, where they are known."""
    found = (view.text(slots.ask(view, arg(0, "name"), made)) for made in calls_of(view, method))
    return frozenset(text for text in found if text)


def asked_for(view: View, names: frozenset[str]) -> str | None:
    """The first word of the start command that is one of the names of commands."""
    return next((w for w in view.surroundings.arguments or () if w in names), None)


def commands(view: View) -> dict[ScopeRef, frozenset[str]]:
    """The functions that decorators make commands, each with its names: one that is given, or its own."""
    nothing: dict[ScopeRef, frozenset[str]] = {}
    return view.guarded(("commands",), lambda: dict(_commands(view)), nothing)


def is_started(view: View, ref: ScopeRef) -> bool:
    """Whether a function is a command, and the service is not started with another one."""
    return ref in commands(view) and not is_another_command(view, ref)


def is_another_command(view: View, ref: ScopeRef) -> bool:
    """Whether a function is a command, and the service is started with another one."""
    known = commands(view)
    asked = ref in known and asked_for(view, known[ref]) is None
    return asked and any(asked_for(view, names) is not None for names in known.values())


def _commands(view: View) -> Iterator[tuple[ScopeRef, frozenset[str]]]:
    for ref in view.scopes:
        scope = view.scope(ref)
        if scope.kind == "function" and COMMAND in decorator_names(scope):
            for term in view.decorators(ref):
                subject = of_creation_made(term) if isinstance(term, Made) and _makes_command(term.callee) else None
                if subject is not None:
                    given = view.text(slots.ask(view, arg(0, "name"), subject))
                    yield ref, frozenset({given} if given else {scope.name, scope.name.replace("_", "-")})


def _makes_command(callee: Term) -> bool:
    return isinstance(callee, Member | Symbol) and callee.name.rpartition(".")[2] == COMMAND


def is_another_part(view: View, term: Term) -> bool:
    """Whether a parser is a part of another one (`add_parser("work")`), and the start command asks for another part."""
    while isinstance(term, Made) and isinstance(term.callee, Member):
        made = of_creation_made(term)
        if term.callee.name == PART and made is not None:
            said = asked_for(view, named_by(view, PART))
            own = view.text(slots.ask(view, arg(0, "name"), made))
            return said is not None and own is not None and own != said
        term = term.callee.owner
    return False


def behind_command(view: View, words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the start command behind the name of the command that it asks for."""
    part = asked_for(view, named_by(view, PART) | frozenset(n for names in commands(view).values() for n in names))
    return words[words.index(part) + 1 :] if part is not None else words
