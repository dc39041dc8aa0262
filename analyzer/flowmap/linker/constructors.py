"""What an object was constructed with, where a plugin speaks for one of its methods: the arguments of the constructor of the class
that defines the method, however they were passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.classes import class_attribute, method_frame
from flowmap.linker.making import given_to, ready
from flowmap.linker.parameters import parameter_value
from flowmap.linker.stated import stated_method
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Function, Instance, Member, Passed, Term
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View


def constructed(view: View, instance: Instance, callee: Term | None) -> Subject | None:
    """The construction of the object whose method is called; None if no plugin speaks for the method."""
    method = stated_method(view, instance, callee.name) if isinstance(callee, Member) else None
    if method is None:
        return None
    owner = ScopeRef(method.path, view.scope(method).parent)
    init = next((t for t in class_attribute(view, owner, "__init__", None) if isinstance(t, Function)), None)
    if init is None:
        creation = instance.creation
        return Subject(given_to(creation), None, creation.place) if creation is not None else None
    frame = method_frame(view, instance, init.scope)
    given: list[Passed] = []
    for parameter in view.scope(init.scope).parameters[1:]:
        value = ready(parameter_value(view, frame, parameter.name))
        given += [Passed(value, parameter.name)] if parameter.kind == "keyword" else [Passed(value), Passed(value, parameter.name)]
    return Subject(tuple(given), None, view.symbolic_place(init.scope))
