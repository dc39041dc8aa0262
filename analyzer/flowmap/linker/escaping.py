"""Functions defined inside of others that nobody is seen to call: whether somebody who is not seen can get hold of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker.mappings import walk
from flowmap.linker.parameters import is_receiver
from flowmap.linker.tables import expressions, heading
from flowmap.linker.terms import Function
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Assign, Augment, Define, Return

if TYPE_CHECKING:
    from flowmap.linker.view import View

SEEING_ALL = {"locals", "vars", "eval", "exec"}
"""Functions of the language that see every name of the scope in which they are called."""


def escapes(view: View, ref: ScopeRef) -> bool:
    """Whether something that is not seen may call a function: it has no name, its name is read, a decorator keeps it."""
    scope = view.scope(ref)
    parent = ScopeRef(ref.path, scope.parent)
    if scope.kind == "lambda" or scope.name in view.scope(parent).outer:
        return True
    decorators = view.decorators(ref)
    if len(decorators) < len(scope.decorators) or any(not isinstance(t, Function) or _keeps(view, t) for t in decorators):
        return True
    inner = set(_inside(view, ref))
    nodes = (n for around in _inside(view, parent) if around not in inner for e in _evaluated(view, around) for n in walk(e))
    return any(isinstance(n, ir.Name) and (n.id == scope.name or n.id in SEEING_ALL) for n in nodes)


def _inside(view: View, ref: ScopeRef) -> Iterator[ScopeRef]:
    """A function and all that is defined inside of it."""
    scopes = view.unit(ref.path).summary.scopes
    known = {ref.index}
    for index in range(ref.index, len(scopes)):
        if index in known or scopes[index].parent in known:
            known.add(index)
            yield ScopeRef(ref.path, index)


def _evaluated(view: View, ref: ScopeRef) -> Iterator[ir.Expression]:
    """The expressions of a scope's own statements."""
    for statement in view.scope(ref).statements:
        yield from expressions(statement)
        if isinstance(statement, Define):
            yield from heading(view.unit(ref.path).scope(statement.scope))
        elif isinstance(statement, Assign | Augment):
            yield statement.target


def _keeps(view: View, decorator: Function) -> bool:
    """Whether a decorator does more with the function that it is given than to call it and to give it back."""
    parameters = [p for p in view.scope(decorator.scope).parameters if not is_receiver(view, decorator.scope, p)]
    if not parameters or parameters[0].kind not in {"positional", "normal"}:
        return True
    name = parameters[0].name
    back = {id(s.value) for ref in _inside(view, decorator.scope) for s in view.scope(ref).statements if isinstance(s, Return)}
    nodes = (e for ref in _inside(view, decorator.scope) for e in _evaluated(view, ref) if id(e) not in back or e != ir.Name(name))
    return any(_hands_on(node, name) for node in nodes)


def _hands_on(node: ir.Expression, name: str) -> bool:
    """Whether an expression does more with a name than to call it."""
    if isinstance(node, ir.Call) and node.callee == ir.Name(name):
        return any(_hands_on(a.value, name) for a in node.arguments)
    return node == ir.Name(name) or any(_hands_on(child, name) for child in ir.children(node))
