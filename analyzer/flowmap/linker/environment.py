"""Environment variables and settings: the name a read asks for, and what this service's deployment gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.classes import body_place
from flowmap.linker.fields import field_call
from flowmap.linker.making import ready
from flowmap.linker.settings import config_read
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Class, Element, Elements, Entries, Link, Literal, Made, Symbol, Term, Unknown, Unset, Value
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.model.summary import Assign, Define
from flowmap.plugin_api import EnvironmentRead, SettingsBase

if TYPE_CHECKING:
    from flowmap.linker.view import View


def environment_read(view: View, term: Made | Element, made_by: Link | None) -> Value:
    """The variable's value if the term reads the environment; empty if it does not. `made_by` is the call, where it is one."""
    for name in view.plain_names_of(term):
        subject = Subject(made_by.arguments, term.callee, made_by.place) if made_by and isinstance(term, Made) else None
        config = view.knowledge.configs.get(name)
        if config is not None:
            return config_read(view, config, subject or term)
        read = view.knowledge.reads.get(name)
        if read is None:
            continue
        if isinstance(term, Element):
            return variable(view, (Literal(term.key),) if isinstance(term.key, str) else (), ())
        if subject is None:
            return (Unknown("an environment variable"),)
        prefix = view.text(slots.ask(view, read.prefix, subject)) if read.prefix is not None else None
        default = slots.ask(view, read.default, subject) if read.default is not None else ()
        value = variable(view, slots.ask(view, read.name, subject), default, prefix or "")
        return tuple(_list_of(t) for t in value) if _is_list(view, read, subject) else value
    return ()


def _is_list(view: View, read: EnvironmentRead, subject: Subject) -> bool:
    names = {n for t in slots.ask(view, read.cast, subject) for n in view.plain_names_of(t)} if read.cast is not None else set()
    return read.listed or bool(names & set(read.list_casts))


def _list_of(term: Term) -> Term:
    """A text of names between commas as a list."""
    if isinstance(term, Literal) and isinstance(term.value, str):
        return Elements(tuple(ready((Literal(part.strip()),)) for part in term.value.split(",") if part.strip()))
    return term


def variable(view: View, names: Value, default: Value, prefix: str = "") -> Value:
    """The value of the environment variable: as deployed, else the default, else `Unset`."""
    absent = tuple(t for t in default if not (isinstance(t, Literal) and t.value is None))
    found: list[Term] = []
    for term in view.texts(names):
        if not isinstance(term, Literal) or not isinstance(term.value, str):
            return (Unknown("an environment variable whose name is computed"), *default)
        name = prefix + term.value
        if (value := view.environment.get(name)) is not None:
            found.append(Literal(value))
        else:
            found += absent or (Unset(name),)
    return bounded(found) or (Unknown("an environment variable"), *default)


def settings_field(view: View, ref: ScopeRef, name: str) -> Value | None:
    """A field of a settings class; None if the class is none or has no such field."""
    base = next((b for t in view.external_bases(ref) if isinstance(t, Symbol) and (b := view.knowledge.settings.get(t.name))), None)
    if base is None:
        return None
    for owner in view.mro(ref):
        if not isinstance(owner, Class):
            continue
        for binding in view.unit(owner.scope.path).table(owner.scope.index).names.get(name, ()):
            if binding.kind == "assign" and isinstance(binding.statement, Assign):
                return _field(view, ref, owner.scope, name, binding.statement, base)
    return None


def _field(view: View, ref: ScopeRef, owner: ScopeRef, name: str, statement: Assign, base: SettingsBase) -> Value | None:
    place = body_place(view, owner)
    default = view.values(statement.value, place) if statement.value is not None else ()
    call = field_call(default)
    names = [_prefix(view, ref, base) + name]
    if call is not None:
        default = slots.ask(view, slots.FIELD_DEFAULT, call)
        aliases = [t for key in base.alias_keys for t in view.texts(slots.keyword_value(view, key, call))]
        texts = [t.value for t in aliases if isinstance(t, Literal) and isinstance(t.value, str)]
        names = texts or names
    elif statement.annotation is None:
        return None
    for candidate in names:
        for variant in (candidate, candidate.upper(), candidate.lower()):
            if (value := view.environment.get(variant)) is not None:
                return (Literal(value),)
    known = tuple(t for t in default if not (isinstance(t, Literal) and t.value is None))
    nested = view.annotated(statement.annotation, place) if statement.annotation is not None and not known else ()
    return known or nested or (Unset(names[0].upper()),)


def _prefix(view: View, ref: ScopeRef, base: SettingsBase) -> str:
    """`model_config = SettingsConfigDict(env_prefix=...)`, `class Config: env_prefix = ...`."""
    for owner in view.mro(ref):
        if not isinstance(owner, Class):
            continue
        place = body_place(view, owner.scope)
        for term in view.named("model_config", place) if _has(view, owner.scope, "model_config") else ():
            text = _configured(view, term, base)
            if text is not None:
                return text
        for statement in view.scope(owner.scope).statements:
            inner = ScopeRef(owner.scope.path, statement.scope) if isinstance(statement, Define) else None
            if inner is not None and view.scope(inner).name == "Config":
                for key in base.prefix_keys:
                    text = view.text(view.named(key, body_place(view, inner))) if _has(view, inner, key) else None
                    if text is not None:
                        return text
    return ""


def _has(view: View, ref: ScopeRef, name: str) -> bool:
    return name in view.unit(ref.path).table(ref.index).names


def _configured(view: View, term: object, base: SettingsBase) -> str | None:
    for key in base.prefix_keys:
        if isinstance(term, Entries):
            for k, v in term.items:
                if k is not None and view.text(view.force(k)) == key:
                    return view.text(view.force(v))
        elif isinstance(term, Made) and (subject := subjects.of_creation(view, term)) is not None:
            text = view.text(slots.keyword_value(view, key, subject))
            if text is not None:
                return text
    return None
