"""What things are called or belong to by their place in the code: the variable that an object is assigned to where it is made, the
class around a method, the type that a function says it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap import plugin_api as api
from flowmap.linker.parameters import is_receiver
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Class, Creation, Function, Instance, Literal, Made, Symbol, Term, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.summary import Assign

if TYPE_CHECKING:
    from flowmap.linker.view import View


def variable(view: View, ref: api.Variable, subject: Subject, of: Value) -> Value:
    """The names of the objects `of`; objects that are assigned to nothing have none."""
    found: list[Literal] = []
    for term in view.close(of) if subject.final else of:
        if isinstance(term, Made | Instance) and term.creation is not None:
            found += _named(view, term.creation, home=ref.home)
        elif depends(term):
            return (term,)
    return bounded(found)


def owners(view: View, of: Value) -> Value:
    """The classes around methods, and whatever else there is."""
    found: list[Term] = []
    for term in of:
        around = ScopeRef(term.scope.path, view.scope(term.scope).parent) if isinstance(term, Function) else None
        found.append(Class(around) if around is not None and around.index > 0 and view.scope(around).kind == "class" else term)
    return bounded(found)


def taken(view: View, method: str, decorated: ScopeRef | None) -> Value:
    """What a decorated function, or the method of a decorated class, takes first, as its annotation says."""
    functions: list[ScopeRef] = []
    if decorated is not None and view.scope(decorated).kind == "class":
        functions = [t.scope for t in view.attribute(Class(decorated), method) if isinstance(t, Function)]
    elif decorated is not None:
        functions = [decorated]
    found: list[Term] = []
    for ref in functions:
        first = next((p for p in view.scope(ref).parameters if not is_receiver(view, ref, p)), None)
        if first is not None and first.annotation is not None:
            found += view.values(first.annotation, view.definition_place(view.frame(ref, None)))
    return bounded(found)


def type_name(view: View, term: Term) -> Value:
    """The name of the class of an object (of a class itself: its own)."""
    match term:
        case Instance(scope=scope) | Class(scope=scope):
            return (Literal(view.scope(scope).name),)
        case Made(callee=Symbol(name=name)) | Symbol(name=name) if name.rpartition(".")[2][:1].isupper():
            return (Literal(name.rpartition(".")[2]),)
        case _:
            return (term,) if depends(term) else ()


def _named(view: View, creation: Creation, *, home: bool) -> list[Literal]:
    scope = creation.place.scope
    for statement in view.scope(scope).statements:
        if isinstance(statement, Assign) and statement.value is creation.call:
            match statement.target:
                case ir.Name(id=name):
                    return [Literal(_home(view, scope) if home else name)]
                case ir.Attribute(value=ir.Name(), attr=name):  # of `self`: at home in the class around the method
                    outer = ScopeRef(scope.path, max(view.scope(scope).parent, 0))
                    return [Literal(_home(view, outer) if home else name)]
    return []


def _home(view: View, scope: ScopeRef) -> str:
    return ".".join(n for n in (view.modules.name(scope.path), view.scope(scope).qualname) if n)
