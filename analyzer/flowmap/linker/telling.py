"""Calls that tell by the names of their arguments whose they are: `queues.send_message(QueueUrl=...)` is a client of SQS, whoever
made it. For objects of which nobody knows what made them, or a library that no plugin knows; a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.activations import last_name
from flowmap.linker.terms import Class, Function, Instance, Partial, Term, Unknown, Value
from flowmap.linker.typing import UNDECIDED
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View
    from flowmap.plugin_api import Pattern, Plugin


def told(view: View, call: ir.Call) -> tuple[tuple[Plugin, Pattern], ...]:
    """The patterns of the method that only one library has with such an argument; empty for any other call."""
    name = last_name(call.callee)
    if not isinstance(call.callee, ir.Attribute) or name not in view.knowledge.telling:
        return ()
    keywords = {a.keyword for a in call.arguments}
    owners = (owner for keyword, owner in view.knowledge.telling[name] if keyword in keywords)
    return tuple(found for owner in dict.fromkeys(owners) for found in view.knowledge.matching(f"{owner}.{name}"))


def is_strange(view: View, callees: Value) -> bool:
    """Whether nobody can tell what is called, or only that it is of a library that no plugin knows."""
    return all(_is_strange(view, t) for t in callees)


def _is_strange(view: View, callee: Term) -> bool:
    if isinstance(callee, Function | Class | Instance | Partial):
        return False
    return isinstance(callee, Unknown) or all(_is_of_nobody(view, name) for name in view.names_of(callee))


def _is_of_nobody(view: View, name: str) -> bool:
    return UNDECIDED in name.split(".") or view.knowledge.is_foreign(name)
