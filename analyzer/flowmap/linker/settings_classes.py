"""Classes whose fields are environment variables: which variable a field is, and the fields of fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.classes import body_place
from flowmap.linker.fields import field_call
from flowmap.linker.hierarchy import declared
from flowmap.linker.making import given_to, ready
from flowmap.linker.settings_files import deployed_text, entry_of, loaded_field
from flowmap.linker.surroundings import file_at
from flowmap.linker.terms import Class, Creation, Entries, Instance, Literal, Made, Passed, Symbol, Term, Unset, Value
from flowmap.linker.texts import bounded, named
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Assign, Define
from flowmap.plugin_api import SettingsBase

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_NESTED = 4
"""Fields of fields of fields."""
NO_CALL = ir.Call(ir.Opaque("made by its settings"), (), ir.Span(0, 0, 0))


def settings_field(view: View, instance: Instance, name: str) -> Value | None:
    """A field of an object of a settings class; None if the class is none or has no such field."""
    given = _given(view, instance, name)
    if given is None and (loaded := loaded_field(view, instance.scope, name)):
        return loaded
    bases = view.external_bases(instance.scope)
    base = next((b for t in bases if isinstance(t, Symbol) and (b := view.knowledge.settings.get(t.name))), None)
    if base is None:
        return None
    for owner in view.mro(instance.scope):
        if not isinstance(owner, Class):
            continue
        for binding in view.unit(owner.scope.path).table(owner.scope.index).names.get(name, ()):
            if binding.kind == "assign" and isinstance(binding.statement, Assign):
                return given if given is not None else _field(view, instance.scope, owner.scope, name, binding.statement, base)
    return None


def _given(view: View, instance: Instance, name: str) -> Value | None:
    """What the constructor is given under the name of the field: that counts before the environment."""
    if instance.creation is None:
        return None
    arguments = given_to(instance.creation)
    return next((view.force(a.value) for a in arguments if a.keyword == name), None)


def _field(view: View, ref: ScopeRef, owner: ScopeRef, name: str, statement: Assign, base: SettingsBase) -> Value | None:
    place = body_place(view, owner)
    default = view.values(statement.value, place) if statement.value is not None else ()
    call = field_call(default)
    names = [(_option(view, ref, base.prefix_keys) or "") + name]
    if call is not None:
        default = slots.ask(view, slots.FIELD_DEFAULT, call) or slots.factory_default(view, call)
        names = [n for key in base.alias_keys for n in _aliases(view, slots.keyword_value(view, key, call))] or names
    elif statement.annotation is None:
        return None
    deployed = next((v for n in names if (v := deployed_text(view, n)) is not None), None)
    if deployed is not None:
        return (Literal(deployed, names[0]),)
    if filed := _filed(view, ref, base, name):
        return filed
    known = named(tuple(t for t in default if not (isinstance(t, Literal) and t.value is None)), names[0])
    nested = view.annotated(statement.annotation, place) if statement.annotation is not None and not known else ()
    nested = tuple(t for t in nested if base.texts.isdisjoint(view.plain_names_of(t)))
    delimiter = _option(view, ref, base.delimiter_keys)
    value = known or nested
    if delimiter:
        value = bounded(_surrounded(view, t, names[0] + delimiter, delimiter, 0) for t in value)
    return value or (Unset(names[0].upper()),)


def _filed(view: View, ref: ScopeRef, base: SettingsBase, name: str) -> Value:
    """What the files say that the class's configuration names."""
    stated = (_option(view, ref, (key,)) for key in base.file_keys)
    paths = (file_at(view.surroundings, Literal(text)) for text in stated if text is not None)
    return entry_of(view, tuple(p for p in paths if p is not None), name)


def _surrounded(view: View, term: Term, prefix: str, delimiter: str, depth: int) -> Term:
    """The object with what the environment says of its fields: `APP__TOPIC` of the field `topic` of the field `app`."""
    if not isinstance(term, Instance) or depth > MAX_NESTED:
        return term
    found: list[Passed] = []
    for name, owner in declared(view, term.scope).items():
        value = deployed_text(view, prefix + name)
        if value is not None:
            found.append(Passed(ready((Literal(value),)), name))
            continue
        inner = [t for t in view.attribute(term, name) if isinstance(t, Instance) and t.scope != term.scope and owner]
        outer = [_surrounded(view, t, prefix + name + delimiter, delimiter, depth + 1) for t in inner]
        if outer != inner:
            found.append(Passed(ready(tuple(outer)), name))
    if not found:
        return term
    made = term.creation
    place = made.place if made is not None else body_place(view, term.scope)
    call, key = (made.call, made.key) if made is not None else (NO_CALL, ())
    return Instance(term.scope, Creation(call, place, key, tuple(found)))


def _aliases(view: View, value: Value) -> Iterator[str]:
    """The names that an alias gives: a text, or the texts in a choice of several."""
    for term in value:
        subject = subjects.of_creation_made(term) if isinstance(term, Made) else None
        terms = (t for a in subject.arguments for t in view.force(a.value)) if subject is not None else (term,)
        for text in view.texts(tuple(terms)):
            if isinstance(text, Literal) and isinstance(text.value, str):
                yield text.value


def _option(view: View, ref: ScopeRef, keys: tuple[str, ...]) -> str | None:
    """`model_config = SettingsConfigDict(env_prefix=...)`, `class Config: env_prefix = ...`."""
    for owner in view.mro(ref):
        if not isinstance(owner, Class):
            continue
        place = body_place(view, owner.scope)
        for term in view.named("model_config", place) if _has(view, owner.scope, "model_config") else ():
            text = _configured(view, term, keys)
            if text is not None:
                return text
        for statement in view.scope(owner.scope).statements:
            inner = ScopeRef(owner.scope.path, statement.scope) if isinstance(statement, Define) else None
            if inner is not None and view.scope(inner).name == "Config":
                for key in keys:
                    text = view.text(view.named(key, body_place(view, inner))) if _has(view, inner, key) else None
                    if text is not None:
                        return text
    return None


def _has(view: View, ref: ScopeRef, name: str) -> bool:
    return name in view.unit(ref.path).table(ref.index).names


def _configured(view: View, term: Term, keys: tuple[str, ...]) -> str | None:
    for key in keys:
        if isinstance(term, Entries):
            for k, v in term.items:
                if k is not None and view.text(view.force(k)) == key:
                    return view.text(view.force(v))
        elif isinstance(term, Made) and (subject := subjects.of_creation(view, term)) is not None:
            text = view.text(slots.keyword_value(view, key, subject))
            if text is not None:
                return text
    return None
