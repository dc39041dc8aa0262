"""What an effect is about: the model, the table or the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.opened import databases, kept_in
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import Class, Element, Instance, Literal, Made, Member, Promised, Term, Value
from flowmap.model import expression as ir
from flowmap.model.effect import Does, Effects

if TYPE_CHECKING:
    from flowmap.linker.view import View


def about_of(view: View, pattern: Effects, asked: Value, made: Made, site: CallSite) -> str:
    """The model, table or database, of what a call makes."""
    if pattern.does is Does.OPENS:
        return next(databases(view, asked) if pattern.about is not None else kept_in(view, made), "")
    if pattern.about is not None:
        meant = [m for a in asked for m in view.meant(a)]
        texts = (t.value for t in view.texts(tuple(meant)) if isinstance(t, Literal) and isinstance(t.value, str))
        return next((name for m in meant if (name := _class_name(view, m))), "") or next(texts, "")
    if pattern.does not in (Does.WRITES, Does.READS):
        return ""
    return next((name for m in view.meant(made.callee) if (name := _class_name(view, m))), "") or _capitalised(site.call.callee)


def _class_name(view: View, term: Term) -> str:
    """The scanned class that a term is, or begins with, or is promised to be an object of."""
    while isinstance(term, Member | Made | Element):
        term = term.callee if isinstance(term, Made) else term.owner
    if isinstance(term, Promised):
        return next((name for kind in term.kinds if (name := _class_name(view, kind))), "")
    return view.scope(term.scope).name if isinstance(term, Instance | Class) else ""


def _capitalised(node: ir.Expression) -> str:
    """The name of the class that a chain of attributes and calls begins with, if it looks like one."""
    while True:
        match node:
            case ir.Attribute(value=inner) | ir.Call(callee=inner) | ir.Subscript(value=inner) | ir.Await(value=inner):
                if isinstance(node, ir.Attribute) and node.attr[:1].isupper():
                    return node.attr
                node = inner
            case ir.Name(id=name):
                return name if name[:1].isupper() else ""
            case _:
                return ""
