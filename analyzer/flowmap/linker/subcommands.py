"""Programs of several commands, of which a service is started with one: the others are not what it does.

Commands are functions under a decorator `...command`, as click and typer have them, and what `set_defaults` gives to the parts that
`add_parser` makes of a parser of argparse. Which one is asked for is the first word of the start command that is the name of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import slots
from flowmap.linker.activations import Caller, last_name
from flowmap.linker.arguments import asked_for, named_by
from flowmap.linker.subjects import of_creation_made
from flowmap.linker.terms import Made, Member, Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.plugin_api import arg

if TYPE_CHECKING:
    from flowmap.linker.view import View


def is_started(view: View, ref: ScopeRef) -> bool:
    """Whether a function is a command, and the service is not started with another one."""
    known: dict[ScopeRef, frozenset[str]] = view.guarded(("commands",), lambda: dict(_commands(view)), {})
    if ref not in known:
        return False
    return asked_for(view, known[ref]) is not None or all(asked_for(view, names) is None for names in known.values())


def is_another(view: View, caller: Caller) -> bool:
    """Whether a function is given to a part of a parser, and the service is started with another part."""
    if caller.site is None or last_name(caller.site.call.callee) != "set_defaults":
        return False
    place = Place(view.symbolic_place(caller.scope).frame, caller.scope, caller.site.position)
    said = asked_for(view, named_by(view, "add_parser"))
    made = [t.owner for t in view.values(caller.site.call.callee, place) if isinstance(t, Member)]
    subjects = [s for t in made if isinstance(t, Made) and (s := of_creation_made(t)) is not None]
    names = {view.text(slots.ask(view, arg(0, "name"), s)) for s in subjects}
    return said is not None and len(names) == 1 and said not in names


def _commands(view: View) -> Iterator[tuple[ScopeRef, frozenset[str]]]:
    """The functions that decorators make commands, each with its names: one that is given, or its own."""
    for ref in view.scopes:
        scope = view.scope(ref)
        if scope.kind == "function" and any(last_name(d.callee) == "command" for d in scope.decorators if isinstance(d, ir.Call)):
            for term in view.decorators(ref):
                subject = of_creation_made(term) if isinstance(term, Made) else None
                if subject is not None:
                    given = view.text(slots.ask(view, arg(0, "name"), subject))
                    yield ref, frozenset({given} if given else {scope.name, scope.name.replace("_", "-")})
